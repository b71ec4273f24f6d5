package dev.oriel.admin.live;

import java.time.Duration;
import java.util.function.Consumer;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.Count;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.WindowPage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the count of a window up to date: apart from its rows, which never wait for it,
 * and seldom, because counting is what costs most.
 */
final class WindowCount {

	/** Up to here an estimated count is exact. */
	private static final int COUNTED_ROWS = 10_000;

	private final WindowKey key;

	private final Caller caller;

	private final LiveEngine engine;

	private final Consumer<Count> result;

	private final Recount recount;

	WindowCount(WindowKey key, Caller caller, LiveEngine engine, Consumer<Count> result) {
		this.key = key;
		this.caller = caller;
		this.engine = engine;
		this.result = result;
		this.recount = new Recount(this::count, new Pace(Duration.ofSeconds(2), 20),
				(task, delay) -> engine.threads().count(caller, task, delay));
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
	long delay() {
		return this.recount.delay();
	}

	/**
	 * Count now, unless that will be done anyway. Only to be called where counts are
	 * made.
	 */
	void recount() {
		this.recount.now();
	}

	/**
	 * Count again soon, because there may be more rows, or fewer.
	 */
	void invalidate() {
		if (isWanted()) {
			this.recount.invalidate();
		}
	}

	private void count() {
		if (this.engine.isOpen(this.key)) {
			this.result.accept(this.engine.rows()
				.count(this.caller, this.key.relation(), this.key.query(), this.key.options().count()));
		}
	}

}
