package dev.oriel.admin.data;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.regex.Pattern;

import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import org.jspecify.annotations.Nullable;

/**
 * Makes problems out of errors. PostgreSQL's message, detail and hint are passed on where
 * they are about the caller's data, and replaced where they are about us or the server.
 *
 * @see <a href="https://docs.postgrest.org/en/stable/references/errors.html">PostgREST:
 * errors</a>
 */
final class SqlProblems {

	private static final Set<String> SCHEMA_CHANGED = Set.of("42P01", "42703", "42804", "42704", "42883");

	/** The states whose detail is the whole row. */
	private static final Set<String> ROWS_QUOTED = Set.of("23502", "23514", "44000");

	/** What functions raise to choose the status themselves. */
	private static final Pattern RAISED = Pattern.compile("PT[2-5]\\d\\d");

	private SqlProblems() {
	}

	static Problem of(SQLException ex, @Nullable Target target) {
		String state = (ex.getSQLState() != null) ? ex.getSQLState() : "";
		if (isTooLarge(ex)) {
			return new Problem(400, "ORIEL413", "The rows are too large for one answer", null,
					"Ask for fewer rows or columns at a time.");
		}
		if (isPoolBusy(ex)) {
			return new Problem(504, "PGRST003", "Timed out acquiring connection from connection pool", null,
					"Oriel's connections are all busy; try again in a moment.");
		}
		if (isConnectionLost(ex)) {
			return Problem.unavailable();
		}
		int status = status(state);
		ServerErrorMessage server = server(ex);
		if (server != null && state.equals(RaisedProblem.SQLSTATE)) {
			return RaisedProblem.of(server.getMessage(), server.getDetail());
		}
		if (server != null && isNestedTooDeeply(server)) {
			return new Problem(400, "54001", "A value is nested too deeply", null, "Send a simpler one.");
		}
		if (server == null || isInternal(state) || isOwnSyntax(server)) {
			return new Problem(status, state.isEmpty() ? "XX000" : state, describe(state), null, hint(state));
		}
		if (target != null && state.startsWith(ViolatedConstraint.STATES)) {
			return new ViolatedConstraint(server, target).problem(status).explained(null, hint(state));
		}
		// What others do and what the log says is nothing for the caller.
		boolean ofOthers = state.equals("40P01");
		return new Problem(status, state, String.valueOf(server.getMessage()), ofOthers ? null : detail(server, state),
				(ofOthers || isDate(state)) ? null : server.getHint(), server.getColumn())
			.explained(null, hint(state));
	}

	/**
	 * Return what the server says itself, or {@code null} if it said nothing.
	 */
	static @Nullable ServerErrorMessage server(SQLException ex) {
		return (ex instanceof PSQLException postgres) ? postgres.getServerErrorMessage() : null;
	}

	/**
	 * Return what to do, for the errors that PostgreSQL itself gives no hint to.
	 */
	private static @Nullable String hint(String state) {
		return switch (state) {
			case "22001" -> "Send a shorter text.";
			case "22003" -> "Send a number within the range of the column.";
			case "22007", "22008" -> "Send a date as 2026-12-31, a point in time as 2026-12-31T23:59:59Z.";
			case "22021", "22P05" -> "Leave the character out.";
			case "23001", "23503" -> "Point at a row that is there; remove or change first what points at a row.";
			case "23502" -> "Send a value, or leave the member out where the column has a default.";
			case "23505" -> "Send other values, or change the row that has them.";
			case "23514" -> "Send values that meet the condition.";
			case "23P01" -> "Send values that go with the row that is there.";
			case "25006" -> "Nothing can be written with this request; a function that writes is called with POST.";
			case "40001", "40P01" -> "Nothing was changed; send the request again.";
			case "44000" -> "Send values with which the view shows the row.";
			case "42501" -> "The rights of the database do not allow it.";
			case "55P03" -> "Somebody else is writing the row; nothing was changed; send the request again.";
			case "57014" -> "Nothing was changed; ask for less at once.";
			default -> state.startsWith("22") ? "Send the value in the form that the column's type has." : null;
		};
	}

	/**
	 * Whether a text is no date or point in time. PostgreSQL's hint is about a setting of
	 * the session, which the caller cannot change.
	 */
	private static boolean isDate(String state) {
		return state.equals("22007") || state.equals("22008");
	}

	/**
	 * Whether an error may come from a schema that changed after it was read.
	 */
	static boolean mayBeStaleSchema(SQLException ex) {
		return ex.getSQLState() != null && SCHEMA_CHANGED.contains(ex.getSQLState());
	}

	/**
	 * Whether a statement that the server keeps prepared no longer fits its tables, which
	 * the driver finds out and mends with the next execution.
	 */
	static boolean isStalePlan(SQLException ex) {
		ServerErrorMessage server = (ex instanceof PSQLException postgres) ? postgres.getServerErrorMessage() : null;
		return server != null && "0A000".equals(server.getSQLState())
				&& "RevalidateCachedQuery".equals(server.getRoutine());
	}

	static boolean isTimeout(SQLException ex) {
		return "57014".equals(ex.getSQLState());
	}

	/**
	 * Whether the driver stopped reading an answer. Its message is translated, but the
	 * name of its setting in it is not.
	 */
	private static boolean isTooLarge(SQLException ex) {
		return ex instanceof PSQLException postgres && postgres.getServerErrorMessage() == null
				&& String.valueOf(ex.getMessage()).contains("maxResultBuffer");
	}

	/**
	 * Whether all connections of the pool are in use.
	 */
	private static boolean isPoolBusy(SQLException ex) {
		return ex instanceof SQLTransientConnectionException && "53300".equals(ex.getSQLState());
	}

	static boolean isConnectionLost(SQLException ex) {
		String state = (ex.getSQLState() != null) ? ex.getSQLState() : "";
		return state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")
				|| ex instanceof SQLTransientConnectionException;
	}

	private static int status(String state) {
		return switch (state) {
			case "23001", "23503", "23505", "40001", "40P01", "55000", "55P03" -> 409;
			case "25006" -> 405;
			case "57014" -> 504;
			case "42883", "42P01" -> 404;
			case "42501" -> 403;
			// A value that is too large, such as an array or a word to search for; too
			// many
			// columns or arguments.
			case "54000", "54011", "54023" -> 400;
			case "42P17" -> 500;
			default -> RAISED.matcher(state).matches() ? Integer.parseInt(state.substring(2))
					: statusOfClass((state.length() < 2) ? "" : state.substring(0, 2));
		};
	}

	private static int statusOfClass(String stateClass) {
		return switch (stateClass) {
			case "0L", "0P", "28" -> 403;
			case "09", "25", "2D", "38", "39", "3B", "40", "54", "55", "57", "58", "F0", "XX", "" -> 500;
			case "HV" -> 502;
			default -> 400;
		};
	}

	/**
	 * Return what the server says about the values; but not where it quotes the whole
	 * row, because that holds columns which the caller may not read.
	 */
	static @Nullable String detail(ServerErrorMessage server, String state) {
		return ROWS_QUOTED.contains(state) ? null : server.getDetail();
	}

	private static boolean isInternal(String state) {
		return state.equals("57014") || state.startsWith("XX") || state.startsWith("58") || state.startsWith("F0")
				|| state.startsWith("26");
	}

	/**
	 * Whether the statement itself is not written as PostgreSQL wants it, which tells of
	 * SQL. A value that is no search query has the same state, but no place in the
	 * statement.
	 */
	private static boolean isOwnSyntax(ServerErrorMessage server) {
		return "42601".equals(server.getSQLState()) && (server.getPosition() > 0 || server.getInternalPosition() > 0);
	}

	/**
	 * Whether a value made the server run out of its stack: its own, when no function or
	 * trigger is at work, or that of search queries, which has no state of its own.
	 */
	private static boolean isNestedTooDeeply(ServerErrorMessage server) {
		return ("54001".equals(server.getSQLState()) && server.getWhere() == null)
				|| ("XX000".equals(server.getSQLState()) && "pushOpStack".equals(server.getRoutine()));
	}

	private static String describe(String state) {
		return switch (state) {
			case "57014" -> "The statement took too long and was cancelled";
			default -> "The database could not carry out the request";
		};
	}

}
