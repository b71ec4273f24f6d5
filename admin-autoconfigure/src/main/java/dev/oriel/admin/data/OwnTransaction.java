package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import org.jspecify.annotations.Nullable;

/**
 * A transaction of Oriel's own, from its connection's way out of the pool to its way
 * back. Settings are made for the transaction only, so a pooled connection goes back as
 * it came.
 */
final class OwnTransaction extends Transaction {

	private static final Log logger = LogFactory.getLog(OwnTransaction.class);

	/** What does not limit but change the meaning of statements. */
	private static final String LEAVE_SETTINGS = "SET LOCAL \"TimeZone\" TO DEFAULT; SET LOCAL \"DateStyle\" TO DEFAULT; SET LOCAL "
			+ SessionSettings.PLAN_CACHE_MODE + " TO DEFAULT";

	private final Supplier<@Nullable DataSource> bound;

	private @Nullable HostBinding binding;

	OwnTransaction(Connection connection, TransactionTerms terms, Supplier<@Nullable DataSource> bound) {
		super(connection, terms);
		this.bound = bound;
	}

	static <T> T run(DataSource pool, Supplier<@Nullable DataSource> bound, TransactionTerms terms,
			TransactedWork<T> work) throws SQLException {
		long start = System.nanoTime();
		T result;
		List<Runnable> actions;
		try (Connection connection = pool.getConnection()) {
			boolean wasReadOnly = connection.isReadOnly();
			boolean wasAutoCommit = connection.getAutoCommit();
			connection.setReadOnly(terms.readOnly());
			connection.setAutoCommit(false);
			try {
				OwnTransaction transaction = new OwnTransaction(connection, terms, bound);
				result = transaction.run(terms, work);
				actions = terms.rollback() ? List.of() : transaction.actions();
			}
			finally {
				restore(connection, wasReadOnly, wasAutoCommit);
			}
		}
		finally {
			TransactionClock.countSince(start);
		}
		perform(actions);
		return result;
	}

	private <T> T run(TransactionTerms terms, TransactedWork<T> work) throws SQLException {
		try {
			applySettings(terms.settings());
			T result = work.run(this);
			if (terms.rollback()) {
				rollback();
			}
			else if (terms.readOnly()) {
				commit();
			}
			else {
				keep();
			}
			return result;
		}
		catch (SQLException | RuntimeException | Error ex) {
			try {
				rollback();
			}
			catch (SQLException | RuntimeException another) {
				ex.addSuppressed(another);
			}
			throw ex;
		}
	}

	private void keep() throws SQLException {
		try {
			commit();
		}
		catch (SQLException ex) {
			if (SqlProblems.isConnectionLost(ex)) {
				throw new ProblemException(Problem.uncertain(), ex);
			}
			throw ex;
		}
	}

	void commit() throws SQLException {
		if (this.binding != null) {
			this.binding.commit();
		}
		else {
			connection().commit();
		}
	}

	void rollback() throws SQLException {
		if (this.binding != null) {
			this.binding.rollback();
		}
		else {
			connection().rollback();
		}
	}

	/**
	 * Return what code of the host has asked to be told of the end so far.
	 */
	List<TransactionSynchronization> synchronizations() {
		return (this.binding != null) ? TransactionSynchronizationManager.getSynchronizations() : List.of();
	}

	/**
	 * Note that everything was undone that was done after a moment, and nothing else.
	 * @param before what {@link #synchronizations()} gave at that moment
	 */
	void undone(List<TransactionSynchronization> before) {
		if (this.binding != null) {
			this.binding.undone(before);
		}
	}

	/**
	 * Refuse to go on if code of the host wants the transaction undone.
	 */
	void requireWanted() {
		if (this.binding != null) {
			this.binding.requireWanted();
		}
	}

	@Override
	boolean isFresh() {
		return this.binding == null;
	}

	@Override
	<T> T call(Supplier<T> work) {
		DataSource dataSource = (this.binding == null) ? this.bound.get() : null;
		if (dataSource != null) {
			this.binding = HostBinding.begin(dataSource, connection());
		}
		return work.get();
	}

	@Override
	void beside(Runnable work) {
		work.run();
	}

	@Override
	void leaveSettings() throws SQLException {
		try (Statement statement = connection().createStatement()) {
			statement.execute(LEAVE_SETTINGS);
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

}
