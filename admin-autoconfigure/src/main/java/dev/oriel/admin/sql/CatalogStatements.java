package dev.oriel.admin.sql;

import java.util.List;

/**
 * The statements that ask what the server knows, apart from its schema.
 *
 * @since 0.1.0
 */
public final class CatalogStatements {

	private CatalogStatements() {
	}

	/**
	 * Return the statement for the names of all time zones.
	 */
	public static SqlStatement timeZones() {
		return new SqlStatement("SELECT name FROM pg_catalog.pg_timezone_names", List.of());
	}

}
