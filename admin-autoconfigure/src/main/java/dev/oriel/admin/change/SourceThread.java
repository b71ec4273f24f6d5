package dev.oriel.admin.change;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The one thread on which a source of changes follows its database: it is tried again
 * after each failure, with longer and longer pauses, until it is stopped.
 *
 * @since 0.1.0
 */
public final class SourceThread {

	private static final Duration GRACE = Duration.ofSeconds(2);

	private final String name;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final BackOff backOff = new BackOff();

	private volatile boolean running;

	private @Nullable Thread thread;

	/**
	 * Create a thread that is not yet started.
	 * @param name what it is called in a list of threads
	 */
	public SourceThread(String name) {
		this.name = name;
	}

	/**
	 * Start the thread, unless it is.
	 * @param work what to do until {@link #isRunning()} is no longer true
	 */
	public void start(Runnable work) {
		this.lock.lock();
		try {
			if (this.thread == null) {
				this.running = true;
				this.backOff.reset();
				this.thread = new Thread(work, this.name);
				this.thread.setDaemon(true);
				this.thread.start();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Stop the thread, and wait up to two seconds until it is. Does nothing if it is not
	 * started.
	 * @param disconnect aborts the connections that the thread may be reading from,
	 * without waiting for it
	 */
	public void stop(Runnable disconnect) {
		Thread stopped;
		this.lock.lock();
		try {
			stopped = this.thread;
			this.thread = null;
			this.running = false;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		if (stopped != null) {
			disconnect.run();
			// It may be waiting for a new connection.
			stopped.interrupt();
			join(stopped);
		}
	}

	/**
	 * Whether the thread is started and not yet told to stop.
	 */
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Tell that it works, so that the next pause is a short one.
	 */
	public void works() {
		this.lock.lock();
		try {
			this.backOff.reset();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait on the thread before the next attempt. Not even {@link #wake()} makes this
	 * shorter, for whoever comes is not the only one; {@link #stop} does.
	 */
	public void pause() {
		this.lock.lock();
		try {
			long left = this.backOff.next().toNanos();
			while (this.running && left > 0) {
				left = this.changed.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			interrupted();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait on the thread until a condition holds, or until it is stopped.
	 * @param condition looked at again after each {@link #wake()}
	 */
	public void await(BooleanSupplier condition) {
		this.lock.lock();
		try {
			while (this.running && !condition.getAsBoolean()) {
				this.changed.await();
			}
		}
		catch (InterruptedException ex) {
			interrupted();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Have the condition looked at that the thread waits for. Call this after what the
	 * condition looks at has changed.
	 */
	public void wake() {
		this.lock.lock();
		try {
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Only {@link #stop} interrupts the thread, or somebody who wants the same.
	 */
	private void interrupted() {
		Thread.currentThread().interrupt();
		this.running = false;
	}

	private static void join(Thread stopped) {
		try {
			stopped.join(GRACE.toMillis());
		}
		catch (InterruptedException ex) {
			// Who stops it is in more of a hurry than the thread, which is a daemon.
			Thread.currentThread().interrupt();
		}
	}

}
