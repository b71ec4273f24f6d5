package dev.oriel.admin.change;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt: from half a second, twice as long each time,
 * up to 30 seconds, and never in step with others.
 *
 * @since 0.1.0
 */
public final class BackOff {

	private static final long FIRST = 500;

	private static final long LAST = 30_000;

	private long next = FIRST;

	/**
	 * Return how long to wait now.
	 */
	public Duration next() {
		long ceiling = this.next;
		this.next = Math.min(LAST, this.next * 2);
		return Duration.ofMillis(ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1));
	}

	/**
	 * Begin anew after a success.
	 */
	public void reset() {
		this.next = FIRST;
	}

}
