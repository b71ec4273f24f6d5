package dev.oriel.admin.change.postgres;

import java.time.Duration;

/**
 * Knows when so many transactions write that it costs everybody less to look for them all
 * the time than to be notified of each.
 */
final class Rush {

	/** For how long writers keep quiet when they are asked to. */
	static final Duration QUIET = Duration.ofSeconds(10);

	/** Transactions a second from which on they are asked. */
	private static final int MANY = 100;

	private static final Duration WINDOW = Duration.ofMillis(250);

	private static final Duration AHEAD = Duration.ofSeconds(2);

	private long since;

	private int transactions;

	private long quietUntil;

	Rush(long nanos) {
		this.since = nanos;
		this.quietUntil = nanos;
	}

	/**
	 * Note what a look found.
	 * @param nanos the time of the look
	 * @param found how many transactions wrote since the previous one
	 * @return whether writers should be asked now to keep quiet for {@link #QUIET}
	 */
	boolean note(long nanos, int found) {
		this.transactions += found;
		long elapsed = nanos - this.since;
		if (elapsed < WINDOW.toNanos()) {
			return false;
		}
		boolean busy = this.transactions >= MANY * elapsed / 1e9;
		this.since = nanos;
		this.transactions = 0;
		if (!busy || this.quietUntil - nanos > AHEAD.toNanos()) {
			return false;
		}
		this.quietUntil = nanos + QUIET.toNanos();
		return true;
	}

}
