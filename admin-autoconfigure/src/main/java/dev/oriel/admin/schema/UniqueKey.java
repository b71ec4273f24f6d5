package dev.oriel.admin.schema;

import java.util.List;

/**
 * Columns whose values together name one row.
 *
 * @param name the constraint or index
 * @param columns the columns in the key's order
 * @since 0.1.0
 */
public record UniqueKey(String name, List<String> columns) {

	public UniqueKey {
		columns = List.copyOf(columns);
	}

}
