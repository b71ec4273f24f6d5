package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import dev.oriel.admin.data.TransactionTerms.Purpose;

import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A part of a transaction that the host has begun, and ends. A savepoint before it lets
 * the host go on when it fails. Afterwards the session is as it was.
 */
final class JoinedTransaction extends Transaction {

	private static final String READ_ONLY = "transaction_read_only";

	private final Map<String, String> before = new LinkedHashMap<>();

	private JoinedTransaction(Connection connection, TransactionTerms terms) {
		super(connection, terms);
	}

	static <T> T run(DataSource host, TransactionTerms terms, TransactedWork<T> work) throws SQLException {
		Connection connection = DataSourceUtils.doGetConnection(host);
		try {
			if (!terms.readOnly()) {
				requireWritable(connection);
			}
			Savepoint savepoint = savepoint(connection);
			JoinedTransaction transaction = new JoinedTransaction(connection, terms);
			T result;
			try {
				result = transaction.run(terms, work);
				if (terms.purpose() == Purpose.READ || terms.rollback()) {
					// Which gives the session its settings back, too.
					connection.rollback(savepoint);
				}
				else {
					transaction.applySettings(transaction.before);
				}
				connection.releaseSavepoint(savepoint);
			}
			catch (SQLException | RuntimeException | Error ex) {
				rollback(connection, savepoint, ex);
				throw ex;
			}
			if (!terms.rollback() && !transaction.actions().isEmpty()) {
				TransactionSynchronizationManager
					.registerSynchronization(new ActionsAfterCommit(host, transaction.actions()));
			}
			return result;
		}
		finally {
			DataSourceUtils.doReleaseConnection(connection, host);
		}
	}

	private <T> T run(TransactionTerms terms, TransactedWork<T> work) throws SQLException {
		Map<String, String> settings = new LinkedHashMap<>(terms.settings());
		if (terms.purpose() == Purpose.READ) {
			settings.put(READ_ONLY, "on");
		}
		else {
			remember(settings);
		}
		applySettings(settings);
		return work.run(this);
	}

	private void remember(Map<String, String> settings) throws SQLException {
		String sql = settings.keySet()
			.stream()
			.map((name) -> "current_setting('" + name + "')")
			.collect(Collectors.joining(", ", "SELECT ", ""));
		try (PreparedStatement statement = connection().prepareStatement(sql);
				ResultSet values = statement.executeQuery()) {
			values.next();
			int index = 1;
			for (String name : settings.keySet()) {
				this.before.put(name, values.getString(index++));
			}
		}
	}

	@Override
	boolean isFresh() {
		return false;
	}

	@Override
	<T> T call(Supplier<T> work) {
		return work.get();
	}

	@Override
	void beside(Runnable work) throws SQLException {
		inside(() -> {
			work.run();
			return this;
		});
	}

	@Override
	void leaveSettings() throws SQLException {
		applySettings(this.before);
	}

	private static void requireWritable(Connection connection) throws SQLException {
		if (TransactionSynchronizationManager.isCurrentTransactionReadOnly() || connection.isReadOnly()) {
			throw new ProblemException(new Problem(405, "25006", "The surrounding transaction is read only", null,
					"Write from a method whose @Transactional is not 'readOnly'."));
		}
	}

	private static Savepoint savepoint(Connection connection) throws SQLException {
		try {
			return connection.setSavepoint();
		}
		catch (SQLException ex) {
			if (isFailed(ex)) {
				throw new ProblemException(failed(), ex);
			}
			throw ex;
		}
	}

	private static void rollback(Connection connection, Savepoint savepoint, Throwable cause) {
		try {
			connection.rollback(savepoint);
			connection.releaseSavepoint(savepoint);
		}
		catch (SQLException ex) {
			cause.addSuppressed(ex);
		}
	}

	/**
	 * What is done after the host has committed. The host's connection is still bound to
	 * the thread then, but whatever would be written with it would be lost.
	 */
	private record ActionsAfterCommit(DataSource host, List<Runnable> actions) implements TransactionSynchronization {

		@Override
		public void afterCompletion(int status) {
			if (status != STATUS_COMMITTED) {
				return;
			}
			boolean active = TransactionSynchronizationManager.isActualTransactionActive();
			Object resource = TransactionSynchronizationManager.unbindResourceIfPossible(this.host);
			TransactionSynchronizationManager.setActualTransactionActive(false);
			try {
				perform(this.actions);
			}
			finally {
				TransactionSynchronizationManager.setActualTransactionActive(active);
				if (resource != null) {
					TransactionSynchronizationManager.bindResource(this.host, resource);
				}
			}
		}

	}

}
