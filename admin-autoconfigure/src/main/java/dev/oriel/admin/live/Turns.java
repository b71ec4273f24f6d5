package dev.oriel.admin.live;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;

import dev.oriel.admin.access.Caller;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on behalf of callers who take turns, so that nobody waits for all that
 * somebody else has asked for before.
 */
final class Turns {

	private static final Log logger = LogFactory.getLog(Turns.class);

	private final Executor executor;

	private final int most;

	/** In the order of their turns. */
	private final Map<String, Queue<Runnable>> waiting = new LinkedHashMap<>();

	private final Map<String, Integer> running = new HashMap<>();

	private boolean stopped;

	/**
	 * @param executor runs the tasks
	 * @param most how many tasks of one caller run at the same time
	 */
	Turns(Executor executor, int most) {
		this.executor = executor;
		this.most = most;
	}

	/**
	 * Run a task when its turn comes.
	 */
	void run(Caller caller, Runnable task) {
		synchronized (this) {
			if (this.stopped) {
				return;
			}
			this.waiting.computeIfAbsent(caller.name(), (name) -> new ArrayDeque<>()).add(task);
		}
		this.executor.execute(this::work);
	}

	/**
	 * Run no more tasks.
	 */
	synchronized void stop() {
		this.stopped = true;
		this.waiting.clear();
	}

	/**
	 * Run tasks until there is none whose turn may come. More may come when a task ends,
	 * and are seen by the thread that ran it.
	 */
	private void work() {
		Turn turn = next();
		while (turn != null) {
			try {
				turn.task().run();
			}
			catch (RuntimeException ex) {
				logger.error("A task of live rows failed", ex);
			}
			finally {
				end(turn);
			}
			turn = next();
		}
	}

	private synchronized @Nullable Turn next() {
		Iterator<Map.Entry<String, Queue<Runnable>>> callers = this.waiting.entrySet().iterator();
		while (callers.hasNext()) {
			Map.Entry<String, Queue<Runnable>> caller = callers.next();
			String name = caller.getKey();
			if (this.running.getOrDefault(name, 0) < this.most) {
				Queue<Runnable> tasks = caller.getValue();
				Runnable task = tasks.remove();
				callers.remove();
				if (!tasks.isEmpty()) {
					this.waiting.put(name, tasks);
				}
				this.running.merge(name, 1, Integer::sum);
				return new Turn(name, task);
			}
		}
		return null;
	}

	private synchronized void end(Turn turn) {
		this.running.computeIfPresent(turn.caller(), (name, count) -> (count > 1) ? count - 1 : null);
	}

	/**
	 * A task that runs.
	 */
	private record Turn(String caller, Runnable task) {
	}

}
