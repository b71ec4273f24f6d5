package dev.oriel.admin.data;

import java.sql.SQLException;

import javax.sql.DataSource;

import dev.oriel.admin.sql.CatalogStatements;

import org.jspecify.annotations.Nullable;

/**
 * Tells where PostGIS is. It is looked for each time, because it can be installed or
 * moved at any moment, and is rarely asked for.
 *
 * @since 0.1.0
 */
public final class PostGis {

	private final Database database;

	/**
	 * Create the look-up.
	 * @param dataSource where connections come from
	 * @param settings the limits to keep
	 */
	public PostGis(DataSource dataSource, DataSettings settings) {
		this.database = new Database(dataSource, settings);
	}

	/**
	 * Return the schema that PostGIS is installed in, or {@code null} where it is not.
	 * @throws ProblemException when the database cannot tell
	 */
	public @Nullable String get() {
		try {
			return this.database.<@Nullable String>read((connection) -> Database.query(connection,
					CatalogStatements.extensionSchema("postgis"), (rows) -> rows.next() ? rows.getString(1) : null));
		}
		catch (SQLException ex) {
			throw new ProblemException(SqlProblems.of(ex, null), ex);
		}
	}

}
