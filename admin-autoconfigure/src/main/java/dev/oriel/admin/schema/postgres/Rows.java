package dev.oriel.admin.schema.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Reads arrays out of rows.
 */
final class Rows {

	private Rows() {
	}

	/**
	 * Return the elements of a {@code text[]}, none if it is NULL.
	 */
	static List<String> texts(ResultSet row, String column) throws SQLException {
		Array array = row.getArray(column);
		return (array != null) ? List.of((String[]) array.getArray()) : List.of();
	}

	/**
	 * Return the elements of an {@code integer[]}.
	 */
	static List<Integer> numbers(ResultSet row, String column) throws SQLException {
		return List.of((Integer[]) row.getArray(column).getArray());
	}

	/**
	 * Return the elements of a {@code bigint[]}.
	 */
	static List<Long> longs(ResultSet row, String column) throws SQLException {
		return List.of((Long[]) row.getArray(column).getArray());
	}

}
