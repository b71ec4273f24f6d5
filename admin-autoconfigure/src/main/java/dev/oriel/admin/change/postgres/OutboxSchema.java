package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

/**
 * The tables and functions that triggers write changes to, in schema {@code oriel}.
 *
 * @since 0.1.0
 */
public final class OutboxSchema {

	private static final String CREATE = SqlFile.read("outbox.sql");

	private static final String DROP = SqlFile.read("uninstall.sql");

	/** Several nodes may start at once, and "if not exists" does not keep them apart. */
	private static final String EXISTS = """
			SELECT count(*) = 1 FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
			JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = 'oriel' AND c.relname = 'outbox' AND a.attname = 'key_hash'
			AND EXISTS (SELECT FROM pg_class s WHERE s.relname = 'outbox_state' AND s.relnamespace = n.oid)""";

	static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7309453132)";

	private OutboxSchema() {
	}

	/**
	 * Create what is missing and bring functions up to date. Can be repeated.
	 * @param dataSource where to get a connection whose role may create a schema, or
	 * objects in schema {@code oriel}
	 * @throws SQLException when the role may not, or the database does not answer
	 */
	public static void create(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			create(connection);
		}
	}

	static void create(Connection connection) throws SQLException {
		// A role that may not create schemas can still use one made by somebody else.
		if (!exists(connection)) {
			run(connection, CREATE);
		}
	}

	private static boolean exists(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(EXISTS)) {
			return row.next() && row.getBoolean(1);
		}
	}

	/**
	 * Remove everything, including the triggers on all tables.
	 * @param dataSource where to get a connection whose role owns it
	 * @throws SQLException when the role may not, or the database does not answer
	 */
	public static void drop(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			run(connection, DROP);
		}
	}

	private static void run(Connection connection, String script) throws SQLException {
		boolean autoCommit = connection.getAutoCommit();
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute("SET LOCAL client_min_messages = warning");
			statement.execute("SET LOCAL lock_timeout = '5s'");
			statement.execute(ONE_AT_A_TIME);
			statement.execute(script);
			connection.commit();
		}
		catch (SQLException ex) {
			connection.rollback();
			throw ex;
		}
		finally {
			connection.setAutoCommit(autoCommit);
		}
	}

}
