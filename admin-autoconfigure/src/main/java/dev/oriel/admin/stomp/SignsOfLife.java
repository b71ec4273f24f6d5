package dev.oriel.admin.stomp;

import java.time.Duration;

/**
 * When a client was heard of, and how often both sides have agreed to be.
 */
final class SignsOfLife {

	/** How many signs in a row may be missing. */
	private static final int PATIENCE = 3;

	private final long openedAt = System.nanoTime();

	private volatile long heardAt = this.openedAt;

	/** How often the client wants one and gives one, in nanoseconds; 0 for never. */
	private volatile long outgoing;

	private volatile long incoming;

	void heard() {
		this.heardAt = System.nanoTime();
	}

	/**
	 * Agree with the client.
	 * @param given how often the client can give one, in milliseconds; 0 for never
	 * @param wanted how often it wants one, likewise
	 * @param interval how often at most
	 */
	void agree(long given, long wanted, Duration interval) {
		this.incoming = agreed(given, interval);
		this.outgoing = agreed(wanted, interval);
	}

	private static long agreed(long millis, Duration interval) {
		return (millis > 0) ? Math.max(Duration.ofMillis(millis).toNanos(), interval.toNanos()) : 0;
	}

	boolean isOpenFor(Duration time) {
		return System.nanoTime() - this.openedAt > time.toNanos();
	}

	/**
	 * Whether the client should have been heard of.
	 */
	boolean isMissing() {
		long agreed = this.incoming;
		return agreed > 0 && System.nanoTime() - this.heardAt > agreed * PATIENCE;
	}

	/**
	 * Return how often the client wants one, in nanoseconds, or 0.
	 */
	long outgoing() {
		return this.outgoing;
	}

}
