package dev.oriel.admin.live;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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

	private volatile @Nullable ScheduledThreadPoolExecutor readers;

	/** Apart from the readers, so that slow counts hold up no rows. */
	private volatile @Nullable ScheduledThreadPoolExecutor counter;

	/** Apart from the readers, so that changes are looked at while rows are read. */
	private volatile @Nullable ScheduledThreadPoolExecutor evaluator;

	void start() {
		this.readers = executor("oriel-live-", READERS);
		this.counter = executor("oriel-live-count-", 1);
		this.evaluator = executor("oriel-live-tick-", 1);
	}

	void stop() {
		for (ScheduledThreadPoolExecutor executor : new ScheduledThreadPoolExecutor[] { this.readers, this.counter,
				this.evaluator }) {
			if (executor != null) {
				executor.shutdownNow();
			}
		}
	}

	/**
	 * Run a task that reads rows, after a delay in nanoseconds. It can be cancelled,
	 * unless the engine was stopped.
	 */
	@Nullable Future<?> read(Runnable task, long delay) {
		return schedule(this.readers, task, delay);
	}

	/**
	 * Run a task that counts rows, after a delay in nanoseconds. There is only one at a
	 * time.
	 */
	void count(Runnable task, long delay) {
		schedule(this.counter, task, delay);
	}

	/**
	 * Run a task that looks at changes, after a delay in nanoseconds. There is only one
	 * at a time.
	 */
	void evaluate(Runnable task, long delay) {
		schedule(this.evaluator, task, delay);
	}

	private static @Nullable Future<?> schedule(@Nullable ScheduledThreadPoolExecutor executor, Runnable task,
			long delay) {
		try {
			return (executor != null) ? executor.schedule(task, delay, TimeUnit.NANOSECONDS) : null;
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

}
