package dev.oriel.admin.live;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ObjLongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Counts again where rows were changed or deleted that nobody shows: whether they were
 * counted before, nobody knows. As that may concern the count of any window of a
 * relation, they are counted one after another, in rounds, and what that costs is a fifth
 * of the time of one connection at most.
 */
final class CountRounds {

	private static final int FACTOR = 4;

	private final ObjLongConsumer<Runnable> executor;

	/** Whose counts may have changed since the round began. */
	private final Set<Dependants> suspected = new LinkedHashSet<>();

	/** What is left of the round. */
	private final Set<WindowCount> round = new LinkedHashSet<>();

	private boolean scheduled;

	/**
	 * @param executor runs tasks one after another, after a delay in nanoseconds
	 */
	CountRounds(ObjLongConsumer<Runnable> executor) {
		this.executor = executor;
	}

	/**
	 * Count the windows of a relation again that do not show all that they count.
	 */
	synchronized void suspect(Dependants dependants) {
		this.suspected.add(dependants);
		if (!this.scheduled) {
			schedule(0);
		}
	}

	private void schedule(long delay) {
		this.scheduled = true;
		this.executor.accept(this::run, delay);
	}

	private void run() {
		WindowCount next = next();
		if (next != null) {
			long start = System.nanoTime();
			next.recount();
			synchronized (this) {
				schedule((System.nanoTime() - start) * FACTOR);
			}
		}
	}

	/**
	 * Return the next count that may be made now. If there is none, come back when there
	 * is.
	 */
	private synchronized @Nullable WindowCount next() {
		if (this.round.isEmpty()) {
			this.suspected.forEach((dependants) -> this.round.addAll(dependants.partialCounts()));
			this.suspected.clear();
		}
		long shortest = Long.MAX_VALUE;
		for (Iterator<WindowCount> counts = this.round.iterator(); counts.hasNext();) {
			WindowCount count = counts.next();
			long delay = count.delay();
			if (delay == 0) {
				counts.remove();
				return count;
			}
			shortest = Math.min(shortest, delay);
		}
		this.scheduled = false;
		if (!this.round.isEmpty()) {
			schedule(shortest);
		}
		return null;
	}

}
