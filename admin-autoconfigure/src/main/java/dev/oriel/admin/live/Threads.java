package dev.oriel.admin.live;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.oriel.admin.access.Caller;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The threads of the engine while it runs. What they are asked before or after is not
 * done.
 */
final class Threads {

	private static final Log logger = LogFactory.getLog(Threads.class);

	private static final int READERS = 2;

	private volatile @Nullable Running running;

	void start() {
		this.running = new Running();
	}

	void stop() {
		Running running = this.running;
		if (running != null) {
			running.stop();
		}
	}

	/**
	 * Run a task that reads rows on behalf of a caller, after a delay in nanoseconds.
	 * There is only one at a time for each caller, and callers take turns.
	 */
	void read(Caller caller, Runnable task, long delay) {
		Running running = this.running;
		if (running != null) {
			running.take(running.reads, caller, task, delay);
		}
	}

	/**
	 * Run a task that counts rows on behalf of a caller, after a delay in nanoseconds.
	 * There is only one at a time, and callers take turns.
	 */
	void count(Caller caller, Runnable task, long delay) {
		Running running = this.running;
		if (running != null) {
			running.take(running.counts, caller, task, delay);
		}
	}

	/**
	 * Run a task that looks at changes, after a delay in nanoseconds. There is only one
	 * at a time.
	 */
	void evaluate(Runnable task, long delay) {
		Running running = this.running;
		if (running != null) {
			schedule(running.evaluator, task, delay);
		}
	}

	/**
	 * Run a task that takes no time, after a delay in nanoseconds. It can be cancelled,
	 * unless the engine was stopped.
	 */
	@Nullable Future<?> later(Runnable task, long delay) {
		Running running = this.running;
		return (running != null) ? schedule(running.clock, task, delay) : null;
	}

	private static @Nullable Future<?> schedule(ScheduledThreadPoolExecutor executor, Runnable task, long delay) {
		try {
			return executor.schedule(task, delay, TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.trace("Stopped meanwhile", ex);
			return null;
		}
	}

	private static ScheduledThreadPoolExecutor executor(String prefix, int threads) {
		AtomicInteger number = new AtomicInteger();
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(threads, (task) -> {
			Thread thread = new Thread(task, prefix + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
		executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		executor.setRemoveOnCancelPolicy(true);
		return executor;
	}

	/**
	 * The threads between a start and a stop.
	 */
	private static final class Running {

		/** Apart from all others, so that delays end although those are busy. */
		private final ScheduledThreadPoolExecutor clock = executor("oriel-live-clock-", 1);

		private final ScheduledThreadPoolExecutor readers = executor("oriel-live-", READERS);

		/** Apart from the readers, so that slow counts hold up no rows. */
		private final ScheduledThreadPoolExecutor counter = executor("oriel-live-count-", 1);

		/** Apart from the readers, so that changes are looked at while rows are read. */
		private final ScheduledThreadPoolExecutor evaluator = executor("oriel-live-tick-", 1);

		/** One thread is left for others, whatever a caller asks for. */
		private final Turns reads = new Turns((task) -> schedule(this.readers, task, 0), READERS - 1);

		private final Turns counts = new Turns((task) -> schedule(this.counter, task, 0), 1);

		void take(Turns turns, Caller caller, Runnable task, long delay) {
			if (delay > 0) {
				schedule(this.clock, () -> turns.run(caller, task), delay);
			}
			else {
				turns.run(caller, task);
			}
		}

		void stop() {
			this.reads.stop();
			this.counts.stop();
			this.clock.shutdownNow();
			this.readers.shutdownNow();
			this.counter.shutdownNow();
			this.evaluator.shutdownNow();
		}

	}

}
