package dev.oriel.admin.live;

import java.time.Duration;
import java.util.function.Consumer;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.Count;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.WindowPage;
import org.jspecify.annotations.Nullable;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Keeps the count of a window up to date: apart from its rows, which never wait for it,
 * and seldom, because counting is what costs most.
 */
final class WindowCount {

	private static final Log logger = LogFactory.getLog(WindowCount.class);

	/** Up to here an estimated count is exact. */
	private static final int COUNTED_ROWS = 10_000;

	private final WindowKey key;

	private final Caller caller;

	private final LiveEngine engine;

	private final Consumer<Count> result;

	private final Pace pace = new Pace(Duration.ofSeconds(2), 20);

	private boolean dirty;

	private boolean scheduled;

	WindowCount(WindowKey key, Caller caller, LiveEngine engine, Consumer<Count> result) {
		this.key = key;
		this.caller = caller;
		this.engine = engine;
		this.result = result;
	}

	/**
	 * Return how many rows there are if a page tells so by showing all of them; otherwise
	 * have them counted.
	 */
	@Nullable Count read(WindowPage page) {
		CountMode mode = this.key.options().count();
		boolean exact = mode == CountMode.EXACT || (mode == CountMode.ESTIMATED && page.rows().size() <= COUNTED_ROWS);
		if (exact && page.footprint() != null && page.footprint().complete()) {
			return new Count(page.rows().size(), true);
		}
		invalidate();
		return null;
	}

	/**
	 * Whether anybody wants to know how many rows there are.
	 */
	boolean isWanted() {
		return this.key.options().count() != CountMode.NONE;
	}

	/**
	 * Return for how many nanoseconds no count may be made.
	 */
	synchronized long delay() {
		return this.pace.delay();
	}

	/**
	 * Count now, unless that will be done anyway. Only to be called where counts are
	 * made.
	 */
	void recount() {
		synchronized (this) {
			if (this.scheduled) {
				return;
			}
			this.scheduled = true;
		}
		refresh();
	}

	/**
	 * Count again soon, because there may be more rows, or fewer.
	 */
	synchronized void invalidate() {
		if (isWanted()) {
			this.dirty = true;
			schedule();
		}
	}

	private void schedule() {
		if (this.dirty && !this.scheduled) {
			this.scheduled = true;
			this.engine.threads().count(this.caller, this::refresh, this.pace.delay());
		}
	}

	private void refresh() {
		synchronized (this) {
			this.dirty = false;
		}
		long start = System.nanoTime();
		try {
			if (this.engine.isOpen(this.key)) {
				Count count = this.engine.rows()
					.count(this.caller, this.key.relation(), this.key.query(), this.key.options().count());
				this.pace.succeeded(start);
				this.result.accept(count);
			}
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
