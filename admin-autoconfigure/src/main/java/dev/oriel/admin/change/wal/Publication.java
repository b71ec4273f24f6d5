package dev.oriel.admin.change.wal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import dev.oriel.admin.schema.SchemaSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The publication that changes are taken from, and who is in it.
 */
final class Publication {

	private static final Log logger = LogFactory.getLog(Publication.class);

	private static final Duration RETRY = Duration.ofMinutes(1);

	/** Several nodes may start at once. */
	private static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7309453134)";

	private final DataSource dataSource;

	private final SchemaSource schema;

	private final WalSettings settings;

	private final Map<String, Long> failures = new HashMap<>();

	Publication(DataSource dataSource, SchemaSource schema, WalSettings settings) {
		this.dataSource = dataSource;
		this.schema = schema;
		this.settings = settings;
	}

	String name() {
		return this.settings.name();
	}

	/**
	 * Return what the publication tells of, after it was made and altered as the settings
	 * allow.
	 */
	synchronized Coverage prepare() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			Coverage found = read(connection);
			boolean done = this.settings.maintained() && found.owned() && maintain(connection, found);
			return done ? read(connection) : found;
		}
	}

	private Coverage read(Connection connection) throws SQLException {
		return Coverage.read(connection, this.settings.name(), this.schema.snapshot());
	}

	private boolean maintain(Connection connection, Coverage found) throws SQLException {
		boolean done = false;
		if (found.literal() == null) {
			done = run(connection, "CREATE PUBLICATION " + WalSettings.OWN);
			if (!done) {
				return false;
			}
		}
		for (String table : found.harmful()) {
			done |= run(connection, alter("DROP", table));
		}
		List<String> missing = found.missing().stream().filter((table) -> !failedLately(alter("ADD", table))).toList();
		if (missing.isEmpty()) {
			return done;
		}
		// All at once, because each statement makes every session read the tables'
		// descriptions anew.
		if (missing.size() > 1 && run(connection, missing.stream()
			.collect(Collectors.joining(", ONLY ", "ALTER PUBLICATION " + WalSettings.OWN + " ADD TABLE ONLY ", "")))) {
			return true;
		}
		for (String table : missing) {
			done |= run(connection, alter("ADD", table));
		}
		return done;
	}

	/**
	 * Return the statement that an administrator runs for a table.
	 */
	static String alter(String action, String table) {
		return "ALTER PUBLICATION " + WalSettings.OWN + " " + action + " TABLE ONLY " + table;
	}

	private boolean failedLately(String statement) {
		Long failure = this.failures.get(statement);
		return failure != null && System.nanoTime() - failure < RETRY.toNanos();
	}

	/**
	 * Run a statement and return whether that succeeded. It waits for a moment only,
	 * because others wait behind it.
	 */
	private boolean run(Connection connection, String sql) throws SQLException {
		if (failedLately(sql)) {
			return false;
		}
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute("SET LOCAL lock_timeout = '300ms'");
			statement.execute(ONE_AT_A_TIME);
			statement.execute(sql);
			connection.commit();
			this.failures.remove(sql);
			return true;
		}
		catch (SQLException ex) {
			connection.rollback();
			if (this.failures.put(sql, System.nanoTime()) == null) {
				logger.debug("The publication cannot be altered at the moment", ex);
			}
			return false;
		}
		finally {
			connection.setAutoCommit(true);
		}
	}

}
