package dev.oriel.admin.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.sql.ReadStatements;
import dev.oriel.admin.sql.RowFormat;
import dev.oriel.admin.sql.Returned;
import dev.oriel.admin.sql.Scope;
import dev.oriel.admin.sql.SqlStatement;

/**
 * Passes rows on one by one, however many there are: a few are kept at a time. Those who
 * do not join a transaction hold a connection of Oriel's meanwhile, so there are only a
 * few at a time.
 *
 * @since 0.1.0
 */
public final class RowCursor {

	private static final int ROWS_AT_A_TIME = 500;

	private static final Duration WAIT = Duration.ofSeconds(2);

	private final Transactions transactions;

	private final Database database;

	private final Targets targets;

	private final Duration timeout;

	private final Semaphore permits;

	/**
	 * Create the cursor.
	 * @param transactions what it reads in
	 * @param source where the schema comes from
	 * @param policy who may read what
	 * @param settings the limits to keep; that on rows is not for cursors
	 * @param timeout how long a statement may take, and how long the consumer may be busy
	 * with some rows
	 * @param atOnce how many may read at the same time in transactions of their own
	 */
	public RowCursor(Transactions transactions, SchemaSource source, AccessPolicy policy, DataSettings settings,
			Duration timeout, int atOnce) {
		this.transactions = transactions;
		this.database = new Database(transactions, settings);
		this.targets = new Targets(source, policy);
		this.timeout = timeout;
		this.permits = new Semaphore(atOnce, true);
	}

	/**
	 * Pass on the rows of a query as JSON.
	 * @param caller who asks
	 * @param name the relation
	 * @param query what is asked for
	 * @param options how to read; rows are not counted
	 * @param consumer takes each row; what it throws ends the reading. In a transaction
	 * that was joined it may read and write with the host's DataSource
	 * @throws ProblemException when the rows cannot be read; some may have been passed on
	 * by then
	 */
	public void read(Caller caller, RelationName name, Query query, ReadOptions options, Consumer<String> consumer) {
		boolean limited = !this.transactions.isSurrounded();
		if (limited) {
			acquire();
		}
		try {
			boolean[] begun = new boolean[1];
			this.targets.read(caller, name, (scope) -> read(scope, query, options, (json) -> {
				begun[0] = true;
				consumer.accept(json);
			}, begun));
		}
		finally {
			if (limited) {
				this.permits.release();
			}
		}
	}

	private boolean[] read(Scope scope, Query query, ReadOptions options, Consumer<String> consumer, boolean[] begun)
			throws SQLException {
		SqlStatement statement = ReadStatements.rows(scope, query,
				new Returned(options.version(), RowFormat.JSON, false));
		try {
			return this.database.passOn(this.timeout, options.timeZone(),
					(transaction) -> Database.query(transaction.connection(), statement, ROWS_AT_A_TIME, (rows) -> {
						pass(rows, transaction, consumer);
						return begun;
					}));
		}
		catch (SQLException ex) {
			if (begun[0]) {
				// Whoever has taken rows is not to be given them again.
				throw new ProblemException(SqlProblems.of(ex, null), ex);
			}
			throw ex;
		}
	}

	private static void pass(ResultSet rows, Transaction transaction, Consumer<String> consumer) throws SQLException {
		List<String> some = next(rows);
		while (!some.isEmpty()) {
			List<String> passed = some;
			transaction.beside(() -> passed.forEach(consumer));
			some = next(rows);
		}
	}

	private static List<String> next(ResultSet rows) throws SQLException {
		List<String> some = new ArrayList<>();
		// No more than the driver has, so that the session is ours when it asks for more.
		for (int i = 0; i < ROWS_AT_A_TIME && rows.next(); i++) {
			some.add(rows.getString(1));
		}
		return some;
	}

	private void acquire() {
		try {
			if (this.permits.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new ProblemException(new Problem(504, "PGRST003", "Too many streams at the same time", null,
				"Try again when others have ended."));
	}

}
