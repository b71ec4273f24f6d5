package dev.oriel.admin.sql;

import java.util.List;

import dev.oriel.admin.schema.Column;

/**
 * What becomes of a row to insert that is there already.
 *
 * @param target the columns by which it is the same row
 * @param merged the columns of that row that are overwritten; if there are none, it is
 * left as it is and not returned
 * @since 0.1.0
 */
public record Conflict(List<Column> target, List<Column> merged) {

	public Conflict {
		target = List.copyOf(target);
		merged = List.copyOf(merged);
	}

}
