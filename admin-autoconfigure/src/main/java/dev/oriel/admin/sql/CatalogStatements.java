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

	/**
	 * Return the statement for the schema of an extension; no row where it is not
	 * installed.
	 * @param extension the extension's name
	 */
	public static SqlStatement extensionSchema(String extension) {
		return new SqlText()
			.add("SELECT n.nspname FROM pg_catalog.pg_extension e "
					+ "JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = ")
			.value(extension, "name")
			.toStatement();
	}

}
