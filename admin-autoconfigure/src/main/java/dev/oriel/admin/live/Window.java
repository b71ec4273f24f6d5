package dev.oriel.admin.live;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.data.Count;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.Row;
import dev.oriel.admin.query.QueryShape;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The rows that some subscribers see, and what becomes of them. Whatever changes, the
 * rows are read again and compared; changes that come together are read together. There
 * is never more than one read of a window at a time.
 */
final class Window {

	private static final Log logger = LogFactory.getLog(Window.class);

	private static final int UNAVAILABLE = 503;

	/** Somebody holds a lock, as a migration does for a while. */
	private static final int LOCKED = 409;

	/** All connections are in use. */
	private static final String BUSY = "PGRST003";

	private final WindowKey key;

	private final Caller caller;

	private final LiveEngine engine;

	private final Pace pace = new Pace(Duration.ofMillis(25), 4);

	private final WindowCount count;

	private final Set<Viewer> viewers = new LinkedHashSet<>();

	private final WindowContent content;

	/** At which multiples of time the rows may change by themselves. */
	private final @Nullable Duration interval;

	private @Nullable Future<?> nextPeriod;

	/** When the first change was committed that the rows do not show yet. */
	private @Nullable Long changedAt;

	private Duration cost = Duration.ZERO;

	private boolean dirty;

	private boolean scheduled;

	private boolean failing;

	private boolean closed;

	Window(WindowKey key, Caller caller, LiveEngine engine) {
		this.key = key;
		this.caller = caller;
		this.engine = engine;
		this.interval = PeriodClock.interval(key);
		this.content = new WindowContent(engine::nextVersion);
		this.count = new WindowCount(key, caller, engine, this::counted);
	}

	WindowKey key() {
		return this.key;
	}

	/**
	 * Add a subscriber, who is told the rows at once if they are known, unless it has
	 * them.
	 */
	synchronized void add(Viewer viewer) {
		this.viewers.add(viewer);
		viewer.welcome(this.content);
	}

	/**
	 * Remove a subscriber and return whether it was the last.
	 */
	synchronized boolean remove(Viewer viewer) {
		this.viewers.remove(viewer);
		if (this.viewers.isEmpty()) {
			end();
		}
		return this.closed;
	}

	/**
	 * End the window and return who was left.
	 */
	synchronized List<Viewer> close() {
		List<Viewer> left = List.copyOf(this.viewers);
		this.viewers.clear();
		end();
		return left;
	}

	private void end() {
		this.closed = true;
		if (this.nextPeriod != null) {
			this.nextPeriod.cancel(false);
		}
	}

	synchronized @Nullable LiveMessage current() {
		return this.content.snapshot();
	}

	synchronized int subscribers() {
		return this.viewers.size();
	}

	synchronized WindowStatus status(LiveMode mode) {
		return new WindowStatus(this.key.relation(), QueryShape.of(this.key.query()), mode, this.viewers.size(),
				this.content.size(), this.content.version(), this.cost);
	}

	/**
	 * Something changed that the rows depend on.
	 * @param committed when, or {@code null} where nobody knows
	 */
	synchronized void changed(@Nullable Long committed) {
		if (committed != null && (this.changedAt == null || committed - this.changedAt < 0)) {
			this.changedAt = committed;
		}
		invalidate();
	}

	/**
	 * Something that the rows depend on may have changed.
	 */
	synchronized void invalidate() {
		this.dirty = true;
		schedule();
	}

	private void schedule() {
		if (!this.scheduled && !this.closed) {
			this.scheduled = true;
			this.engine.read(this::refresh, this.pace.delay());
		}
	}

	private void refresh() {
		Long since;
		synchronized (this) {
			this.dirty = false;
			since = this.changedAt;
			this.changedAt = null;
			if (this.closed) {
				return;
			}
		}
		boolean again = false;
		try {
			again = !read(since);
		}
		finally {
			synchronized (this) {
				this.scheduled = false;
				this.dirty |= again;
				if (again && since != null) {
					this.changedAt = since;
				}
				if (this.dirty) {
					schedule();
				}
			}
		}
	}

	/**
	 * Read the rows and tell the subscribers what is new; return whether that succeeded
	 * or is not worth another attempt.
	 */
	private boolean read(@Nullable Long since) {
		long start = System.nanoTime();
		try {
			if (!this.engine.rights(this.caller, this.key.relation(), this.key.query()).equals(this.key.rights())) {
				this.engine.reassign(this);
				return true;
			}
			// Before the rows are read, so that no period moves on unnoticed.
			long periodEnd = (this.interval != null) ? nextPeriod(this.interval) : 0;
			List<Row> rows = this.engine.rows()
				.read(this.caller, this.key.relation(), this.key.query(), this.key.options().withVersion())
				.rows();
			this.pace.succeeded(start);
			observeRead(start, true);
			tell(rows, since);
			this.count.invalidate();
			if (this.interval != null) {
				awaitPeriod(periodEnd);
			}
			return true;
		}
		catch (ProblemException ex) {
			observeRead(start, false);
			return failed(ex, ex.problem());
		}
		catch (RuntimeException ex) {
			observeRead(start, false);
			return failed(ex, null);
		}
	}

	private void observeRead(long start, boolean succeeded) {
		Duration duration = Duration.ofNanos(System.nanoTime() - start);
		if (succeeded) {
			synchronized (this) {
				this.cost = duration;
			}
		}
		this.engine.observer().read(duration, succeeded);
	}

	/**
	 * Return when the next period begins, on the scale of {@link System#nanoTime()}.
	 */
	private long nextPeriod(Duration interval) {
		Duration wait = PeriodClock.untilNext(this.engine.rows().now(), interval);
		return System.nanoTime() + wait.toNanos();
	}

	private synchronized void awaitPeriod(long nanos) {
		if (this.nextPeriod != null) {
			this.nextPeriod.cancel(false);
		}
		if (!this.closed) {
			this.nextPeriod = this.engine.read(this::invalidate, Math.max(0, nanos - System.nanoTime()));
		}
	}

	private synchronized void tell(List<Row> rows, @Nullable Long since) {
		this.failing = false;
		LiveMessage message = this.content.replace(rows);
		tell(message);
		if (message != null && since != null) {
			this.engine.observer().told(Duration.ofNanos(System.nanoTime() - since));
		}
	}

	private synchronized void counted(Count count) {
		tell(this.content.counted(count));
	}

	private synchronized void tell(@Nullable LiveMessage message) {
		if (message != null) {
			this.viewers.forEach((viewer) -> viewer.tell(message));
		}
	}

	/**
	 * A database that is away or overloaded keeps the rows as they are until it is back;
	 * what will not go away by itself ends the window.
	 */
	private boolean failed(RuntimeException ex, @Nullable Problem problem) {
		this.pace.failed();
		if (problem != null && isLasting(problem)) {
			this.engine.fail(this, problem);
			return true;
		}
		synchronized (this) {
			if (!this.failing) {
				this.failing = true;
				logger.warn("A live window on " + this.key.relation() + " cannot be read at the moment: "
						+ ex.getMessage());
			}
		}
		logger.debug("Cause of the failed read", ex);
		return false;
	}

	private synchronized boolean isLasting(Problem problem) {
		if (problem.status() == LOCKED || problem.code().equals(BUSY)) {
			return false;
		}
		return problem.status() < 500 || (problem.status() != UNAVAILABLE && !this.content.isKnown());
	}

}
