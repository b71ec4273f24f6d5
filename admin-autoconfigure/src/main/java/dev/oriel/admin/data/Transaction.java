package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The transaction that work runs in: one of Oriel's own, or a part of one that the host
 * has begun.
 */
abstract class Transaction {

	private static final Log logger = LogFactory.getLog(Transaction.class);

	/** What PostgreSQL answers to every statement once one has failed. */
	private static final String FAILED = "25P02";

	private final Connection connection;

	private final TransactionTerms terms;

	private final List<Runnable> actions = new ArrayList<>();

	Transaction(Connection connection, TransactionTerms terms) {
		this.connection = connection;
		this.terms = terms;
	}

	/**
	 * Return the connection. Whoever takes it does not commit, roll back or close it.
	 */
	final Connection connection() {
		return this.connection;
	}

	/**
	 * Call code of the host that takes part in this transaction: what it does with the
	 * host's DataSource by Spring's means (a {@code JdbcClient}, a method with
	 * {@code @Transactional}, the bean {@code Oriel}) is done on the same connection, and
	 * kept or undone with everything else. Meanwhile the session has the settings that it
	 * has for the host's own statements; only the limits on time stay where the
	 * transaction is ours.
	 * @param work the call
	 * @throws ProblemException when a statement of that code failed and the code kept
	 * silent about it
	 */
	final <T> T inside(Supplier<T> work) throws SQLException {
		leaveSettings();
		T result = call(work);
		try {
			applySettings(this.terms.settings());
		}
		catch (SQLException ex) {
			if (isFailed(ex)) {
				throw new ProblemException(failed(), ex);
			}
			throw ex;
		}
		return result;
	}

	/**
	 * Call code of the host that has nothing to do with this transaction, unless the host
	 * has begun it.
	 * @param work the call
	 */
	abstract void beside(Runnable work) throws SQLException;

	/**
	 * Do something when everything is kept, for the case that it is. It is done outside
	 * of the transaction, after all else; what it throws is only logged, for nobody can
	 * undo anything any more.
	 * @param action what to do
	 */
	final void afterCommit(Runnable action) {
		this.actions.add(action);
	}

	/**
	 * Whether nothing but this work has taken part in the transaction so far.
	 */
	abstract boolean isFresh();

	/**
	 * Call code of the host as a part of this transaction.
	 */
	abstract <T> T call(Supplier<T> work) throws SQLException;

	/**
	 * Give the session the settings that the host's code expects.
	 */
	abstract void leaveSettings() throws SQLException;

	final List<Runnable> actions() {
		return this.actions;
	}

	final void applySettings(Map<String, String> values) throws SQLException {
		if (values.isEmpty()) {
			return;
		}
		String sql = values.keySet()
			.stream()
			.map((name) -> "set_config('" + name + "', ?, true)")
			.collect(Collectors.joining(", ", "SELECT ", ""));
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			int index = 1;
			for (String value : values.values()) {
				statement.setString(index++, value);
			}
			statement.execute();
		}
	}

	/**
	 * Return the problem of a transaction in which nothing can be done any more.
	 */
	static Problem failed() {
		return new Problem(409, FAILED, "The transaction has failed already",
				"A statement failed that the application itself has run in it.",
				"Let the transaction be rolled back, and begin another one.");
	}

	static boolean isFailed(SQLException ex) {
		return FAILED.equals(ex.getSQLState());
	}

	static void perform(List<Runnable> actions) {
		for (Runnable action : actions) {
			try {
				action.run();
			}
			catch (RuntimeException | Error ex) {
				logger.error("An action after a commit failed; what was written is kept", ex);
			}
		}
	}

}
