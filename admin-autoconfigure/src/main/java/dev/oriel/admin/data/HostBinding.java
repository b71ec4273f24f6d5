package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.SmartTransactionObject;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

import org.jspecify.annotations.Nullable;

/**
 * Makes a connection of ours the one that the host's code finds in its transaction. To
 * Spring this is a transaction like any other: what synchronizes with it is called when
 * it ends, and one that was active on the thread before is suspended meanwhile.
 */
final class HostBinding extends AbstractPlatformTransactionManager {

	private static final long serialVersionUID = 1L;

	private final transient DataSource dataSource;

	private final transient Bound bound;

	private transient @Nullable TransactionStatus status;

	private transient @Nullable Object before;

	private HostBinding(DataSource dataSource, Connection connection) {
		this.dataSource = dataSource;
		this.bound = new Bound(connection, new ConnectionHolder(connection, true));
	}

	/**
	 * Bind a connection whose transaction has begun to the current thread, until it is
	 * committed or rolled back here.
	 */
	static HostBinding begin(DataSource dataSource, Connection connection) {
		HostBinding binding = new HostBinding(dataSource, connection);
		binding.status = binding.getTransaction(new DefaultTransactionDefinition());
		return binding;
	}

	/**
	 * Commit, unless the host's code wants the transaction undone.
	 * @throws ProblemException when it was rolled back instead
	 */
	void commit() throws SQLException {
		try {
			commit(ending());
		}
		catch (UnexpectedRollbackException ex) {
			throw new ProblemException(unwanted(), ex);
		}
		catch (TransactionSystemException ex) {
			throw unwrapped(ex);
		}
	}

	private static Problem unwanted() {
		return new Problem(409, "40000", "The application undid the change",
				"A part of the application that took part in it marked the transaction for rollback.", null);
	}

	/**
	 * Refuse to go on if the host's code wants the transaction undone.
	 */
	void requireWanted() {
		if (this.bound.isRollbackOnly()) {
			throw new ProblemException(unwanted());
		}
	}

	/**
	 * Note that everything was undone that was done after a moment. What was wanted since
	 * then is forgotten, and whoever wanted to be told of the end is told.
	 * @param before what was synchronized with the transaction at that moment
	 */
	void undone(List<TransactionSynchronization> before) {
		this.bound.holder().resetRollbackOnly();
		List<TransactionSynchronization> later = new ArrayList<>(
				TransactionSynchronizationManager.getSynchronizations());
		later.removeAll(before);
		for (TransactionSynchronization synchronization : later) {
			try {
				synchronization.beforeCompletion();
			}
			catch (RuntimeException ex) {
				logger.error("What took part in a change could not end", ex);
			}
		}
		TransactionSynchronizationManager.clearSynchronization();
		TransactionSynchronizationManager.initSynchronization();
		before.forEach(TransactionSynchronizationManager::registerSynchronization);
		TransactionSynchronizationUtils.invokeAfterCompletion(later, TransactionSynchronization.STATUS_ROLLED_BACK);
	}

	/**
	 * Roll back, unless the transaction has ended.
	 */
	void rollback() throws SQLException {
		TransactionStatus ending = ending();
		if (ending.isCompleted()) {
			this.bound.connection().rollback();
			return;
		}
		try {
			rollback(ending);
		}
		catch (TransactionSystemException ex) {
			throw unwrapped(ex);
		}
	}

	private static SQLException unwrapped(TransactionSystemException ex) {
		if (ex.getCause() instanceof SQLException cause) {
			return cause;
		}
		throw ex;
	}

	private TransactionStatus ending() {
		if (this.status == null) {
			throw new IllegalStateException("No transaction has begun");
		}
		return this.status;
	}

	@Override
	protected Object doGetTransaction() {
		return this.bound;
	}

	@Override
	protected void doBegin(Object transaction, TransactionDefinition definition) {
		this.before = TransactionSynchronizationManager.unbindResourceIfPossible(this.dataSource);
		this.bound.holder().setSynchronizedWithTransaction(true);
		TransactionSynchronizationManager.bindResource(this.dataSource, this.bound.holder());
	}

	@Override
	protected void doCommit(DefaultTransactionStatus status) {
		try {
			this.bound.connection().commit();
		}
		catch (SQLException ex) {
			throw new TransactionSystemException("Not committed", ex);
		}
	}

	@Override
	protected void doRollback(DefaultTransactionStatus status) {
		try {
			this.bound.connection().rollback();
		}
		catch (SQLException ex) {
			throw new TransactionSystemException("Not rolled back", ex);
		}
	}

	@Override
	protected void doCleanupAfterCompletion(Object transaction) {
		TransactionSynchronizationManager.unbindResourceIfPossible(this.dataSource);
		if (this.before != null) {
			TransactionSynchronizationManager.bindResource(this.dataSource, this.before);
		}
		this.bound.holder().clear();
	}

	/**
	 * A connection, and what the host's code finds it by.
	 */
	private record Bound(Connection connection, ConnectionHolder holder) implements SmartTransactionObject {

		@Override
		public boolean isRollbackOnly() {
			return this.holder.isRollbackOnly();
		}

		@Override
		public void flush() {
			// Nothing is held back.
		}

	}

}
