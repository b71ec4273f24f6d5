package dev.oriel.admin.sql;

import java.util.List;
import java.util.Map;

import dev.oriel.admin.schema.Column;

import org.jspecify.annotations.Nullable;

/**
 * Rows to insert.
 *
 * @param columns the columns that the rows give; none inserts one row of defaults
 * @param json the rows, a JSON array of objects
 * @param key the values that a row must have in some of its columns to be inserted
 * @param conflict what becomes of rows that are there already; {@code null} if that is an
 * error
 * @param expectedVersion the version that a row which is there already must still have,
 * or {@code null}
 * @since 0.1.0
 */
public record InsertedRows(List<Column> columns, String json, Map<Column, String> key, @Nullable Conflict conflict,
		@Nullable String expectedVersion) {

	public InsertedRows {
		columns = List.copyOf(columns);
		key = Map.copyOf(key);
	}

	/**
	 * Create rows that must not be there already.
	 * @param columns the columns that the rows give
	 * @param json the rows, a JSON array of objects
	 */
	public InsertedRows(List<Column> columns, String json) {
		this(columns, json, Map.of(), null, null);
	}

}
