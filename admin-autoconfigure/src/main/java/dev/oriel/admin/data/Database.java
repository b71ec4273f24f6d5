package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

import javax.sql.DataSource;

import dev.oriel.admin.sql.SqlStatement;

import org.jspecify.annotations.Nullable;

/**
 * Runs work in transactions of its own, never in one of the host's. Settings are made for
 * the transaction only, so a pooled connection goes back as it came.
 */
final class Database {

	private static final String SETTINGS = """
			SELECT set_config('statement_timeout', ?, true), set_config('lock_timeout', ?, true),
				set_config('idle_in_transaction_session_timeout', '15000', true),
				set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true),
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
		return run(work, true, false);
	}

	/**
	 * Run work that is kept as a whole, or not at all if it throws.
	 * @param rollback whether it is undone even if it succeeds
	 */
	<T> T write(boolean rollback, Work<T> work) throws SQLException {
		return run(work, false, rollback);
	}

	private <T> T run(Work<T> work, boolean readOnly, boolean rollback) throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setReadOnly(readOnly);
			connection.setAutoCommit(false);
			try {
				applySettings(connection);
				T result = work.run(connection);
				if (rollback) {
					connection.rollback();
				}
				else {
					connection.commit();
				}
				return result;
			}
			catch (SQLException | RuntimeException | Error ex) {
				rollback(connection, ex);
				throw ex;
			}
			finally {
				restore(connection);
			}
		}
	}

	private void applySettings(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(SETTINGS)) {
			statement.setString(1, Long.toString(this.settings.statementTimeout().toMillis()));
			statement.setString(2, Long.toString(this.settings.lockTimeout().toMillis()));
			statement.execute();
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

	private static void restore(Connection connection) throws SQLException {
		if (!connection.isClosed()) {
			connection.setAutoCommit(true);
			connection.setReadOnly(false);
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
