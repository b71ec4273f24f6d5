package dev.oriel.admin.live;

import java.util.List;
import java.util.function.LongSupplier;

import dev.oriel.admin.data.Count;
import dev.oriel.admin.data.Row;
import org.jspecify.annotations.Nullable;

/**
 * What a window shows, and the messages that tell of it. Guarded by the window's lock.
 */
final class WindowContent {

	/** With more steps than this, telling all rows anew is cheaper for everybody. */
	private static final int STEPS = 1_000;

	private final LongSupplier versions;

	private @Nullable List<Row> rows;

	private long version;

	private @Nullable Count count;

	private @Nullable Count newer;

	WindowContent(LongSupplier versions) {
		this.versions = versions;
	}

	boolean isKnown() {
		return this.rows != null;
	}

	/**
	 * Return how many rows are shown, or -1 while they are unknown.
	 */
	int size() {
		return (this.rows != null) ? this.rows.size() : -1;
	}

	long version() {
		return this.version;
	}

	@Nullable LiveMessage snapshot() {
		return (this.rows != null) ? Messages.snapshot(this.version, this.rows, this.count, this.newer) : null;
	}

	/**
	 * Return what to tell somebody who knows the rows already.
	 */
	LiveMessage confirmation() {
		return Messages.delta(this.version, this.version, List.of(), this.count, this.newer);
	}

	/**
	 * Show other rows and return what to tell about it, or {@code null} if they are the
	 * same.
	 * @param counted how many there are, or {@code null} if that was not counted
	 */
	@Nullable LiveMessage replace(List<Row> now, @Nullable Count counted) {
		List<Row> before = this.rows;
		List<Change> changes = (before != null) ? Diff.between(before, now) : List.of();
		if (before != null && changes.isEmpty()) {
			// Others keep this list too, so the equal one can go.
			this.rows = now;
			return (counted != null) ? counted(counted) : null;
		}
		Count told = (counted != null && !counted.equals(this.count)) ? counted : null;
		this.count = (counted != null) ? counted : this.count;
		this.rows = now;
		long from = this.version;
		this.version = this.versions.getAsLong();
		return (before == null || changes.size() > STEPS) ? snapshot()
				: Messages.delta(from, this.version, changes, told, null);
	}

	/**
	 * Show another count and return what to tell about it, or {@code null}.
	 */
	@Nullable LiveMessage counted(Count count) {
		if (count.equals(this.count)) {
			return null;
		}
		this.count = count;
		return (this.rows != null) ? Messages.delta(this.version, this.version, List.of(), count, null) : null;
	}

	/**
	 * Show another number of rows before the first one, and return what to tell about it,
	 * or {@code null}.
	 */
	@Nullable LiveMessage newer(Count newer) {
		boolean none = this.newer == null && newer.value() == 0 && newer.exact();
		if (none || newer.equals(this.newer)) {
			return null;
		}
		this.newer = newer;
		return (this.rows != null) ? Messages.delta(this.version, this.version, List.of(), null, newer) : null;
	}

}
