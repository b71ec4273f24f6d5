package dev.oriel.admin.live;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.schema.SchemaUnavailableException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Leads changes to the windows that they concern, and to those who read the changes
 * themselves.
 */
final class ChangeRouting implements ChangeListener {

	private static final Log logger = LogFactory.getLog(ChangeRouting.class);

	private final SchemaSource schema;

	private final Windows windows;

	private final ChangeFeed feed;

	private final RowSource rows;

	private final Threads threads;

	private final LiveObserver observer;

	private final Ticks ticks;

	private final CountRounds counts;

	/** For all relations, because they wait for each other. */
	private final CircuitBreaker breaker = new CircuitBreaker(System::nanoTime);

	private final Set<Window> running = ConcurrentHashMap.newKeySet();

	ChangeRouting(SchemaSource schema, Windows windows, ChangeFeed feed, RowSource rows, Threads threads,
			LiveObserver observer) {
		this.schema = schema;
		this.windows = windows;
		this.feed = feed;
		this.rows = rows;
		this.threads = threads;
		this.observer = observer;
		this.ticks = new Ticks(this::evaluate, threads::evaluate);
		this.counts = new CountRounds((task, delay) -> threads.count(Caller.SYSTEM, task, delay));
	}

	@Override
	public void changed(ChangeEvent event) {
		if (this.windows.dependants(event.relation()) != null) {
			this.ticks.add(event, new KeyTexts(relation(event.relation())));
		}
		this.feed.changed(event);
	}

	@Override
	public void resync() {
		this.observer.ticked();
		this.observer.stormed();
		List<Window> all = this.windows.all();
		reread(all, null);
		all.stream().map(Window::newer).filter(Objects::nonNull).forEach(NewerRows::missed);
		this.feed.resync();
	}

	/**
	 * A window begins to be read.
	 */
	void begin(Window window) {
		this.running.add(window);
	}

	/**
	 * A window was read.
	 * @param missed what changed meanwhile
	 */
	void end(Window window, Map<RelationName, ChangedRows> missed) {
		this.running.remove(window);
		if (!missed.isEmpty()) {
			this.threads.evaluate(() -> missed.forEach((relation, rows) -> evaluate(relation, rows, window::equals)),
					0);
		}
	}

	/**
	 * Return how many windows are being read.
	 */
	int reading() {
		return this.running.size();
	}

	private void evaluate(RelationName relation, ChangedRows rows) {
		this.observer.ticked();
		countNewer(relation, rows);
		if (rows.isAny()) {
			if (isTold(relation)) {
				this.observer.stormed();
			}
			Dependants dependants = this.windows.dependants(relation);
			reread((dependants != null) ? dependants.all() : List.of(), rows.committed());
			return;
		}
		// First, for what is read at the moment may be found nowhere yet.
		this.running.forEach((window) -> {
			if (window.dependsOn(relation)) {
				window.refresh().accounts(relation, rows);
			}
		});
		evaluate(relation, rows, (window) -> true);
		Dependants dependants = this.windows.dependants(relation);
		if (dependants != null && rows.isAltering()) {
			this.counts.suspect(dependants);
		}
	}

	private void countNewer(RelationName relation, ChangedRows rows) {
		Dependants dependants = this.windows.dependants(relation);
		if (dependants != null) {
			dependants.newer(relation).forEach((newer) -> newer.changed(rows));
		}
	}

	private void evaluate(RelationName relation, ChangedRows rows, Predicate<Window> scope) {
		try {
			Evaluation evaluation = new Evaluation(relation, rows, scope, this.windows, this.rows, this.breaker);
			evaluation.run();
			this.observer.evaluated(evaluation.concerned(), evaluation.spared());
		}
		catch (RuntimeException ex) {
			logger.error("Changes of " + relation + " could not be looked at; all windows are read again", ex);
			reread(this.windows.all(), rows.committed());
		}
	}

	/**
	 * Read windows again, first those that cost the least for each who looks at them.
	 */
	private static void reread(List<Window> windows, @Nullable Long committed) {
		Map<Window, Long> costs = new HashMap<>();
		windows.forEach((window) -> costs.put(window, window.costOfEach()));
		windows.stream()
			.sorted(Comparator.comparing(costs::get))
			.forEach((window) -> window.refresh().changed(committed));
	}

	/**
	 * Whether changes of a relation are told row by row unless there are too many. Of a
	 * table without a key they never are, and what counters say is never exact.
	 */
	private boolean isTold(RelationName name) {
		Relation relation = relation(name);
		return relation != null && !relation.key().isEmpty();
	}

	private @Nullable Relation relation(RelationName name) {
		try {
			return this.schema.snapshot().relation(name);
		}
		catch (SchemaUnavailableException ex) {
			return null;
		}
	}

}
