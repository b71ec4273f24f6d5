package dev.oriel.admin.stomp;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks on a few threads, each of which goes on until nothing is left: when all
 * clients of a window are told at once, a thread is woken once and not for every client.
 */
final class Writers implements Executor {

	private final Executor threads;

	private final int limit;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger active = new AtomicInteger();

	/**
	 * @param threads where to run
	 * @param limit how many of the threads at a time
	 */
	Writers(Executor threads, int limit) {
		this.threads = threads;
		this.limit = limit;
	}

	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		wake();
	}

	private void wake() {
		int running = this.active.get();
		while (running < this.limit) {
			if (this.active.compareAndSet(running, running + 1)) {
				try {
					this.threads.execute(this::run);
				}
				catch (RejectedExecutionException ex) {
					this.active.decrementAndGet();
					throw ex;
				}
				return;
			}
			running = this.active.get();
		}
	}

	private void run() {
		try {
			for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
				task.run();
			}
		}
		finally {
			this.active.decrementAndGet();
			// What came after the last look and before the number was lower woke nobody.
			if (!this.tasks.isEmpty()) {
				wake();
			}
		}
	}

}
