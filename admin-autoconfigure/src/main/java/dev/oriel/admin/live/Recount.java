package dev.oriel.admin.live;

import java.util.function.ObjLongConsumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Counts something again whenever it may have become more or less, no more often than a
 * pace allows. There is never more than one count at a time.
 */
final class Recount {

	private static final Log logger = LogFactory.getLog(Recount.class);

	private final Runnable count;

	private final Pace pace;

	private final ObjLongConsumer<Runnable> executor;

	private boolean dirty;

	private boolean scheduled;

	/**
	 * @param count counts; throws where that cannot be done at the moment
	 * @param pace how often
	 * @param executor runs tasks after a delay in nanoseconds
	 */
	Recount(Runnable count, Pace pace, ObjLongConsumer<Runnable> executor) {
		this.count = count;
		this.pace = pace;
		this.executor = executor;
	}

	/**
	 * Count again soon.
	 */
	synchronized void invalidate() {
		this.dirty = true;
		schedule();
	}

	/**
	 * Count now, unless that will be done anyway. Only to be called where counts are
	 * made.
	 */
	void now() {
		synchronized (this) {
			if (this.scheduled) {
				return;
			}
			this.scheduled = true;
		}
		run();
	}

	/**
	 * Return for how many nanoseconds no count may be made.
	 */
	synchronized long delay() {
		return this.pace.delay();
	}

	private void schedule() {
		if (this.dirty && !this.scheduled) {
			this.scheduled = true;
			this.executor.accept(this::run, this.pace.delay());
		}
	}

	private void run() {
		synchronized (this) {
			this.dirty = false;
		}
		long start = System.nanoTime();
		try {
			this.count.run();
			this.pace.succeeded(start);
		}
		catch (RuntimeException ex) {
			// The next change asks again; until then the old count is better than none.
			this.pace.failed();
			logger.debug("A live window cannot be counted", ex);
		}
		finally {
			synchronized (this) {
				this.scheduled = false;
				schedule();
			}
		}
	}

}
