package dev.oriel.admin.data;

import org.jspecify.annotations.Nullable;

/**
 * Measures how long the current thread spends in transactions, waiting for their
 * connections included.
 *
 * @since 0.1.0
 */
public final class TransactionClock implements AutoCloseable {

	private static final ThreadLocal<@Nullable TransactionClock> CURRENT = new ThreadLocal<>();

	private long nanos;

	private TransactionClock() {
	}

	/**
	 * Start to measure, until the clock is closed.
	 */
	public static TransactionClock start() {
		TransactionClock clock = new TransactionClock();
		CURRENT.set(clock);
		return clock;
	}

	/**
	 * Return how long transactions have taken so far, in nanoseconds.
	 */
	public long nanos() {
		return this.nanos;
	}

	/**
	 * Count what has passed since a moment, if anybody measures.
	 * @param start the moment, by {@link System#nanoTime()}
	 */
	static void countSince(long start) {
		TransactionClock clock = CURRENT.get();
		if (clock != null) {
			clock.nanos += System.nanoTime() - start;
		}
	}

	@Override
	public void close() {
		CURRENT.remove();
	}

}
