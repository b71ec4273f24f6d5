package dev.oriel.admin.data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;

import org.jspecify.annotations.Nullable;

/**
 * Begins transactions that write many rows and may take long.
 *
 * @since 0.1.0
 */
public final class BulkTransactions {

	/** Enough to look all keys of a million rows up. */
	private static final String WORK_MEMORY = "64MB";

	/**
	 * PostgreSQL looks a foreign key up by a statement for each row. To plan that for
	 * each row again takes nearly as long as to write the row.
	 */
	private static final String CACHED_PLANS = "auto";

	private final Connections connections;

	/** What connections are bound to the thread with while hooks are called. */
	private final Supplier<@Nullable DataSource> bound;

	/** Knows whether the host has begun a transaction. */
	private final Transactions around;

	private final Targets targets;

	private final WriteHooks hooks;

	private final DataSettings settings;

	private final Duration timeout;

	/**
	 * Create the transactions.
	 * @param connections where connections come from, which are held for long
	 * @param transactions tell what code of the host takes part in the transactions by
	 * @param source where the schema comes from
	 * @param policy who may write what
	 * @param hooks what the application does around writes
	 * @param settings the limits to keep; those on rows and on the time of a statement
	 * are not for these transactions
	 * @param timeout how long one statement may take
	 */
	public BulkTransactions(Connections connections, Transactions transactions, SchemaSource source,
			AccessPolicy policy, WriteHooks hooks, DataSettings settings, Duration timeout) {
		this.connections = connections;
		this.bound = transactions::bound;
		this.around = transactions.joining();
		this.targets = new Targets(source, policy);
		this.hooks = hooks;
		this.settings = settings;
		this.timeout = timeout;
	}

	/**
	 * Refuse to go on inside of a transaction that the host has begun. These have
	 * connections of their own: they would not see what it has written, nor be undone
	 * with it, and each would wait for the other's locks.
	 * @throws ProblemException when there is one
	 */
	public void requireNoneAround() {
		if (this.around.isSurrounded()) {
			throw new ProblemException(new Problem(409, "25001", "An import cannot be part of another transaction",
					"It has transactions of its own.",
					"Call it before or after the method with @Transactional, or insert the rows instead."));
		}
	}

	/**
	 * Find a relation.
	 * @param caller who asks
	 * @param name the relation
	 * @param operation what is to be done with it
	 * @throws ProblemException when there is none by that name that the caller may do it
	 * with
	 */
	public BulkTarget target(Caller caller, RelationName name, Operation operation) {
		return new BulkTarget(this.targets.find(caller, name, operation));
	}

	/**
	 * Whether the application wants to see rows that are written, which a statement that
	 * writes many at once does not show.
	 * @param target the relation
	 * @param operations what is to be done with it
	 */
	public boolean isHooked(BulkTarget target, Operation... operations) {
		return Stream.of(operations).anyMatch((each) -> !this.hooks.on(target.relation(), each).isEmpty());
	}

	/**
	 * Begin to write rows with the hooks around them.
	 * @param transaction the transaction to write in
	 * @param target the relation
	 * @param caller on whose behalf
	 * @param key the columns that tell which row is there already; empty to insert all
	 * @param insert whether rows that are not there are inserted
	 * @param dryRun whether everything is undone in the end
	 * @param files makes the file in which rows that were written wait for the commit
	 */
	public HookedWriter hooked(BulkTransaction transaction, BulkTarget target, Caller caller, List<Column> key,
			boolean insert, boolean dryRun, Supplier<Path> files) {
		return new HookedWriter(transaction, target.target(), () -> new WriteTransaction(transaction.own(), caller,
				this.targets, this.hooks, dryRun, new WriteTransaction.Progress()), key, insert, new FollowUps(files));
	}

	/**
	 * Begin a transaction, which ends when it is closed.
	 * @param target the relation that is written
	 * @throws ProblemException when there is no connection
	 */
	public BulkTransaction begin(BulkTarget target) {
		try {
			Connection connection = this.connections.open();
			try {
				Map<String, String> session = new LinkedHashMap<>(
						SessionSettings.of(this.settings, this.timeout, Database.UTC));
				session.put("work_mem", WORK_MEMORY);
				session.put(SessionSettings.PLAN_CACHE_MODE, CACHED_PLANS);
				return BulkTransaction.begin(connection, target, session, this.timeout, this.bound);
			}
			catch (SQLException | RuntimeException ex) {
				connection.close();
				throw ex;
			}
		}
		catch (SQLException ex) {
			throw new BulkException(ex, target);
		}
	}

	/**
	 * Where connections come from.
	 */
	@FunctionalInterface
	public interface Connections {

		Connection open() throws SQLException;

	}

}
