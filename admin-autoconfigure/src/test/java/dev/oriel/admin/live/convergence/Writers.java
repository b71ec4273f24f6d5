package dev.oriel.admin.live.convergence;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.oriel.admin.testing.RestartablePostgres;
import org.postgresql.PGConnection;

/**
 * Runs statements as other programs do, past Oriel.
 */
final class Writers {

	private static final int ATTEMPTS = 400;

	private final RestartablePostgres server;

	private final String database;

	private final AtomicInteger committed = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	Writers(RestartablePostgres server, String database) {
		this.server = server;
		this.database = database;
	}

	/**
	 * Run transactions one after the other.
	 */
	void write(RandomWrites writes, int transactions) {
		Connection connection = null;
		for (int i = 0; i < transactions; i++) {
			List<String> statements = writes.next();
			try {
				if (connection == null || connection.isClosed()) {
					connection = open();
					connection.setAutoCommit(false);
					execute(connection, "SET lock_timeout = '2s'");
					connection.commit();
				}
				run(connection, statements);
				this.committed.incrementAndGet();
			}
			catch (SQLException | IOException ex) {
				this.failed.incrementAndGet();
				connection = rollback(connection);
			}
		}
		close(connection);
	}

	/**
	 * Wait until so many transactions have ended, well or not.
	 */
	void awaitTransactions(int count) {
		while (this.committed.get() + this.failed.get() < count) {
			LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
		}
	}

	private static void run(Connection connection, List<String> statements) throws SQLException, IOException {
		for (String statement : statements) {
			if (statement.equals(RandomWrites.ROLLBACK)) {
				connection.rollback();
				return;
			}
			if (statement.startsWith(RandomWrites.COPY)) {
				int end = statement.indexOf('\n');
				connection.unwrap(PGConnection.class)
					.getCopyAPI()
					.copyIn(statement.substring(0, end), new StringReader(statement.substring(end + 1)));
			}
			else {
				execute(connection, statement);
			}
		}
		connection.commit();
	}

	/**
	 * Open a connection, as soon as the server is there.
	 */
	private Connection open() throws SQLException {
		for (int attempt = 0;; attempt++) {
			try {
				return this.server.open(this.database);
			}
			catch (SQLException ex) {
				if (attempt == ATTEMPTS) {
					throw ex;
				}
				LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
			}
		}
	}

	/**
	 * Run changes of the schema, each as soon as it gets its locks or not at all.
	 */
	void define(RandomDdl ddl, int times) {
		for (int i = 0; i < times; i++) {
			for (String statement : ddl.next()) {
				execute(statement);
			}
		}
	}

	/**
	 * Run a statement, as soon as the server is there, or let it fail.
	 */
	void execute(String sql) {
		try (Connection connection = open()) {
			execute(connection, "SET lock_timeout = '1s'");
			execute(connection, sql);
		}
		catch (SQLException ex) {
			this.failed.incrementAndGet();
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute(sql);
		}
	}

	private static Connection rollback(Connection connection) {
		try {
			if (connection != null) {
				connection.rollback();
			}
			return connection;
		}
		catch (SQLException ex) {
			close(connection);
			return null;
		}
	}

	private static void close(Connection connection) {
		try {
			if (connection != null) {
				connection.close();
			}
		}
		catch (SQLException ex) {
			// It was lost.
		}
	}

	int committed() {
		return this.committed.get();
	}

	int failed() {
		return this.failed.get();
	}

}
