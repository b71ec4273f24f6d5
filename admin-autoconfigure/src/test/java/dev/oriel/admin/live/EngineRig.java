package dev.oriel.admin.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.data.Count;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.DataSettings;
import dev.oriel.admin.data.ReadOptions;
import dev.oriel.admin.data.RelationReader;
import dev.oriel.admin.data.RowMatch;
import dev.oriel.admin.data.RowTest;
import dev.oriel.admin.data.WindowPage;
import dev.oriel.admin.query.Anchor;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.testing.GivenChanges;
import dev.oriel.admin.testing.PostgresDatabase;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An engine on a real database that is told of changes by the test itself, one by one,
 * and whose reads are counted.
 */
final class EngineRig implements AutoCloseable {

	static final Caller ALICE = new Caller("alice", Set.of());

	private final PostgresDatabase database;

	private final RelationReader reader;

	private final GivenChanges source = new GivenChanges();

	private final AtomicInteger evaluations = new AtomicInteger();

	private volatile int concerned;

	private final Counting rows;

	final LiveEngine engine;

	EngineRig(PostgresDatabase database, AccessPolicy policy) {
		this.database = database;
		PostgresSchemaSource schema = new PostgresSchemaSource(database.dataSource(), ReflectionSettings.ALL);
		this.reader = new RelationReader(database.dataSource(), schema, policy,
				new DataSettings(10_000, Duration.ofSeconds(10), Duration.ofSeconds(2), false));
		this.rows = new Counting(RowSource.of(this.reader));
		this.engine = new LiveEngine(schema, policy, this.rows, this.source, new LiveObserver() {

			@Override
			public void evaluated(int concerned, int spared) {
				EngineRig.this.concerned = concerned;
				EngineRig.this.evaluations.incrementAndGet();
			}

		});
		this.engine.start();
	}

	@Override
	public void close() {
		this.engine.stop();
	}

	Shown show(String relation, String query) {
		return show(relation, query, CountMode.NONE);
	}

	/**
	 * Return a window whose rows are known.
	 */
	Shown show(String relation, String query, CountMode count) {
		Shown shown = new Shown(new RelationName("public", relation), new QueryParser().parse(query));
		shown.subscription = this.engine.subscribe(ALICE, shown.relation, shown.query, new WindowOptions(false, count),
				shown);
		await().until(() -> shown.rows != null || shown.problem != null);
		assertThat(shown.problem).isNull();
		// Rows are told before their read has ended, and changes until then are kept.
		await().until(() -> this.engine.changes().reading() == 0);
		return shown;
	}

	/**
	 * Return the cursor behind the last row of a query.
	 */
	String cursor(String relation, String query) {
		Anchor next = this.reader
			.read(ALICE, new RelationName("public", relation), new QueryParser().parse(query),
					ReadOptions.DEFAULTS.withCursors(true))
			.next();
		assertThat(next).isNotNull();
		return next.cursor();
	}

	/**
	 * Run a statement, tell of it, wait until it was found out what it means, and return
	 * how many windows it concerns.
	 * @param keys the keys of the rows, each with its parts separated by commas
	 */
	int change(String sql, String relation, ChangeEvent.Operation operation, String... keys) {
		this.database.execute(sql);
		List<List<String>> all = new ArrayList<>();
		for (String key : keys) {
			all.add(List.of(key.split(",")));
		}
		return tell(new ChangeEvent(new RelationName("public", relation), operation, all, false, "1"));
	}

	/**
	 * Find out whether a row belongs to a query after a change.
	 */
	List<RowMatch> matches(String relation, String query, String key, Duration limit, Runnable change) {
		WindowPage page = this.reader.windows()
			.read(ALICE, new RelationName("public", relation), new QueryParser().parse(query), false);
		RowTest test = Objects.requireNonNull(Objects.requireNonNull(page.footprint()).test());
		change.run();
		return this.reader.windows().matches(List.of(test), List.of(List.of(key)), limit);
	}

	/**
	 * Tell that any row of a relation may have changed.
	 */
	void storm(String relation) {
		this.source.tell(ChangeEvent.anything(new RelationName("public", relation)));
	}

	private int tell(ChangeEvent event) {
		int before = this.evaluations.get();
		this.source.tell(event);
		await().pollInterval(Duration.ofMillis(2)).until(() -> this.evaluations.get() > before);
		return this.concerned;
	}

	/**
	 * A query's rows, as its subscriber sees them.
	 */
	final class Shown extends ShownRows implements Consumer<LiveMessage> {

		private final RelationName relation;

		private final Query query;

		private volatile String count = "";

		private volatile Subscription subscription;

		Shown(RelationName relation, Query query) {
			this.relation = relation;
			this.query = query;
		}

		@Override
		public void accept(LiveMessage message) {
			int at = message.json().lastIndexOf("\"count\":");
			if (at >= 0) {
				this.count = message.json().substring(at);
			}
			apply(message.json());
		}

		void close() {
			this.subscription.close();
		}

		String count() {
			return this.count;
		}

		int reads() {
			return EngineRig.this.rows.reads(this.relation, this.query).get();
		}

		int counts() {
			return EngineRig.this.rows.counts(this.relation, this.query).get();
		}

		List<String> rows() {
			return this.rows;
		}

		void awaitReads(int expected) {
			await().pollInterval(Duration.ofMillis(2)).until(() -> reads() >= expected);
			assertThat(reads()).isEqualTo(expected);
		}

		/**
		 * Wait until it shows what a query answers now.
		 */
		void awaitTruth() {
			String truth = EngineRig.this.reader.read(ALICE, this.relation, this.query, ReadOptions.DEFAULTS).json();
			await().pollInterval(Duration.ofMillis(2)).untilAsserted(() -> assertThat(json()).isEqualTo(truth));
		}

	}

	/**
	 * Counts what is read, and leaves everything all the time that it takes.
	 */
	private record Counting(RowSource source, Map<Object, AtomicInteger> reads,
			Map<Object, AtomicInteger> counts) implements RowSource {

		private static final Duration LIMIT = Duration.ofMinutes(1);

		Counting(RowSource source) {
			this(source, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
		}

		AtomicInteger reads(RelationName relation, Query query) {
			return this.reads.computeIfAbsent(List.of(relation, query), (key) -> new AtomicInteger());
		}

		AtomicInteger counts(RelationName relation, Query query) {
			return this.counts.computeIfAbsent(List.of(relation, query), (key) -> new AtomicInteger());
		}

		@Override
		public WindowPage window(Caller caller, RelationName relation, Query query, boolean withVersion) {
			reads(relation, query).incrementAndGet();
			return this.source.window(caller, relation, query, withVersion);
		}

		@Override
		public Count count(Caller caller, RelationName relation, Query query, CountMode mode) {
			counts(relation, query).incrementAndGet();
			return this.source.count(caller, relation, query, mode);
		}

		@Override
		public List<RowMatch> matches(List<RowTest> tests, List<List<String>> keys, Duration limit) {
			return this.source.matches(tests, keys, LIMIT);
		}

		@Override
		public List<List<@Nullable String>> preceding(Caller caller, RelationName relation, Query query,
				List<List<String>> keys) {
			return this.source.preceding(caller, relation, query, keys);
		}

		@Override
		public List<List<@Nullable String>> values(RelationName relation, List<String> columns, List<List<String>> keys,
				Duration limit) {
			return this.source.values(relation, columns, keys, LIMIT);
		}

		@Override
		public List<List<@Nullable String>> referencing(ForeignKey key, List<List<String>> keys, int most,
				Duration limit) {
			return this.source.referencing(key, keys, most, LIMIT);
		}

	}

}
