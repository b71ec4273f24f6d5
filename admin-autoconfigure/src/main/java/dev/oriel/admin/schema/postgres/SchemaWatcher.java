package dev.oriel.admin.schema.postgres;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.oriel.admin.schema.SchemaUnavailableException;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource.Look;

import org.springframework.util.Assert;

/**
 * The thread that looks for changes of the schema. Waits longer from look to look while
 * the database is away.
 */
final class SchemaWatcher {

	/**
	 * DDL comes in bursts, so a change is read when the next look finds no further one.
	 */
	private static final Duration SETTLING = Duration.ofMillis(200);

	private static final int SETTLING_LOOKS = 10;

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

	/** Estimated rows go stale unnoticed, and so do privileges of some rare kinds. */
	private static final Duration LIFETIME = Duration.ofMinutes(5);

	private static final long PAUSES_PER_LOOK = 20;

	private static final Duration FAREWELL = Duration.ofSeconds(2);

	private final PostgresSchemaSource source;

	private final Duration interval;

	private final Thread thread;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final Semaphore wakeUps = new Semaphore(0);

	private long readAt = System.nanoTime();

	private long lookNanos;

	SchemaWatcher(PostgresSchemaSource source, Duration interval) {
		Assert.isTrue(interval.toMillis() > 0, "'interval' must be at least a millisecond");
		this.source = source;
		this.interval = interval;
		this.thread = new Thread(this::run, "oriel-schema");
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	/**
	 * Look now instead of at the end of the interval.
	 */
	void wake() {
		this.wakeUps.release();
	}

	void stop() {
		this.stopped.countDown();
		wake();
		if (Thread.currentThread() == this.thread) {
			return;
		}
		// It may be waiting for a connection to a database that is away.
		this.thread.interrupt();
		try {
			this.thread.join(FAREWELL.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void run() {
		Duration wait = Duration.ZERO;
		try {
			while (!stoppedOrWoken(wait)) {
				this.lookNanos = 0;
				look();
				wait = this.source.isUnavailable() ? longer(wait) : pause();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void look() throws InterruptedException {
		Look look = lookOnce();
		for (int looks = 1; look == Look.CHANGING && looks < SETTLING_LOOKS; looks++) {
			if (stoppedWithin(SETTLING)) {
				return;
			}
			look = lookOnce();
		}
		if (look == Look.CHANGING || look == Look.CHANGED || (look == Look.SAME && isOld())) {
			read();
		}
	}

	private Look lookOnce() {
		long begun = System.nanoTime();
		Look look = this.source.look();
		this.lookNanos = Math.max(this.lookNanos, System.nanoTime() - begun);
		return look;
	}

	private boolean isOld() {
		return System.nanoTime() - this.readAt > LIFETIME.toNanos();
	}

	private void read() {
		try {
			this.source.refresh();
			this.readAt = System.nanoTime();
		}
		catch (SchemaUnavailableException ex) {
			// The source has logged it and knows that it is unavailable.
		}
	}

	/**
	 * Return how long to wait after a look, so that looks at a very large catalogue do
	 * not keep the database busy. Neither the wait for a change to settle nor the reading
	 * of it counts, or the next change would be found late.
	 */
	private Duration pause() {
		Duration pause = Duration.ofNanos(this.lookNanos * PAUSES_PER_LOOK);
		return (pause.compareTo(this.interval) > 0) ? shorter(pause, LONGEST_WAIT) : this.interval;
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	private Duration longer(Duration wait) {
		Duration longer = (wait.compareTo(this.interval) < 0) ? this.interval : wait.multipliedBy(2);
		return shorter(longer, LONGEST_WAIT);
	}

	private boolean stoppedOrWoken(Duration time) throws InterruptedException {
		if (this.wakeUps.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
			this.wakeUps.drainPermits();
		}
		return this.stopped.getCount() == 0;
	}

	private boolean stoppedWithin(Duration time) throws InterruptedException {
		return this.stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
	}

}
