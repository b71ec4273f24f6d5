package dev.oriel.admin.schema.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.springframework.core.io.ClassPathResource;

/**
 * The event triggers that notify of changes of the schema, on the channel {@code oriel}
 * with the payload {@value #PAYLOAD}. They save the time until the catalogue is looked at
 * anyway, so they are only a convenience: a role that may not create them goes without.
 *
 * @since 0.1.0
 */
public final class DdlTrigger {

	/** What the notification says. */
	public static final String PAYLOAD = "schema";

	/**
	 * The lock that everything in schema {@code oriel} is created under.
	 */
	private static final String LOCK = "SELECT pg_advisory_xact_lock(7309453132)";

	private DdlTrigger() {
	}

	/**
	 * Create the event triggers where they are missing and the connected role may. The
	 * schema {@code oriel} must be there.
	 * @param dataSource where to get a connection
	 * @throws SQLException when the database does not answer
	 */
	public static void create(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				statement.execute("SET LOCAL client_min_messages = warning");
				statement.execute("SET LOCAL lock_timeout = '5s'");
				statement.execute(LOCK);
				statement.execute(script());
				connection.commit();
			}
			finally {
				connection.rollback();
				connection.setAutoCommit(true);
			}
		}
	}

	/**
	 * Return the statements, for those who run them themselves.
	 */
	public static String script() {
		try {
			return new ClassPathResource("ddl.sql", DdlTrigger.class).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException("ddl.sql is missing from the application", ex);
		}
	}

}
