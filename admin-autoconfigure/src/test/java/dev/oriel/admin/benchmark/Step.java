package dev.oriel.admin.benchmark;

import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Something to take the time of, or to look at others meanwhile.
 */
@FunctionalInterface
interface Step {

	void run() throws Exception;

	/**
	 * Run it, and return how many seconds that took.
	 */
	default double seconds() throws Exception {
		long start = System.nanoTime();
		run();
		return (System.nanoTime() - start) / 1e9;
	}

	/**
	 * Begin it on a thread of its own. The answer tells when it is over, and whether it
	 * failed.
	 */
	default Future<?> begin() {
		FutureTask<Void> task = new FutureTask<>(() -> {
			run();
			return null;
		});
		new Thread(task, "step").start();
		return task;
	}

}
