package dev.oriel.admin.live;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.data.Count;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.Row;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.Privileges;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationKind;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.testing.GivenChanges;
import dev.oriel.admin.testing.GivenRows;
import dev.oriel.admin.testing.GivenSchema;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link LiveEngine}.
 */
class LiveEngineTests {

	private static final RelationName NAME = new RelationName("public", "t");

	private static final Caller ALICE = new Caller("alice", Set.of("A"));

	private static final Caller BOB = new Caller("bob", Set.of("B"));

	private static final WindowOptions PLAIN = new WindowOptions(false, CountMode.NONE);

	private static final SchemaSnapshot SCHEMA = new SchemaSnapshot("1", "test", List.of("public"),
			List.of(new Relation(1, NAME, RelationKind.TABLE, null, List.of(), List.of(), List.of(), List.of(), null,
					null, Privileges.ALL)));

	private final GivenChanges source = new GivenChanges();

	private final Rows rows = new Rows();

	private volatile AccessPolicy policy = (caller, relation) -> access(Set.of("id"));

	private final LiveEngine engine = new LiveEngine(new GivenSchema(SCHEMA),
			(caller, relation) -> this.policy.decide(caller, relation), this.rows, this.source);

	@BeforeEach
	void start() {
		this.engine.start();
	}

	@AfterEach
	void stop() {
		this.engine.stop();
	}

	@Test
	void subscriberIsToldRowsThenChanges() {
		List<String> told = subscribe(ALICE, PLAIN);
		await().until(() -> told.size() == 1);
		this.rows.show("1", "2");
		change();
		await().until(() -> told.size() == 2);
		assertThat(told.get(0)).contains("\"snapshot\"").contains("[{\"id\":1}]");
		assertThat(told.get(1)).contains("\"insert\",\"at\":1,\"key\":[\"2\"]");
	}

	@Test
	void whoSubscribesBeforeTheStartIsShownRowsAfterIt() {
		this.engine.stop();
		List<String> early = subscribe(ALICE, PLAIN);
		List<String> left = new CopyOnWriteArrayList<>();
		this.engine.subscribe(BOB, NAME, Query.ALL, PLAIN, (message) -> left.add(message.json())).close();
		this.engine.start();
		await().until(() -> early.size() == 1);
		assertThat(this.engine.subscriberCount()).isEqualTo(1);
		assertThat(left).isEmpty();
	}

	@Test
	void changesAreWatchedBeforeTheFirstRead() {
		subscribe(ALICE, PLAIN);
		await().until(() -> this.rows.reads.get() == 1);
		assertThat(this.rows.watchedAtFirstRead).containsExactly(NAME);
	}

	@Test
	void equalCallersShareOneRead() {
		List<String> first = subscribe(ALICE, PLAIN);
		await().until(() -> first.size() == 1);
		List<String> second = subscribe(BOB, PLAIN);
		await().until(() -> second.size() == 1);
		assertThat(this.rows.reads).hasValue(1);
		assertThat(second).isEqualTo(first);
	}

	@Test
	void callersWithOtherRightsShareNothing() {
		this.policy = (caller, relation) -> access(caller.equals(ALICE) ? Set.of("id") : Set.of("id", "secret"));
		List<String> first = subscribe(ALICE, PLAIN);
		List<String> second = subscribe(BOB, PLAIN);
		await().until(() -> first.size() == 1 && second.size() == 1);
		assertThat(this.rows.reads).hasValue(2);
	}

	@Test
	void slowWindowsOfOneCallerHoldUpNobodyElse() throws Exception {
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch reading = new CountDownLatch(1);
		this.policy = (caller, relation) -> access(caller.equals(ALICE) ? Set.of("id") : Set.of("id", "secret"));
		this.rows.beforeRead = (caller) -> {
			if (caller.equals(ALICE)) {
				reading.countDown();
				awaitUninterrupted(held);
			}
		};
		try {
			for (int i = 1; i < 20; i++) {
				this.engine.subscribe(ALICE, NAME, new QueryParser().parse("limit=" + i), PLAIN, (message) -> {
				});
			}
			reading.await();
			List<String> told = subscribe(BOB, PLAIN);
			await().until(() -> told.size() == 1);
			this.rows.show("1", "2");
			change();
			await().until(() -> told.size() == 2);
		}
		finally {
			held.countDown();
		}
	}

	@Test
	void manyChangesAreReadTogether() {
		List<String> told = subscribe(ALICE, PLAIN);
		await().until(() -> told.size() == 1);
		for (int i = 0; i < 1_000; i++) {
			change();
		}
		this.rows.show("1", "2");
		change();
		await().until(() -> told.size() == 2);
		assertThat(this.rows.reads.get()).isLessThan(10);
	}

	@ParameterizedTest
	@CsvSource({ "503, PGRST000", "504, PGRST003", "504, 57014", "409, 55P03", "409, 40P01" })
	void problemThatPassesKeepsTheWindow(int status, String code) {
		List<String> told = subscribe(ALICE, PLAIN);
		await().until(() -> told.size() == 1);
		this.rows.problem = new Problem(status, code, "not now", null, null);
		this.rows.show("2");
		change();
		await().until(() -> this.rows.reads.get() >= 2);
		this.rows.problem = null;
		await().until(() -> told.size() == 2);
		assertThat(told.get(1)).contains("\"delta\"");
	}

	@Test
	void lastingProblemIsToldAndEndsTheWindow() {
		this.rows.problem = new Problem(404, "PGRST205", "no such table", null, null);
		List<String> told = subscribe(ALICE, PLAIN);
		await().until(() -> told.size() == 1);
		assertThat(told.get(0)).contains("\"error\"").contains("PGRST205");
		await().until(() -> this.source.watched().isEmpty());
	}

	@Test
	void lostRightsEndTheOldWindowBeforeAnotherRead() {
		List<String> told = subscribe(ALICE, PLAIN);
		await().until(() -> told.size() == 1);
		this.policy = (caller, relation) -> access(Set.of());
		this.rows.show("1", "2");
		this.engine.accessChanged();
		await().until(() -> told.size() == 2);
		assertThat(told.get(1)).contains("\"snapshot\"");
	}

	@Test
	void lostRightsEndAWindowThatOthersKeep() {
		List<String> kept = subscribe(ALICE, PLAIN);
		await().until(() -> kept.size() == 1);
		List<String> lost = subscribe(BOB, PLAIN);
		await().until(() -> lost.size() == 1);
		this.policy = (caller, relation) -> access(caller.equals(BOB) ? Set.of() : Set.of("id"));
		this.engine.accessChanged();
		await().until(() -> this.engine.windowCount() == 2 && lost.size() == 2);
		assertThat(lost.get(1)).contains("\"snapshot\"");
		assertThat(kept).hasSize(1);
	}

	@Test
	void rightsThatGrowWhileRowsAreReadShowOthersNothing() {
		List<String> grown = subscribe(ALICE, PLAIN);
		await().until(() -> grown.size() == 1);
		List<String> same = subscribe(BOB, PLAIN);
		await().until(() -> same.size() == 1);
		this.rows.duringRead = () -> {
			this.rows.duringRead = () -> {
			};
			this.policy = (caller, relation) -> access(caller.equals(ALICE) ? Set.of("id", "secret") : Set.of("id"));
			this.rows.show("1", "2");
		};
		change();
		await().until(() -> this.engine.windowCount() == 2 && same.size() == 2);
		// The read on behalf of the one whose rights grew is thrown away.
		assertThat(same.get(1)).contains("\"snapshot\"");
		assertThat(grown.get(1)).contains("\"snapshot\"");
	}

	@Test
	void feedOfChangesThatNobodyReadsIsForgotten() {
		Subscription subscription = this.engine.changes(ALICE, NAME, (message) -> {
		});
		assertThat(this.source.watched()).containsExactly(NAME);
		subscription.close();
		subscription.close();
		assertThat(this.source.watched()).isEmpty();
		assertThat(this.engine).extracting("feed.readers").asInstanceOf(InstanceOfAssertFactories.MAP).isEmpty();
	}

	@Test
	void countFollowsTheRows() {
		List<String> told = subscribe(ALICE, new WindowOptions(false, CountMode.EXACT));
		await().until(() -> told.size() == 2);
		assertThat(told.get(0)).doesNotContain("count");
		assertThat(told.get(1)).contains("\"changes\":[],\"count\":{\"value\":1,\"exact\":true}");
	}

	@Test
	void rowsNeverWaitForACount() {
		CountDownLatch held = new CountDownLatch(1);
		this.rows.countHeld = held;
		try {
			List<String> told = subscribe(ALICE, new WindowOptions(false, CountMode.EXACT));
			await().until(() -> told.size() == 1);
			assertThat(told.get(0)).contains("\"snapshot\"").contains("[{\"id\":1}]").doesNotContain("count");
			await().until(() -> this.rows.counts.get() == 1);
			// While it is being counted, changes and other windows go on.
			this.rows.show("1", "2");
			change();
			await().until(() -> told.size() == 2);
			assertThat(told.get(1)).contains("\"insert\"").doesNotContain("count");
			List<String> others = subscribe(BOB, new WindowOptions(true, CountMode.EXACT));
			await().until(() -> others.size() == 1);
			held.countDown();
			await().until(() -> told.size() >= 3);
			assertThat(told.get(2)).contains("\"count\":{\"value\":2,\"exact\":true}");
		}
		finally {
			held.countDown();
		}
	}

	@Test
	void closedSubscriptionIsNotWatchedAnyMore() {
		List<String> told = new CopyOnWriteArrayList<>();
		Subscription subscription = this.engine.subscribe(ALICE, NAME, Query.ALL, PLAIN,
				(message) -> told.add(message.json()));
		await().until(() -> told.size() == 1);
		subscription.close();
		assertThat(this.source.watched()).isEmpty();
	}

	@Test
	void currentMessageMakesUpForLostOnes() {
		List<LiveMessage> told = new CopyOnWriteArrayList<>();
		Subscription subscription = this.engine.subscribe(ALICE, NAME, Query.ALL, PLAIN, told::add);
		await().until(() -> told.size() == 1);
		this.rows.show("1", "2");
		change();
		await().until(() -> told.size() == 2);
		LiveMessage current = subscription.current();
		assertThat(current).isNotNull();
		assertThat(told).allMatch((message) -> message.isCoveredBy(current.to()));
	}

	@Test
	void periodsMoveOnByTheClockOfTheRows() {
		long start = System.nanoTime();
		Instant evening = Instant.parse("2024-03-15T23:59:59.700Z");
		Instant midnight = Instant.parse("2024-03-16T00:00:00Z");
		this.rows.clock = () -> evening.plusNanos(System.nanoTime() - start);
		Query query = new QueryParser().parse("at=within.today");
		List<String> told = new CopyOnWriteArrayList<>();
		this.rows.showFrom(midnight, "2");
		this.engine.subscribe(ALICE, NAME, query, PLAIN, (message) -> told.add(message.json()));
		await().until(() -> told.size() == 2);
		assertThat(told.get(0)).contains("[{\"id\":1}]");
		assertThat(told.get(1)).contains("\"delete\",\"at\":0,\"key\":[\"1\"]", "\"insert\"", "\"key\":[\"2\"]");
		assertThat(this.rows.reads).hasValue(2);
	}

	@Test
	void periodThatBeginsWhileRowsAreReadIsNotMissed() {
		// The minute begins while the rows are read for the first time.
		this.rows.clock = () -> Instant
			.parse((this.rows.reads.get() == 0) ? "2024-03-15T13:37:59.999Z" : "2024-03-15T13:38:00.100Z");
		Query query = new QueryParser().parse("at=within.this%20minute");
		this.engine.subscribe(ALICE, NAME, query, PLAIN, (message) -> {
		});
		await().until(() -> this.rows.reads.get() == 2);
	}

	private List<String> subscribe(Caller caller, WindowOptions options) {
		List<String> told = new CopyOnWriteArrayList<>();
		this.engine.subscribe(caller, NAME, Query.ALL, options, (message) -> told.add(message.json()));
		return told;
	}

	private void change() {
		this.source.tell(ChangeEvent.anything(NAME));
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static RelationAccess access(Set<String> readable) {
		return new RelationAccess(Set.of(Operation.SELECT), readable, Set.of(), Set.of(), Filter.NONE);
	}

	private final class Rows extends GivenRows {

		private final AtomicInteger reads = new AtomicInteger();

		private final AtomicInteger counts = new AtomicInteger();

		private volatile CountDownLatch countHeld = new CountDownLatch(0);

		private volatile List<Row> content = List.of(row("1"));

		private volatile Problem problem;

		private volatile Runnable duringRead = () -> {
		};

		private volatile Consumer<Caller> beforeRead = (caller) -> {
		};

		private volatile Supplier<Instant> clock = Instant::now;

		private volatile Set<RelationName> watchedAtFirstRead;

		private volatile Instant changeAt = Instant.MAX;

		private volatile List<Row> changed = List.of();

		void showFrom(Instant time, String... ids) {
			this.changed = Stream.of(ids).map(LiveEngineTests::row).toList();
			this.changeAt = time;
		}

		void show(String... ids) {
			this.content = Stream.of(ids).map(LiveEngineTests::row).toList();
		}

		@Override
		protected List<Row> rows(Caller caller, RelationName relation) {
			if (this.reads.getAndIncrement() == 0) {
				this.watchedAtFirstRead = LiveEngineTests.this.source.watched();
			}
			if (this.problem != null) {
				throw new ProblemException(this.problem);
			}
			this.beforeRead.accept(caller);
			this.duringRead.run();
			return now().isBefore(this.changeAt) ? this.content : this.changed;
		}

		@Override
		public Instant now() {
			return this.clock.get();
		}

		@Override
		public Count count(Caller caller, RelationName relation, Query query, CountMode mode) {
			this.counts.incrementAndGet();
			awaitUninterrupted(this.countHeld);
			return new Count(this.content.size(), true);
		}

	}

	private static Row row(String id) {
		return new Row("{\"id\":" + id + "}", List.of(id), null);
	}

}
