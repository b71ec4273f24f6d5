package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import dev.oriel.admin.sql.Planning;

import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

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

	private final boolean joining;

	private Transactions(DataSource pool, ReadSessions sessions, @Nullable DataSource host, boolean joining) {
		this.pool = pool;
		this.sessions = sessions;
		this.host = host;
		this.joining = joining;
	}

	/**
	 * Create transactions of their own, of which the host's code knows nothing.
	 * @param pool where connections come from
	 */
	public static Transactions of(DataSource pool) {
		return new Transactions(pool, ReadSessions.NONE, null, false);
	}

	/**
	 * Create transactions of their own, which code of the host that is called inside of
	 * them takes part in.
	 * @param pool where connections come from
	 * @param sessions where connections for reading with single statements come from
	 * @param host the host's DataSource, which leads to the same database
	 */
	public static Transactions of(DataSource pool, ReadSessions sessions, DataSource host) {
		return new Transactions(pool, sessions, target(host), false);
	}

	/**
	 * Return the same, except that a transaction which the host has begun with its
	 * DataSource on the current thread is joined.
	 */
	public Transactions joining() {
		return new Transactions(this.pool, this.sessions, this.host, true);
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
				: OwnTransaction.run(this.pool, this.host, terms, work);
	}

	/**
	 * Return the DataSource whose transaction surrounds the current thread, or
	 * {@code null} if there is none to join. After its completion a transaction is still
	 * bound for a while, but no longer synchronized. A connection without a transaction
	 * may be bound by one of another DataSource.
	 */
	private @Nullable DataSource surrounding() throws SQLException {
		if (!this.joining || this.host == null || !TransactionSynchronizationManager.isActualTransactionActive()
				|| !TransactionSynchronizationManager.isSynchronizationActive()) {
			return null;
		}
		Object resource = TransactionSynchronizationManager.getResource(this.host);
		boolean joinable = resource instanceof ConnectionHolder holder && !holder.getConnection().getAutoCommit();
		return joinable ? this.host : null;
	}

}
