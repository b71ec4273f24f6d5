package dev.oriel.admin.live;

import java.util.function.Consumer;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.change.BackOff;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber of a window. It outlives the window when rights or the schema change:
 * then it is given another one.
 */
final class Viewer implements Subscription {

	private final Caller caller;

	private final RelationName relation;

	private final Query query;

	private final WindowOptions options;

	private final Consumer<LiveMessage> sink;

	private final LiveEngine engine;

	/** For attempts to find a window while the database is away. */
	private final BackOff backOff = new BackOff();

	private @Nullable Window window;

	private @Nullable LiveMessage failure;

	/** The version that the subscriber has, or 0 if it has none or was told one. */
	private long held;

	/** By which state of rights the window was chosen. */
	private volatile long judgedBy;

	private boolean closed;

	Viewer(Caller caller, RelationName relation, Query query, WindowOptions options, long held,
			Consumer<LiveMessage> sink, LiveEngine engine) {
		this.caller = caller;
		this.relation = relation;
		this.query = query;
		this.options = options;
		this.held = held;
		this.sink = sink;
		this.engine = engine;
	}

	Caller caller() {
		return this.caller;
	}

	RelationName relation() {
		return this.relation;
	}

	Query query() {
		return this.query;
	}

	WindowOptions options() {
		return this.options;
	}

	long judgedBy() {
		return this.judgedBy;
	}

	void judgedBy(long state) {
		this.judgedBy = state;
	}

	BackOff backOff() {
		return this.backOff;
	}

	/**
	 * Tell a new subscriber where the window stands. Called under its lock.
	 */
	void welcome(WindowContent content) {
		LiveMessage message = (this.held > 0 && this.held == content.version()) ? content.confirmation()
				: content.snapshot();
		if (message != null) {
			tell(message);
		}
	}

	/**
	 * Tell the subscriber. Called under the window's lock, which keeps messages in order.
	 */
	void tell(LiveMessage message) {
		this.held = 0;
		this.sink.accept(message);
	}

	/**
	 * Take a window, unless the subscriber has left.
	 */
	synchronized boolean attach(Window window) {
		if (!this.closed) {
			this.window = window;
		}
		return !this.closed;
	}

	/**
	 * Look at no window, until another is attached or for ever.
	 * @param failure why for ever, or {@code null}
	 */
	synchronized void detach(@Nullable LiveMessage failure) {
		this.window = null;
		this.failure = failure;
	}

	@Override
	public @Nullable LiveMessage current() {
		Window current;
		synchronized (this) {
			current = this.window;
			if (current == null) {
				return this.failure;
			}
		}
		return current.current();
	}

	@Override
	public void close() {
		Window left;
		synchronized (this) {
			this.closed = true;
			left = this.window;
			this.window = null;
		}
		if (left != null) {
			this.engine.leave(left, this);
		}
		else {
			this.engine.forget(this);
		}
	}

}
