package dev.oriel.admin.schema.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import dev.oriel.admin.schema.Enforcement;

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
	 * Return the elements of an {@code integer[]}, none if it is NULL.
	 */
	static List<Integer> numbers(ResultSet row, String column) throws SQLException {
		Array array = row.getArray(column);
		return (array != null) ? List.of((Integer[]) array.getArray()) : List.of();
	}

	/**
	 * Return the elements of a {@code bigint[]}, none if it is NULL.
	 */
	static List<Long> longs(ResultSet row, String column) throws SQLException {
		Array array = row.getArray(column);
		return (array != null) ? List.of((Long[]) array.getArray()) : List.of();
	}

	/**
	 * Return when a constraint is checked.
	 */
	static Enforcement enforcement(ResultSet row) throws SQLException {
		boolean enforced = row.getBoolean("enforced");
		boolean validated = row.getBoolean("convalidated");
		boolean deferrable = row.getBoolean("condeferrable");
		return (enforced && validated && !deferrable) ? Enforcement.IMMEDIATE
				: new Enforcement(enforced, validated, deferrable, row.getBoolean("condeferred"));
	}

}
