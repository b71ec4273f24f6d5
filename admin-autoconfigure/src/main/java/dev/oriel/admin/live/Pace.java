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

	private final BackOff backOff = new BackOff();

	private long notBefore = System.nanoTime();

	Pace(Duration shortest, int factor) {
		this.shortest = shortest;
		this.factor = factor;
	}

	void succeeded(long startNanos) {
		long now = System.nanoTime();
		this.backOff.reset();
		this.notBefore = now + Math.max(this.shortest.toNanos(), (now - startNanos) * this.factor);
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
