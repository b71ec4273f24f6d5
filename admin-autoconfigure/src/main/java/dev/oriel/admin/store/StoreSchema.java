package dev.oriel.admin.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.springframework.core.io.ClassPathResource;

/**
 * Creates the tables that Oriel keeps its own records in, where they are missing.
 *
 * @since 0.1.0
 */
public final class StoreSchema {

	/**
	 * The lock that the outbox is created under as well, because both create the schema.
	 */
	private static final String LOCK = "SELECT pg_advisory_xact_lock(7309453132)";

	private final DataSource dataSource;

	/**
	 * Create the creator.
	 * @param dataSource where connections come from
	 */
	public StoreSchema(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Create what is missing. Several applications may do so at the same time.
	 * @throws SQLException when the connected role may not
	 */
	public void create() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				statement.execute("SET LOCAL lock_timeout = '5s'");
				statement.execute(LOCK);
				// A role that may not create schemas can still use one made by somebody
				// else.
				if (!exists(statement)) {
					statement.execute(script());
				}
				connection.commit();
			}
			finally {
				connection.rollback();
				connection.setAutoCommit(true);
			}
		}
	}

	private static boolean exists(Statement statement) throws SQLException {
		try (ResultSet result = statement
			.executeQuery("SELECT count(*) > 0 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
					+ "WHERE n.nspname = 'oriel' AND c.relname = 'relation_settings'")) {
			return result.next() && result.getBoolean(1);
		}
	}

	/**
	 * Return the statements that create everything, for those who run them themselves.
	 */
	public static String script() {
		try {
			return new ClassPathResource("schema.sql", StoreSchema.class).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException("schema.sql is missing from the application", ex);
		}
	}

}
