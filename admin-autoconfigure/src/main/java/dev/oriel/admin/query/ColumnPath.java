package dev.oriel.admin.query;

import java.util.List;

/**
 * A column, or a place inside a JSON or composite column: {@code data->address->>city}.
 *
 * @param column the column's name
 * @param path the steps into it; empty for the column itself
 * @since 0.1.0
 */
public record ColumnPath(String column, List<Step> path) {

	public ColumnPath {
		path = List.copyOf(path);
	}

	/**
	 * Return the path of a plain column.
	 * @param column the name
	 */
	public static ColumnPath of(String column) {
		return new ColumnPath(column, List.of());
	}

	/**
	 * A step into a JSON value.
	 *
	 * @param key the member's name, or the digits of an index
	 * @param index whether {@code key} is the index of an array (may be negative)
	 * @param asText whether the step gives text ({@code ->>}) rather than JSON
	 * ({@code ->})
	 */
	public record Step(String key, boolean index, boolean asText) {
	}

}
