package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;

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

	private final Targets targets;

	private final WriteHooks hooks;

	private final DataSettings settings;

	private final Duration timeout;

	/**
	 * Create the transactions.
	 * @param connections where connections come from, which are held for long
	 * @param source where the schema comes from
	 * @param policy who may write what
	 * @param hooks what the application does around writes
	 * @param settings the limits to keep; those on rows and on the time of a statement
	 * are not for these transactions
	 * @param timeout how long one statement may take
	 */
	public BulkTransactions(Connections connections, SchemaSource source, AccessPolicy policy, WriteHooks hooks,
			DataSettings settings, Duration timeout) {
		this.connections = connections;
		this.targets = new Targets(source, policy);
		this.hooks = hooks;
		this.settings = settings;
		this.timeout = timeout;
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
	 * Refuse to write rows that the application wants to see before, because a statement
	 * that writes many at once shows it none.
	 * @param target the relation
	 * @param operation what is to be done with it
	 * @throws ProblemException when a hook is on the operation
	 */
	public void requireUnhooked(BulkTarget target, Operation operation) {
		if (!this.hooks.on(target.relation(), operation).isEmpty()) {
			throw new ProblemException(new Problem(501, "ORIEL501",
					"The application looks at each row that is written to %s, which an import does not let it do"
						.formatted(target.relation().name().name()),
					null, "Write the rows as an array, in parts."));
		}
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
				return BulkTransaction.begin(connection, target, session, this.timeout);
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
