package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import dev.oriel.admin.data.TransactionTerms.Purpose;
import dev.oriel.admin.sql.SqlStatement;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in transactions, with the settings that all use cases keep.
 */
final class Database {

	private static final Log logger = LogFactory.getLog(Database.class);

	static final String UTC = "UTC";

	/** How much longer than a statement may take the server may be silent. */
	private static final Duration GRACE = Duration.ofSeconds(10);

	private final Transactions transactions;

	private final DataSettings settings;

	Database(DataSource dataSource, DataSettings settings) {
		this(Transactions.of(dataSource), settings);
	}

	Database(Transactions transactions, DataSettings settings) {
		this.transactions = transactions;
		this.settings = settings;
	}

	/**
	 * Run one statement that changes nothing; PostgreSQL itself refuses a change.
	 * @param timeZone the time zone to write points in time in, or {@code null} for UTC
	 */
	<T> T read(SqlStatement statement, @Nullable String timeZone, Extractor<T> extractor) throws SQLException {
		if (timeZone == null) {
			long start = System.nanoTime();
			try (Connection session = this.transactions.session(statement.planning())) {
				if (session != null) {
					return query(session, statement, extractor);
				}
			}
			finally {
				TransactionClock.countSince(start);
			}
		}
		return read(timeZone, (connection) -> query(connection, statement, extractor));
	}

	/**
	 * Run work that changes nothing; PostgreSQL itself refuses a change.
	 */
	<T> T read(Work<T> work) throws SQLException {
		return read((String) null, work);
	}

	/**
	 * Run work that changes nothing; PostgreSQL itself refuses a change.
	 * @param timeZone the time zone to write points in time in, or {@code null} for UTC
	 */
	<T> T read(@Nullable String timeZone, Work<T> work) throws SQLException {
		return run(work, Purpose.READ, this.settings.statementTimeout(), timeZone);
	}

	/**
	 * Run work that changes nothing and is not worth more than some time.
	 */
	<T> T read(Duration limit, Work<T> work) throws SQLException {
		boolean shorter = limit.compareTo(this.settings.statementTimeout()) < 0;
		return run(work, Purpose.READ, shorter ? limit : this.settings.statementTimeout(), null);
	}

	/**
	 * Run work that changes nothing and may take longer than other work, because its
	 * result is passed on as it comes.
	 * @param timeout how long it may take
	 * @param timeZone the time zone to write points in time in, or {@code null} for UTC
	 */
	<T> T stream(Duration timeout, @Nullable String timeZone, Work<T> work) throws SQLException {
		return run((connection) -> {
			int before = connection.getNetworkTimeout();
			connection.setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.plus(GRACE).toMillis()));
			try {
				return work.run(connection);
			}
			finally {
				restore(() -> connection.setNetworkTimeout(Runnable::run, before));
			}
		}, Purpose.READ, timeout, timeZone);
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
		return run(work, rollback ? Purpose.TRY : Purpose.WRITE, this.settings.statementTimeout(), timeZone);
	}

	/**
	 * Run work that is kept as a whole, or not at all if it throws, and that lets code of
	 * the host take part in its transaction.
	 * @param rollback whether it is undone even if it succeeds
	 * @param timeZone the time zone to write points in time in, or {@code null} for UTC
	 */
	<T> T transact(boolean rollback, @Nullable String timeZone, TransactedWork<T> work) throws SQLException {
		return begin(work, rollback ? Purpose.TRY : Purpose.WRITE,
				settings(this.settings.statementTimeout(), timeZone));
	}

	/**
	 * Run work that calls other code with the rows while they come, for as long as that
	 * takes.
	 * @param timeout how long a statement may take, and how long the code may be busy
	 * with some rows
	 * @param timeZone the time zone to write points in time in, or {@code null} for UTC
	 */
	<T> T passOn(Duration timeout, @Nullable String timeZone, TransactedWork<T> work) throws SQLException {
		Map<String, String> values = settings(timeout, timeZone);
		values.put(SessionSettings.IDLE_TIMEOUT, Long.toString(timeout.toMillis()));
		return begin(work, Purpose.PASS_ON, values);
	}

	private <T> T run(Work<T> work, Purpose purpose, Duration timeout, @Nullable String timeZone) throws SQLException {
		return begin((transaction) -> work.run(transaction.connection()), purpose, settings(timeout, timeZone));
	}

	private <T> T begin(TransactedWork<T> work, Purpose purpose, Map<String, String> settings) throws SQLException {
		return this.transactions.run(new TransactionTerms(purpose, settings), work);
	}

	private Map<String, String> settings(Duration timeout, @Nullable String timeZone) {
		return SessionSettings.of(this.settings, timeout, (timeZone != null) ? timeZone : UTC);
	}

	private static void restore(Restoring restoring) {
		try {
			restoring.run();
		}
		catch (SQLException ex) {
			// The connection is broken, which its pool sees too; thrown from here it
			// would hide what broke it.
			logger.debug("A connection could not be given back as it came", ex);
		}
	}

	static <T> T query(Connection connection, SqlStatement statement, Extractor<T> extractor) throws SQLException {
		return query(connection, statement, 0, extractor);
	}

	/**
	 * Run a statement whose rows come some at a time.
	 * @param fetchSize how many come at a time; 0 for all
	 */
	static <T> T query(Connection connection, SqlStatement statement, int fetchSize, Extractor<T> extractor)
			throws SQLException {
		try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
			prepared.setFetchSize(fetchSize);
			List<@Nullable String> args = statement.args();
			for (int i = 0; i < args.size(); i++) {
				// Without a type of ours, PostgreSQL gives the argument the type it is
				// cast to,
				// and its own input function reads the text.
				prepared.setObject(i + 1, args.get(i), Types.OTHER);
			}
			return Cancellation.running(prepared::cancel, () -> {
				try (ResultSet rows = prepared.executeQuery()) {
					return extractor.extract(rows);
				}
			});
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

	/**
	 * A statement that runs.
	 */
	@FunctionalInterface
	interface Execution<T> {

		T run() throws SQLException;

	}

	/**
	 * What gives a connection back as it came.
	 */
	@FunctionalInterface
	private interface Restoring {

		void run() throws SQLException;

	}

}
