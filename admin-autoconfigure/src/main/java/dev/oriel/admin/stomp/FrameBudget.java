package dev.oriel.admin.stomp;

import java.util.concurrent.TimeUnit;

/**
 * How many frames a client may send: some each second, ten times as many in a burst.
 */
final class FrameBudget {

	private final double perNano;

	private final double burst;

	private double left;

	private long at = System.nanoTime();

	FrameBudget(int framesPerSecond) {
		this.perNano = framesPerSecond / (double) TimeUnit.SECONDS.toNanos(1);
		this.burst = framesPerSecond * 10.0;
		this.left = this.burst;
	}

	boolean spend() {
		long now = System.nanoTime();
		this.left = Math.min(this.burst, this.left + (now - this.at) * this.perNano);
		this.at = now;
		this.left--;
		return this.left >= 0;
	}

}
