package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Which transactions had ended at one moment, as {@code pg_current_snapshot()} tells: all
 * before {@code xmin}, none from {@code xmax} on, and in between all but the running
 * ones.
 *
 * @param xmin the oldest that was running
 * @param xmax the first that had not begun
 * @param running those in between that had not ended
 * @since 0.1.0
 */
public record TransactionSnapshot(long xmin, long xmax, List<Long> running) {

	public TransactionSnapshot {
		running = List.copyOf(running);
	}

	/**
	 * Take the snapshot of this moment.
	 * @param connection not in a transaction that would keep an earlier one
	 * @throws SQLException when the database does not answer
	 */
	public static TransactionSnapshot current(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT pg_current_snapshot()::text")) {
			row.next();
			return parse(row.getString(1));
		}
	}

	static TransactionSnapshot parse(String text) {
		String[] parts = text.split(":", 3);
		List<Long> running = new ArrayList<>();
		if (!parts[2].isEmpty()) {
			for (String transaction : parts[2].split(",")) {
				running.add(Long.parseUnsignedLong(transaction));
			}
		}
		return new TransactionSnapshot(Long.parseUnsignedLong(parts[0]), Long.parseUnsignedLong(parts[1]), running);
	}

	/**
	 * Whether no transaction was running.
	 */
	public boolean isQuiet() {
		return this.xmin == this.xmax;
	}

	/**
	 * Return the number of a transaction whose lower half is known. It began within two
	 * billion transactions of this moment, before or after, as each one in the log did.
	 * @param half the lower 32 bits
	 */
	public long widen(int half) {
		return this.xmax + (half - (int) this.xmax);
	}

	/**
	 * Whether who reads now sees what a transaction did that was committed.
	 * @param transaction its whole number
	 */
	public boolean sees(long transaction) {
		return Long.compareUnsigned(transaction, this.xmax) < 0 && !this.running.contains(transaction);
	}

	/**
	 * Whether every transaction has ended that was running at an earlier moment.
	 * @param earlier that moment
	 */
	public boolean outlives(TransactionSnapshot earlier) {
		return Long.compareUnsigned(this.xmin, earlier.xmax) >= 0;
	}

}
