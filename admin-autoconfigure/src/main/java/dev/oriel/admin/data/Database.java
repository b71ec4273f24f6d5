package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import dev.oriel.admin.sql.SqlStatement;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in transactions of its own, never in one of the host's. Settings are made for
 * the transaction only, so a pooled connection goes back as it came.
 */
final class Database {

	private static final Log logger = LogFactory.getLog(Database.class);

	private static final String SETTINGS = """
			SELECT set_config('statement_timeout', ?, true), set_config('lock_timeout', ?, true),
				set_config('idle_in_transaction_session_timeout', '15000', true),
				set_config('TimeZone', ?, true), set_config('DateStyle', 'ISO, YMD', true),
				set_config('plan_cache_mode', 'force_custom_plan', true)""";

	private final DataSource dataSource;

	private final DataSettings settings;

	Database(DataSource dataSource, DataSettings settings) {
		this.dataSource = dataSource;
		this.settings = settings;
	}

	/**
	 * Run work that changes nothing; PostgreSQL itself refuses a change.
	 */
	<T> T read(Work<T> work) throws SQLException {
		return read((String) null, work);
	}

	/**
	 * Run work that changes nothing.
	 * @param timeZone the time zone to write points in time in, or {@code null} for UTC
	 */
	<T> T read(@Nullable String timeZone, Work<T> work) throws SQLException {
		return run(work, true, false, this.settings.statementTimeout(), timeZone);
	}

	/**
	 * Run work that changes nothing and is not worth more than some time.
	 */
	<T> T read(Duration limit, Work<T> work) throws SQLException {
		boolean shorter = limit.compareTo(this.settings.statementTimeout()) < 0;
		return run(work, true, false, shorter ? limit : this.settings.statementTimeout(), null);
	}

	/**
	 * Run work that is kept as a whole, or not at all if it throws.
	 * @param rollback whether it is undone even if it succeeds
	 */
	<T> T write(boolean rollback, Work<T> work) throws SQLException {
		return write(rollback, null, work);
	}

	/**
	 * Run work that is kept as a whole, or not at all if it throws.
	 * @param rollback whether it is undone even if it succeeds
	 * @param timeZone the time zone to write points in time in, or {@code null} for UTC
	 */
	<T> T write(boolean rollback, @Nullable String timeZone, Work<T> work) throws SQLException {
		return run(work, false, rollback, this.settings.statementTimeout(), timeZone);
	}

	private <T> T run(Work<T> work, boolean readOnly, boolean rollback, Duration timeout, @Nullable String timeZone)
			throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			boolean wasReadOnly = connection.isReadOnly();
			boolean wasAutoCommit = connection.getAutoCommit();
			connection.setReadOnly(readOnly);
			connection.setAutoCommit(false);
			try {
				applySettings(connection, timeout, timeZone);
				T result = work.run(connection);
				if (rollback) {
					connection.rollback();
				}
				else if (readOnly) {
					connection.commit();
				}
				else {
					keep(connection);
				}
				return result;
			}
			catch (SQLException | RuntimeException | Error ex) {
				rollback(connection, ex);
				throw ex;
			}
			finally {
				restore(connection, wasReadOnly, wasAutoCommit);
			}
		}
	}

	private void applySettings(Connection connection, Duration timeout, @Nullable String timeZone) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(SETTINGS)) {
			statement.setString(1, Long.toString(timeout.toMillis()));
			statement.setString(2, Long.toString(this.settings.lockTimeout().toMillis()));
			statement.setString(3, (timeZone != null) ? timeZone : "UTC");
			statement.execute();
		}
	}

	private static void keep(Connection connection) throws SQLException {
		try {
			connection.commit();
		}
		catch (SQLException ex) {
			if (SqlProblems.isConnectionLost(ex)) {
				throw new ProblemException(Problem.uncertain(), ex);
			}
			throw ex;
		}
	}

	private static void rollback(Connection connection, Throwable cause) {
		try {
			connection.rollback();
		}
		catch (SQLException ex) {
			cause.addSuppressed(ex);
		}
	}

	private static void restore(Connection connection, boolean readOnly, boolean autoCommit) {
		try {
			if (!connection.isClosed()) {
				connection.setAutoCommit(autoCommit);
				connection.setReadOnly(readOnly);
			}
		}
		catch (SQLException ex) {
			// The connection is broken, which its pool sees too; thrown from here it
			// would hide what broke it.
			logger.debug("A connection could not be given back as it came", ex);
		}
	}

	static <T> T query(Connection connection, SqlStatement statement, Extractor<T> extractor) throws SQLException {
		try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
			List<@Nullable String> args = statement.args();
			for (int i = 0; i < args.size(); i++) {
				// Without a type of ours, PostgreSQL gives the argument the type it is
				// cast to,
				// and its own input function reads the text.
				prepared.setObject(i + 1, args.get(i), Types.OTHER);
			}
			try (ResultSet rows = prepared.executeQuery()) {
				return extractor.extract(rows);
			}
		}
	}

	/**
	 * What is done inside a transaction.
	 */
	@FunctionalInterface
	interface Work<T> {

		T run(Connection connection) throws SQLException;

	}

	/**
	 * What is made of a result.
	 */
	@FunctionalInterface
	interface Extractor<T> {

		T extract(ResultSet rows) throws SQLException;

	}

}
