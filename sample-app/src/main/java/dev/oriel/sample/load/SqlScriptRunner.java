package dev.oriel.sample.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Runs a file in one transaction, so that one that fails leaves nothing behind.
 */
final class SqlScriptRunner {

	private final Connection connection;

	/**
	 * Creates a runner.
	 * @param connection connection of its own, since files change settings of the session
	 */
	SqlScriptRunner(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Runs all statements.
	 * @return how many there were
	 */
	int run(BufferedReader source) throws IOException, SQLException {
		SqlScriptReader reader = new SqlScriptReader(source);
		this.connection.setAutoCommit(false);
		int count = 0;
		for (SqlStatement statement = reader.next(); statement != null; statement = reader.next()) {
			try {
				run(statement, reader);
			}
			catch (SQLException ex) {
				throw new SqlScriptException(lineOf(ex, statement, reader), describe(ex), ex);
			}
			count++;
		}
		this.connection.commit();
		return count;
	}

	private void run(SqlStatement statement, SqlScriptReader reader) throws IOException, SQLException {
		if (statement.copiesFromInput()) {
			copy(statement, reader);
		}
		else if (statement.standsAlone()) {
			this.connection.commit();
			this.connection.setAutoCommit(true);
			execute(statement.text());
			this.connection.setAutoCommit(false);
		}
		else {
			execute(statement.text());
		}
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute(sql);
		}
	}

	private void copy(SqlStatement statement, SqlScriptReader reader) throws IOException, SQLException {
		CopyIn copy = this.connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement.text());
		try {
			for (String row = reader.nextRow(); row != null; row = reader.nextRow()) {
				byte[] bytes = (row + "\n").getBytes(StandardCharsets.UTF_8);
				copy.writeToCopy(bytes, 0, bytes.length);
			}
			copy.endCopy();
		}
		finally {
			if (copy.isActive()) {
				copy.cancelCopy();
			}
		}
	}

	private static int lineOf(SQLException ex, SqlStatement statement, SqlScriptReader reader) {
		if (statement.copiesFromInput()) {
			return copyLine(ex, statement, reader);
		}
		ServerErrorMessage error = serverError(ex);
		return statement.lineAt((error != null) ? error.getPosition() : 0);
	}

	/**
	 * The server says "COPY company, line 3: …" and counts the rows.
	 */
	private static int copyLine(SQLException ex, SqlStatement statement, SqlScriptReader reader) {
		ServerErrorMessage error = serverError(ex);
		String where = (error != null) ? error.getWhere() : null;
		if (where == null || !where.matches("(?s)COPY .*?, line \\d+.*")) {
			return statement.line();
		}
		int row = Integer.parseInt(where.replaceFirst("(?s)COPY .*?, line (\\d+).*", "$1"));
		return statement.lineAt(statement.text().length() + 1) + row;
	}

	private static @Nullable ServerErrorMessage serverError(SQLException ex) {
		return (ex instanceof PSQLException failure) ? failure.getServerErrorMessage() : null;
	}

	private static String describe(SQLException ex) {
		ServerErrorMessage error = serverError(ex);
		if (error == null || error.getMessage() == null) {
			return String.valueOf(ex.getMessage());
		}
		return error.getMessage() + ((error.getDetail() != null) ? " (" + error.getDetail() + ")" : "");
	}

}
