package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

import javax.sql.DataSource;

import dev.oriel.admin.sql.CatalogStatements;

import org.jspecify.annotations.Nullable;

/**
 * The names of time zones that the server knows. They are read when one is asked for the
 * first time, and do not change while the server runs.
 *
 * @since 0.1.0
 */
public final class TimeZones {

	private final Database database;

	private volatile @Nullable Set<String> names;

	/**
	 * Create the names.
	 * @param dataSource where connections come from
	 * @param settings the limits to keep
	 */
	public TimeZones(DataSource dataSource, DataSettings settings) {
		this.database = new Database(dataSource, settings);
	}

	/**
	 * Whether a name is that of a time zone, written exactly as in
	 * {@code pg_timezone_names}.
	 * @param name the name
	 * @throws ProblemException when the database cannot tell
	 */
	public boolean contains(String name) {
		Set<String> known = this.names;
		if (known == null) {
			known = read();
			this.names = known;
		}
		return known.contains(name);
	}

	private Set<String> read() {
		try {
			return this.database
				.read((connection) -> Database.query(connection, CatalogStatements.timeZones(), (rows) -> {
					Set<String> found = new HashSet<>();
					while (rows.next()) {
						found.add(rows.getString(1));
					}
					return found;
				}));
		}
		catch (SQLException ex) {
			throw new ProblemException(SqlProblems.of(ex, null), ex);
		}
	}

}
