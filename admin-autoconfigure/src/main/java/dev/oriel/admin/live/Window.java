package dev.oriel.admin.live;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.data.Count;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.WindowPage;
import dev.oriel.admin.query.QueryShape;
import dev.oriel.admin.schema.RelationName;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The rows that some subscribers see, and what becomes of them. Whenever they may have
 * changed, they are read again and compared.
 */
final class Window implements WindowRefresh.Reading {

	private static final Log logger = LogFactory.getLog(Window.class);

	private static final int UNAVAILABLE = 503;

	/** Somebody holds a lock, as a migration does for a while. */
	private static final int LOCKED = 409;

	/** All connections are in use. */
	private static final String BUSY = "PGRST003";

	private final WindowKey key;

	private final Caller caller;

	private final LiveEngine engine;

	private final WindowRefresh refresh;

	private final WindowCount count;

	private final @Nullable NewerRows newer;

	private final Audience viewers = new Audience();

	private final WindowContent content;

	/** At which multiples of time the rows may change by themselves. */
	private final @Nullable Duration interval;

	private @Nullable Future<?> nextPeriod;

	private Duration cost = Duration.ZERO;

	private boolean failing;

	private boolean closed;

	Window(WindowKey key, Caller caller, LiveEngine engine) {
		this.key = key;
		this.caller = caller;
		this.engine = engine;
		this.interval = PeriodClock.interval(key);
		this.content = new WindowContent(engine::nextVersion);
		this.refresh = new WindowRefresh(this, (task, delay) -> engine.threads().read(caller, task, delay));
		this.count = new WindowCount(key, caller, engine, this::counted);
		this.newer = NewerRows.isCounted(key) ? new NewerRows(key, caller, engine, this::newer) : null;
	}

	WindowKey key() {
		return this.key;
	}

	WindowRefresh refresh() {
		return this.refresh;
	}

	WindowCount count() {
		return this.count;
	}

	/**
	 * Return what counts the rows before the window, or {@code null} if there cannot be
	 * any.
	 */
	@Nullable NewerRows newer() {
		return this.newer;
	}

	/**
	 * Add a subscriber, who is told the rows at once if they are known, unless it has
	 * them.
	 */
	synchronized void add(Viewer viewer) {
		this.viewers.add(viewer);
		viewer.welcome(this.content);
		if (!this.viewers.isJudgedBy(this.engine.rights().state())) {
			this.refresh.invalidate();
		}
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
		List<Viewer> left = this.viewers.clear();
		end();
		return left;
	}

	private void end() {
		this.closed = true;
		this.refresh.close();
		if (this.nextPeriod != null) {
			this.nextPeriod.cancel(false);
		}
	}

	synchronized @Nullable LiveMessage current() {
		return this.content.snapshot();
	}

	/**
	 * Return how much reading costs for each of those who see it.
	 */
	synchronized long costOfEach() {
		return this.cost.toNanos() / Math.max(1, this.viewers.size());
	}

	synchronized int subscribers() {
		return this.viewers.size();
	}

	synchronized WindowStatus status(LiveMode mode) {
		return new WindowStatus(this.key.relation(), QueryShape.of(this.key.query()), mode, this.viewers.size(),
				this.content.size(), this.content.version(), this.cost);
	}

	/**
	 * Whether changes of a relation can mean anything to the rows.
	 */
	boolean dependsOn(RelationName relation) {
		return relation.equals(this.key.relation()) || this.key.access().containsKey(relation);
	}

	@Override
	public void begin() {
		this.engine.changes().begin(this);
	}

	@Override
	public void end(Map<RelationName, ChangedRows> missed) {
		this.engine.changes().end(this, missed);
	}

	@Override
	public boolean read(@Nullable Long since) {
		long start = System.nanoTime();
		try {
			if (!judge()) {
				return true;
			}
			// Before the rows are read, so that no period moves on unnoticed.
			long periodEnd = (this.interval != null) ? nextPeriod(this.interval) : 0;
			WindowPage page = this.engine.rows()
				.window(this.caller, this.key.relation(), this.key.query(), this.key.options().withVersion());
			observeRead(start, true);
			// Rights that changed since may have let in rows that others must not see.
			if (!judge()) {
				return true;
			}
			this.engine.place(this, page);
			tell(page, since);
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

	/**
	 * Let those go who may see something else by now, and return whether the window is
	 * read on behalf of somebody who is left.
	 */
	private boolean judge() {
		CallerRights rights = this.engine.rights();
		long state = rights.state();
		if (!rights.match(this.caller, this.key)) {
			this.engine.reassign(this);
			return false;
		}
		List<Viewer> judged;
		synchronized (this) {
			if (this.viewers.isJudgedBy(state)) {
				return true;
			}
			judged = this.viewers.all();
		}
		Audience.failing(judged, (caller) -> rights.match(caller, this.key))
			.forEach((viewer) -> this.engine.reassign(this, viewer));
		synchronized (this) {
			this.viewers.judged(judged, state);
			return !this.closed;
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
			this.nextPeriod = this.engine.threads()
				.later(this.refresh::invalidate, Math.max(0, nanos - System.nanoTime()));
		}
	}

	private synchronized void tell(WindowPage page, @Nullable Long since) {
		this.failing = false;
		LiveMessage message = this.content.replace(page.rows(), this.count.read(page));
		tell(message);
		if (message != null && since != null) {
			this.engine.observer().told(Duration.ofNanos(System.nanoTime() - since));
		}
	}

	private void counted(Count count) {
		if (judge()) {
			synchronized (this) {
				tell(this.content.counted(count));
			}
		}
	}

	private void newer(Count count) {
		if (judge()) {
			synchronized (this) {
				tell(this.content.newer(count));
			}
		}
	}

	private synchronized void tell(@Nullable LiveMessage message) {
		if (message != null) {
			this.viewers.tell(message);
		}
	}

	/**
	 * A database that is away or overloaded keeps the rows as they are until it is back;
	 * what will not go away by itself ends the window.
	 */
	private boolean failed(RuntimeException ex, @Nullable Problem problem) {
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
