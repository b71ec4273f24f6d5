package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.sql.DataSource;

import dev.oriel.admin.data.TransactionTerms.Purpose;
import dev.oriel.admin.sql.SqlStatement;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

import org.springframework.transaction.support.TransactionSynchronization;

/**
 * A transaction that writes many rows with a few statements. It is used by one thread at
 * a time; a {@link Cancellation} of that thread cancels the statement that runs. What
 * fails throws a {@link BulkException}.
 *
 * @since 0.1.0
 */
public final class BulkTransaction implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(BulkTransaction.class);

	private static final int FETCHED = 1_000;

	private static final Duration GRACE = Duration.ofSeconds(10);

	private final Connection connection;

	private final OwnTransaction own;

	private final BulkTarget target;

	private final Restoring restoring;

	private boolean ended;

	private BulkTransaction(Connection connection, OwnTransaction own, BulkTarget target, Restoring restoring) {
		this.connection = connection;
		this.own = own;
		this.target = target;
		this.restoring = restoring;
	}

	static BulkTransaction begin(Connection connection, BulkTarget target, Map<String, String> settings,
			Duration timeout, Supplier<@Nullable DataSource> bound) throws SQLException {
		boolean autoCommit = connection.getAutoCommit();
		boolean readOnly = connection.isReadOnly();
		int networkTimeout = connection.getNetworkTimeout();
		connection.setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.plus(GRACE).toMillis()));
		connection.setReadOnly(false);
		connection.setAutoCommit(false);
		OwnTransaction own = new OwnTransaction(connection, new TransactionTerms(Purpose.WRITE, settings), bound);
		BulkTransaction transaction = new BulkTransaction(connection, own, target, () -> {
			connection.setAutoCommit(autoCommit);
			connection.setReadOnly(readOnly);
			connection.setNetworkTimeout(Runnable::run, networkTimeout);
		});
		for (Map.Entry<String, String> setting : settings.entrySet()) {
			transaction.rows(new SqlStatement("SELECT pg_catalog.set_config(?, ?, true)",
					List.of(setting.getKey(), setting.getValue())));
		}
		return transaction;
	}

	/**
	 * Return the number of the server's version, such as 16 for each PostgreSQL 16.
	 */
	public int serverVersion() {
		return attempt(() -> this.connection.getMetaData().getDatabaseMajorVersion());
	}

	/**
	 * Run a statement that writes.
	 * @param statement the statement; with a result, its only row tells how many rows
	 * were written and how many of them must not be
	 */
	public Written write(SqlStatement statement) {
		return attempt(() -> {
			try (Statement running = prepare(statement)) {
				return Cancellation.running(running::cancel, () -> {
					if (!execute(running, statement)) {
						return new Written(Math.max(0, running.getLargeUpdateCount()), 0);
					}
					try (ResultSet rows = running.getResultSet()) {
						rows.next();
						return new Written(rows.getLong(1), rows.getLong(2));
					}
				});
			}
		});
	}

	/**
	 * Run a statement that returns few rows.
	 * @param statement the statement
	 */
	public List<List<@Nullable String>> rows(SqlStatement statement) {
		List<List<@Nullable String>> rows = new ArrayList<>();
		rows(statement, rows::add);
		return rows;
	}

	/**
	 * Run a statement that returns any number of rows, of which only some are held.
	 * @param statement the statement
	 * @param consumer takes each row
	 */
	public void rows(SqlStatement statement, Consumer<List<@Nullable String>> consumer) {
		attempt(() -> {
			try (Statement running = prepare(statement)) {
				running.setFetchSize(FETCHED);
				return Cancellation.running(running::cancel, () -> {
					execute(running, statement);
					try (ResultSet rows = running.getResultSet()) {
						ResultSetMetaData columns = rows.getMetaData();
						while (rows.next()) {
							List<@Nullable String> row = new ArrayList<>(columns.getColumnCount());
							for (int i = 1; i <= columns.getColumnCount(); i++) {
								row.add(rows.getString(i));
							}
							consumer.accept(row);
						}
					}
					return null;
				});
			}
		});
	}

	private Statement prepare(SqlStatement statement) throws SQLException {
		// Without arguments a question mark is an operator.
		return statement.args().isEmpty() ? this.connection.createStatement()
				: this.connection.prepareStatement(statement.sql());
	}

	private static boolean execute(Statement running, SqlStatement statement) throws SQLException {
		if (running instanceof PreparedStatement prepared) {
			List<@Nullable String> args = statement.args();
			for (int i = 0; i < args.size(); i++) {
				prepared.setObject(i + 1, args.get(i), Types.OTHER);
			}
			return prepared.execute();
		}
		return running.execute(statement.sql());
	}

	/**
	 * Begin to copy lines into a table.
	 * @param statement a {@code COPY … FROM STDIN}
	 */
	public Lines copy(SqlStatement statement) {
		return attempt(
				() -> new Lines(this.connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement.sql())));
	}

	/**
	 * Do work that may fail without an end of the transaction.
	 * @param work the work, which is undone when it throws
	 */
	public <T> T tentatively(Supplier<T> work) {
		return attempt(() -> {
			Savepoint savepoint = this.connection.setSavepoint();
			List<TransactionSynchronization> synchronizations = this.own.synchronizations();
			T result;
			try {
				result = work.get();
			}
			catch (RuntimeException ex) {
				try {
					this.connection.rollback(savepoint);
					this.own.undone(synchronizations);
				}
				catch (SQLException failure) {
					ex.addSuppressed(failure);
				}
				throw ex;
			}
			this.connection.releaseSavepoint(savepoint);
			return result;
		});
	}

	/**
	 * Return the transaction, for code of the host that takes part in it.
	 */
	OwnTransaction own() {
		return this.own;
	}

	/**
	 * Keep what was done.
	 */
	public void commit() {
		attempt(() -> {
			try {
				this.own.commit();
			}
			catch (SQLException ex) {
				if (SqlProblems.isConnectionLost(ex)) {
					throw new ProblemException(Problem.uncertain(), ex);
				}
				throw ex;
			}
			this.ended = true;
			return this;
		});
	}

	/**
	 * Undo what was not kept, and give the connection back as it came.
	 */
	@Override
	public void close() {
		try (Connection closed = this.connection) {
			boolean usable = !closed.isClosed();
			if (!this.ended && (usable || !this.own.isFresh())) {
				// What takes part in it is told of the end in any case.
				this.own.rollback();
			}
			if (usable) {
				this.restoring.run();
			}
		}
		catch (SQLException ex) {
			// The connection is broken, so nothing was kept.
			logger.debug("A connection could not be given back as it came", ex);
		}
	}

	<T> T attempt(Database.Execution<T> execution) {
		try {
			return execution.run();
		}
		catch (SQLException ex) {
			throw new BulkException(ex, this.target);
		}
	}

	/**
	 * What a statement has done.
	 *
	 * @param rows how many rows were written
	 * @param refused how many of them must not be
	 */
	public record Written(long rows, long refused) {
	}

	/**
	 * Lines on their way into a table. Nothing else can be done with the transaction
	 * until they have ended.
	 */
	public final class Lines implements AutoCloseable {

		private final CopyIn copy;

		private Lines(CopyIn copy) {
			this.copy = copy;
		}

		/**
		 * Send some bytes; lines may begin and end anywhere in them.
		 */
		public void write(byte[] bytes, int length) {
			attempt(() -> {
				this.copy.writeToCopy(bytes, 0, length);
				return null;
			});
		}

		/**
		 * End the lines.
		 */
		public void end() {
			attempt(this.copy::endCopy);
		}

		/**
		 * Take the lines back, unless they have ended.
		 */
		@Override
		public void close() {
			if (this.copy.isActive()) {
				try {
					this.copy.cancelCopy();
				}
				catch (SQLException ex) {
					// The transaction is of no use any more, as is what was copied.
					logger.debug("A copy was broken off", ex);
				}
			}
		}

	}

	/**
	 * What gives a connection back as it came.
	 */
	@FunctionalInterface
	private interface Restoring {

		void run() throws SQLException;

	}

}
