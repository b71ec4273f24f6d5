package dev.oriel.admin.live;

import java.time.Duration;

import dev.oriel.admin.change.BackOff;

/**
 * When the next read may begin. The first after a rest begins at once; after that there
 * is a pause in proportion to what the last one cost, so that a slow query takes a fifth
 * of the time of one connection at most.
 */
final class Pace {

	private final Duration shortest;

	private final int factor;

	private final Duration longest;

	private final BackOff backOff = new BackOff();

	private long notBefore = System.nanoTime();

	Pace(Duration shortest, int factor) {
		this(shortest, factor, Duration.ofDays(1));
	}

	/**
	 * @param shortest the shortest pause
	 * @param factor how many times as long as the last one took to pause
	 * @param longest the longest pause
	 */
	Pace(Duration shortest, int factor, Duration longest) {
		this.shortest = shortest;
		this.factor = factor;
		this.longest = longest;
	}

	void succeeded(long startNanos) {
		long now = System.nanoTime();
		this.backOff.reset();
		long pause = Math.min(this.longest.toNanos(), (now - startNanos) * this.factor);
		this.notBefore = now + Math.max(this.shortest.toNanos(), pause);
	}

	void failed() {
		this.notBefore = System.nanoTime() + this.backOff.next().toNanos();
	}

	/**
	 * Return for how many nanoseconds to wait from now.
	 */
	long delay() {
		return Math.max(0, this.notBefore - System.nanoTime());
	}

}
