package dev.oriel.admin.change.postgres;

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
 */
record TransactionSnapshot(long xmin, long xmax, List<Long> running) {

	TransactionSnapshot {
		running = List.copyOf(running);
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
	 * Whether every transaction has ended that was running at an earlier moment.
	 */
	boolean outlives(TransactionSnapshot earlier) {
		return Long.compareUnsigned(this.xmin, earlier.xmax) >= 0;
	}

}
