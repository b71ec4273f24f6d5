package dev.oriel.admin.live;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.change.ChangeSource;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.WindowPage;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.schema.SchemaUnavailableException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Keeps what subscribers see equal to what a query answers. Subscribers who must see the
 * same share one window, which is read again when something changed that it depends on.
 *
 * @since 0.1.0
 */
public final class LiveEngine implements SmartLifecycle {

	private final SchemaSource schema;

	private final CallerRights rights;

	private final RowSource rows;

	private final ChangeSource source;

	private final Windows windows;

	private final ChangeFeed feed;

	private final LiveObserver observer;

	private final Threads threads = new Threads();

	/**
	 * Anew with each start, because what is left undone at a stop must not be waited for.
	 */
	private volatile ChangeRouting changes;

	/** Grows through all windows, so that no state of one is taken for one of another. */
	private final AtomicLong version = new AtomicLong();

	/** Another engine may count to the same versions, and so may the next run. */
	private final String epoch = UUID.randomUUID().toString();

	/** Who has subscribed before the engine was started, as the host's beans may do. */
	private final Set<Viewer> waiting = ConcurrentHashMap.newKeySet();

	private volatile boolean running;

	/**
	 * Create an engine.
	 * @param schema the relations
	 * @param policy who may see what
	 * @param rows answers queries
	 * @param source tells of changes; started and stopped by the engine
	 */
	public LiveEngine(SchemaSource schema, AccessPolicy policy, RowSource rows, ChangeSource source) {
		this(schema, policy, rows, source, LiveObserver.NONE);
	}

	/**
	 * Create an engine that is observed.
	 * @param schema the relations
	 * @param policy who may see what
	 * @param rows answers queries
	 * @param source tells of changes; started and stopped by the engine
	 * @param observer told what the engine does
	 */
	public LiveEngine(SchemaSource schema, AccessPolicy policy, RowSource rows, ChangeSource source,
			LiveObserver observer) {
		this.schema = schema;
		this.rights = new CallerRights(schema, policy);
		this.rows = rows;
		this.source = source;
		this.observer = observer;
		this.windows = new Windows(source::watch);
		this.feed = new ChangeFeed(schema, policy, this.windows);
		this.changes = routing();
		schema.addListener((snapshot) -> invalidateAll());
	}

	/**
	 * Show a query's rows to a subscriber from now on, or from the engine's start if that
	 * is later.
	 * @param caller on whose behalf
	 * @param relation the relation
	 * @param query what is asked of it
	 * @param options what is shown beside the rows
	 * @param sink told of the rows and their changes; must neither block nor throw
	 */
	public Subscription subscribe(Caller caller, RelationName relation, Query query, WindowOptions options,
			Consumer<LiveMessage> sink) {
		return subscribe(caller, relation, query, options, null, sink);
	}

	/**
	 * Show a query's rows to a subscriber who may know them already, and is told no rows
	 * then.
	 */
	Subscription subscribe(Caller caller, RelationName relation, Query query, WindowOptions options,
			@Nullable HeldState held, Consumer<LiveMessage> sink) {
		long version = (held != null && held.epoch().equals(this.epoch)) ? held.version() : 0;
		Viewer viewer = new Viewer(caller, relation, query, options, version, sink, this);
		this.waiting.add(viewer);
		if (this.running) {
			assignWaiting();
		}
		return viewer;
	}

	private void assignWaiting() {
		for (Viewer viewer : this.waiting) {
			if (this.waiting.remove(viewer)) {
				this.threads.read(viewer.caller(), () -> assign(viewer), 0);
			}
		}
	}

	/**
	 * Forget a subscriber that has left before it was shown anything.
	 */
	void forget(Viewer viewer) {
		this.waiting.remove(viewer);
	}

	/**
	 * Tell a subscriber of the changes of a relation as they are.
	 * @param caller on whose behalf; one that may not see all rows is not told keys
	 * @param relation the relation
	 * @param sink told of the changes; must neither block nor throw
	 */
	public Subscription changes(Caller caller, RelationName relation, Consumer<LiveMessage> sink) {
		return this.feed.subscribe(caller, relation, sink);
	}

	/**
	 * Decide anew who may see what, because the policy answers otherwise than before.
	 */
	public void accessChanged() {
		invalidateAll();
	}

	/**
	 * Return what the engine is doing. Asks the database nothing.
	 */
	public LiveStatus status() {
		return new LiveStatus(this.windows.all()
			.stream()
			.map((window) -> window.status(this.source.mode(window.key().relation())))
			.toList(), this.source.status());
	}

	/**
	 * Return how many windows are open.
	 */
	public int windowCount() {
		return this.windows.all().size();
	}

	/**
	 * Return how many subscribers look at windows.
	 */
	public int subscriberCount() {
		return this.windows.all().stream().mapToInt(Window::subscribers).sum();
	}

	@Override
	public synchronized void start() {
		if (this.running) {
			return;
		}
		this.threads.start();
		this.changes = routing();
		this.running = true;
		this.source.start(this.changes);
		assignWaiting();
	}

	/**
	 * Stop, and forget all subscribers: their sockets were closed before.
	 */
	@Override
	public synchronized void stop() {
		this.running = false;
		this.source.stop();
		this.threads.stop();
		this.windows.all().forEach(this.windows::close);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Stopped after the sockets, which use the engine, and before the database.
	 */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 1;
	}

	LiveObserver observer() {
		return this.observer;
	}

	RowSource rows() {
		return this.rows;
	}

	/**
	 * Return what tells the versions of this engine from those of all others.
	 */
	String epoch() {
		return this.epoch;
	}

	private ChangeRouting routing() {
		return new ChangeRouting(this.schema, this.windows, this.feed, this.rows, this.threads, this.observer);
	}

	Threads threads() {
		return this.threads;
	}

	ChangeRouting changes() {
		return this.changes;
	}

	/**
	 * Remember what changes mean to a window that was read.
	 */
	void place(Window window, WindowPage page) {
		this.windows.place(window, page);
	}

	long nextVersion() {
		return this.version.incrementAndGet();
	}

	boolean isOpen(WindowKey key) {
		return this.windows.contains(key);
	}

	CallerRights rights() {
		return this.rights;
	}

	private void assign(Viewer viewer) {
		try {
			viewer.judgedBy(this.rights.state());
			WindowKey key = new WindowKey(viewer.relation(), viewer.query(), viewer.options(),
					this.rights.of(viewer.caller(), viewer.relation(), viewer.query()));
			this.windows.join(key, viewer, (wanted) -> new Window(wanted, viewer.caller(), this));
		}
		catch (SchemaUnavailableException ex) {
			this.threads.read(viewer.caller(), () -> assign(viewer), viewer.backOff().next().toNanos());
		}
	}

	/**
	 * Give everybody who sees a window another one, by what each may see now.
	 */
	void reassign(Window window) {
		for (Viewer viewer : this.windows.close(window)) {
			viewer.detach(null);
			assign(viewer);
		}
	}

	/**
	 * Give somebody who sees a window another one, by what he may see now.
	 */
	void reassign(Window window, Viewer viewer) {
		this.windows.leave(window, viewer);
		viewer.detach(null);
		assign(viewer);
	}

	void fail(Window window, Problem problem) {
		LiveMessage message = Messages.error(problem);
		for (Viewer viewer : this.windows.close(window)) {
			viewer.detach(message);
			viewer.tell(message);
		}
	}

	void leave(Window window, Viewer viewer) {
		this.windows.leave(window, viewer);
	}

	private void invalidateAll() {
		this.rights.changed();
		this.windows.all().forEach((window) -> window.refresh().invalidate());
	}

}
