package dev.oriel.admin.live;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a window is read. There is never more than one read of a window at a time,
 * and changes that come together are read together.
 *
 * <p>
 * A read that begins after a change was told shows it: whoever tells has seen its commit.
 * So a window that is yet to be read accounts for every change so far, and so does one
 * whose last read began late enough. A change that comes while a read is under way may be
 * in its rows or not, and what it means depends on them, so it is kept until the read has
 * ended and looked at then.
 */
final class WindowRefresh {

	private final Reading reading;

	private final ObjLongConsumer<Runnable> executor;

	private final Pace pace = new Pace(Duration.ofMillis(25), 4);

	/** What came while the rows were being read. */
	private Map<RelationName, ChangedRows> missed = new HashMap<>();

	/** When the first change was committed that the rows do not show yet. */
	private @Nullable Long changedAt;

	/** When the last read began. */
	private long begun = System.nanoTime();

	private boolean dirty;

	private boolean scheduled;

	private boolean running;

	private boolean closed;

	/**
	 * @param reading what is read
	 * @param executor runs tasks that read, after a delay in nanoseconds
	 */
	WindowRefresh(Reading reading, ObjLongConsumer<Runnable> executor) {
		this.reading = reading;
		this.executor = executor;
	}

	/**
	 * Read the window because of a change.
	 * @param committed when, or {@code null} where nobody knows
	 */
	synchronized void changed(@Nullable Long committed) {
		if (committed != null && (this.changedAt == null || committed - this.changedAt < 0)) {
			this.changedAt = committed;
		}
		invalidate();
	}

	/**
	 * Read the window, because its rows may be others.
	 */
	synchronized void invalidate() {
		this.dirty = true;
		schedule();
	}

	/**
	 * Whether nothing is to be done about changes: they are shown already, will be shown
	 * by a read that is yet to begin, or are looked at again when the current one has
	 * ended.
	 */
	synchronized boolean accounts(RelationName relation, ChangedRows rows) {
		if (this.closed || this.dirty || this.begun - rows.arrived() > 0) {
			return true;
		}
		if (this.running) {
			ChangedRows all = this.missed.computeIfAbsent(relation, (name) -> new ChangedRows());
			all.add(rows);
			this.dirty = all.isAny();
		}
		return this.running;
	}

	synchronized void close() {
		this.closed = true;
	}

	private void schedule() {
		if (!this.scheduled && !this.closed) {
			this.scheduled = true;
			this.executor.accept(this::run, this.pace.delay());
		}
	}

	private void run() {
		this.reading.begin();
		Long since;
		synchronized (this) {
			this.begun = System.nanoTime();
			this.dirty = false;
			this.running = !this.closed;
			since = this.changedAt;
			this.changedAt = null;
		}
		boolean succeeded = false;
		try {
			succeeded = this.closed || this.reading.read(since);
		}
		finally {
			end(since, succeeded);
		}
	}

	private void end(@Nullable Long since, boolean succeeded) {
		Map<RelationName, ChangedRows> left = Map.of();
		synchronized (this) {
			this.running = false;
			this.scheduled = false;
			if (succeeded) {
				this.pace.succeeded(this.begun);
			}
			else {
				this.pace.failed();
				this.dirty = true;
				this.changedAt = (since != null) ? since : this.changedAt;
			}
			if (!this.dirty) {
				left = this.missed;
			}
			this.missed = new HashMap<>();
			if (this.dirty) {
				schedule();
			}
		}
		this.reading.end(left);
	}

	/**
	 * What is read.
	 */
	interface Reading {

		/**
		 * A read begins: changes must be asked about with {@link WindowRefresh#accounts}
		 * from now on.
		 */
		void begin();

		/**
		 * Read the rows and tell what is new.
		 * @param since when the first change was committed that they did not show, or
		 * {@code null}
		 * @return whether that succeeded or is not worth another attempt
		 */
		boolean read(@Nullable Long since);

		/**
		 * A read has ended.
		 * @param missed changes that came meanwhile and are yet to be looked at
		 */
		void end(Map<RelationName, ChangedRows> missed);

	}

}
