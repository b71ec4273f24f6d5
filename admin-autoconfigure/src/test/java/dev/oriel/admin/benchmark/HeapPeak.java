package dev.oriel.admin.benchmark;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * How much memory something takes on its way, with what is garbage taken away.
 */
final class HeapPeak {

	private HeapPeak() {
	}

	/**
	 * Return how many megabytes more than before are in use at most while something is
	 * done.
	 */
	static double megabytes(Step step) throws Exception {
		long before = used();
		long most = before;
		Future<?> done = step.begin();
		while (!done.isDone()) {
			most = Math.max(most, used());
			TimeUnit.MILLISECONDS.sleep(50);
		}
		done.get();
		return (most - before) / 1e6;
	}

	private static long used() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
