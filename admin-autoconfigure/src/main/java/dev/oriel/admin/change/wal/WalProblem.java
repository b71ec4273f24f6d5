package dev.oriel.admin.change.wal;

import java.sql.SQLException;

/**
 * What is told of a log that cannot be read.
 */
final class WalProblem {

	private WalProblem() {
	}

	/**
	 * Whether the connection is what failed (class 08, or 57P01 to 57P03), rather than
	 * something that somebody has to do something about.
	 */
	static boolean isAway(Exception ex) {
		String state = state(ex);
		return state.startsWith("08") || state.startsWith("57P");
	}

	/**
	 * Return the reason in one line.
	 */
	static String reason(Exception ex) {
		String message = String.valueOf(ex.getMessage()).lines().findFirst().orElse("");
		return switch (state(ex)) {
			case "42501" -> "the role may not replicate, which takes ALTER ROLE … REPLICATION (" + message + ")";
			case "55000" -> "the server does not allow it, which takes wal_level = logical (" + message + ")";
			case "53400" -> "no replication slot is free (" + message + ")";
			case "53300" -> "no WAL sender or connection is free (" + message + ")";
			case "55P03" -> "a transaction has been running for long, which a replication slot waits for";
			case "08P01", "0A000" ->
				"the connection does not support replication, maybe because of a pooler (" + message + ")";
			default -> message;
		};
	}

	private static String state(Exception ex) {
		String state = (ex instanceof SQLException cause) ? cause.getSQLState() : null;
		return (state != null) ? state : "";
	}

}
