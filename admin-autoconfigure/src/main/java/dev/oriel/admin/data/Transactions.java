package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import javax.sql.DataSource;

import dev.oriel.admin.sql.Planning;

import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.function.SingletonSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Where use cases get their transactions from: transactions of their own on Oriel's
 * connections, or, for those that join, the transaction that the host has begun around
 * them.
 *
 * @since 0.1.0
 */
public final class Transactions {

	private final DataSource pool;

	private final ReadSessions sessions;

	private final @Nullable DataSource host;

	/** What our own connections are bound to the thread with. */
	private final @Nullable Supplier<DataSource> bound;

	private final boolean joining;

	private Transactions(DataSource pool, ReadSessions sessions, @Nullable DataSource host,
			@Nullable Supplier<DataSource> bound, boolean joining) {
		this.pool = pool;
		this.sessions = sessions;
		this.host = host;
		this.bound = bound;
		this.joining = joining;
	}

	/**
	 * Create transactions of their own, of which the host's code knows nothing.
	 * @param pool where connections come from
	 */
	public static Transactions of(DataSource pool) {
		return new Transactions(pool, ReadSessions.NONE, null, null, false);
	}

	/**
	 * Create transactions of their own, which code of the host that is called inside of
	 * them takes part in.
	 * @param pool where connections come from
	 * @param sessions where connections for reading with single statements come from
	 * @param host the host's DataSource, which leads to the same database
	 */
	public static Transactions of(DataSource pool, ReadSessions sessions, DataSource host) {
		return of(pool, sessions, host, () -> true);
	}

	/**
	 * Create transactions of their own, which code of the host that is called inside of
	 * them takes part in if the host's transactions can be nested in them. Those of JPA
	 * cannot: they refuse a connection that is bound already. Code of such a host has
	 * transactions of its own; only use cases that join take part.
	 * @param pool where connections come from
	 * @param sessions where connections for reading with single statements come from
	 * @param host the host's DataSource, which leads to the same database
	 * @param nestable whether the host's transactions can be nested; asked when it
	 * matters for the first time
	 */
	public static Transactions of(DataSource pool, ReadSessions sessions, DataSource host, BooleanSupplier nestable) {
		DataSource target = target(host);
		return new Transactions(pool, sessions, target,
				SingletonSupplier.of(() -> nestable.getAsBoolean() ? target : pool), false);
	}

	/**
	 * Return the same, except that a transaction which the host has begun with its
	 * DataSource on the current thread is joined.
	 */
	public Transactions joining() {
		return new Transactions(this.pool, this.sessions, this.host, this.bound, true);
	}

	/**
	 * Return the same, except that no transaction is ever joined.
	 */
	Transactions apart() {
		return new Transactions(this.pool, this.sessions, this.host, this.bound, false);
	}

	/**
	 * Return the DataSource that transactions are bound to the thread with, which for
	 * Spring is not the one that only looks for them.
	 * @param host a DataSource of the host
	 */
	public static DataSource target(DataSource host) {
		DataSource target = host;
		while (target instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null) {
			target = proxy.getTargetDataSource();
		}
		return target;
	}

	/**
	 * Return a connection to read with one statement, or {@code null} if that needs a
	 * transaction.
	 */
	@Nullable Connection session(Planning planning) throws SQLException {
		return (surrounding() != null) ? null : this.sessions.open(planning);
	}

	/**
	 * Whether a transaction of the host would be joined now.
	 */
	boolean isSurrounded() {
		try {
			return surrounding() != null;
		}
		catch (SQLException ex) {
			throw new ProblemException(SqlProblems.of(ex, null), ex);
		}
	}

	<T> T run(TransactionTerms terms, TransactedWork<T> work) throws SQLException {
		DataSource surrounding = surrounding();
		return (surrounding != null) ? JoinedTransaction.run(surrounding, terms, work)
				: OwnTransaction.run(this.pool, this::bound, terms, work);
	}

	/**
	 * Return the DataSource whose transaction surrounds the current thread, or
	 * {@code null} if there is none to join. After its completion a transaction is still
	 * bound for a while, but no longer synchronized. A connection without a transaction
	 * may be bound by one of another DataSource.
	 */
	private @Nullable DataSource surrounding() throws SQLException {
		if (!this.joining || !TransactionSynchronizationManager.isActualTransactionActive()
				|| !TransactionSynchronizationManager.isSynchronizationActive()) {
			return null;
		}
		if (this.host != null && isInTransaction(this.host)) {
			return this.host;
		}
		DataSource own = bound();
		return (own != null && isInTransaction(own)) ? own : null;
	}

	/**
	 * Return what our own connections are bound to the thread with, or {@code null}.
	 */
	@Nullable DataSource bound() {
		return (this.bound != null) ? this.bound.get() : null;
	}

	private static boolean isInTransaction(DataSource dataSource) throws SQLException {
		Object resource = TransactionSynchronizationManager.getResource(dataSource);
		// There is none where a transaction of another DataSource that had one was
		// suspended.
		return resource instanceof ConnectionHolder holder && holder.getConnectionHandle() != null
				&& !holder.getConnection().getAutoCommit();
	}

}
