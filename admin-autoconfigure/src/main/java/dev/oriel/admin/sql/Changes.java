package dev.oriel.admin.sql;

import java.util.List;

import dev.oriel.admin.schema.Column;

/**
 * What is changed in rows.
 *
 * @param columns the columns that get a value
 * @param defaults the columns that get their default
 * @param json the values, a JSON object
 * @since 0.1.0
 */
public record Changes(List<Column> columns, List<Column> defaults, String json) {

	public Changes {
		columns = List.copyOf(columns);
		defaults = List.copyOf(defaults);
	}

	/**
	 * Create changes without defaults.
	 * @param columns the columns that get a value
	 * @param json the values, a JSON object
	 */
	public Changes(List<Column> columns, String json) {
		this(columns, List.of(), json);
	}

}
