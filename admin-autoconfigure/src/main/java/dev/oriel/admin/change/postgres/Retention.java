package dev.oriel.admin.change.postgres;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Knows which transactions ended long enough ago that no reader needs their entries. An
 * entry's own age would not do: one that a transaction wrote an hour ago may have become
 * visible just now.
 */
final class Retention {

	static final Duration KEPT = Duration.ofMinutes(5);

	private static final Duration STEP = Duration.ofSeconds(30);

	private final Deque<Mark> marks = new ArrayDeque<>();

	/**
	 * Note the state of things.
	 * @param nanos the time
	 * @param snapshot which transactions have ended
	 */
	void note(long nanos, TransactionSnapshot snapshot) {
		Mark last = this.marks.peekLast();
		if (last == null || nanos - last.nanos() >= STEP.toNanos()) {
			this.marks.addLast(new Mark(nanos, snapshot.xmin()));
		}
	}

	/**
	 * Return the first transaction whose entries must be kept, or 0 if all must; a
	 * horizon is given out once.
	 * @param nanos the time
	 */
	long horizon(long nanos) {
		long horizon = 0;
		while (!this.marks.isEmpty() && nanos - this.marks.peekFirst().nanos() >= KEPT.toNanos()) {
			horizon = this.marks.removeFirst().xmin();
		}
		return horizon;
	}

	private record Mark(long nanos, long xmin) {
	}

}
