package dev.oriel.admin.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.Footprint;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.Row;
import dev.oriel.admin.data.RowMatch;
import dev.oriel.admin.data.RowTest;
import dev.oriel.admin.data.WindowPage;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.Privileges;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationKind;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.testing.GivenChanges;
import dev.oriel.admin.testing.GivenRows;
import dev.oriel.admin.testing.GivenSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests what becomes of changes that come while a window is read or another change is
 * looked at: the window shows the first three of the numbers in a set, and every look at
 * the set can be held.
 */
class EvaluationRaceTests {

	private static final RelationName NAME = new RelationName("public", "number");

	private final Numbers numbers = new Numbers();

	private final GivenChanges source = new GivenChanges();

	private final AtomicInteger evaluations = new AtomicInteger();

	private final ShownRows shown = new ShownRows();

	private final LiveEngine engine = new LiveEngine(new GivenSchema(snapshot()), (caller,
			relation) -> new RelationAccess(Set.of(Operation.SELECT), Set.of("id"), Set.of(), Set.of(), Filter.NONE),
			this.numbers, this.source, new LiveObserver() {

				@Override
				public void evaluated(int concerned, int spared) {
					EvaluationRaceTests.this.evaluations.incrementAndGet();
				}

			});

	@BeforeEach
	void start() {
		this.engine.start();
		this.engine.subscribe(new Caller("alice", Set.of()), NAME, Query.ALL, new WindowOptions(false, CountMode.NONE),
				(message) -> this.shown.apply(message.json()));
		awaitShown(10, 20, 30);
	}

	@AfterEach
	void stop() {
		this.numbers.read.release(1_000);
		this.numbers.test.release(1_000);
		this.engine.stop();
	}

	@Test
	void changeThatAReadMissesIsLookedAtAfterwards() {
		holdReadAfter(() -> remove(20));
		add(5);
		awaitEvaluations(2);
		this.numbers.read.release(1_000);
		awaitShown(5, 10, 30);
	}

	@Test
	void changeBehindTheOldLastRowIsComparedWithTheNewOne() {
		holdReadAfter(() -> remove(20));
		// Behind 30, which is the last row until the read ends with 40.
		add(35);
		awaitEvaluations(2);
		this.numbers.read.release(1_000);
		awaitShown(10, 30, 35);
	}

	@Test
	void rowThatTheReadBroughtInIsKnownWhenItsChangeIsLookedAt() {
		holdReadAfter(() -> remove(20));
		remove(40);
		awaitEvaluations(2);
		this.numbers.read.release(1_000);
		awaitShown(10, 30, 50);
	}

	@Test
	void irrelevantChangeDuringAReadCausesNoOther() {
		holdReadAfter(() -> remove(20));
		add(45);
		awaitEvaluations(2);
		int reads = this.numbers.reads.get();
		this.numbers.read.release(1_000);
		awaitShown(10, 30, 40);
		// Once when it came, once when the read had ended.
		awaitEvaluations(3);
		assertThat(this.numbers.reads).hasValue(reads);
	}

	@Test
	void changesDuringAReadThatFailsAreShownByTheNext() {
		holdReadAfter(() -> remove(20));
		this.numbers.failing = true;
		add(5);
		awaitEvaluations(2);
		this.numbers.read.release(1);
		await().until(() -> !this.numbers.failing);
		this.numbers.read.release(1_000);
		awaitShown(5, 10, 30);
	}

	@Test
	void readThatBeginsWhileAChangeIsLookedAtShowsIt() {
		this.numbers.test.drainPermits();
		add(25);
		await().until(this.numbers.test::hasQueuedThreads);
		this.engine.accessChanged();
		awaitShown(10, 20, 25);
		this.numbers.test.release(1_000);
		remove(10);
		awaitShown(20, 25, 30);
	}

	@Test
	void changeThatCannotBeLookedAtIsReadInstead() {
		this.numbers.untestable = true;
		add(25);
		awaitShown(10, 20, 25);
	}

	@Test
	void changeThatCannotBeLookedAtIsNotTriedAgainEachTime() {
		this.numbers.untestable = true;
		add(25);
		awaitShown(10, 20, 25);
		add(15);
		awaitShown(10, 15, 20);
		assertThat(this.numbers.tests).hasValue(1);
	}

	@Test
	void rowsThatChangeAllTheTimeElsewhereCauseNoRead() {
		for (int i = 0; i < 200; i++) {
			add(1_000 + i);
		}
		add(5);
		awaitShown(5, 10, 20);
		assertThat(this.numbers.reads).hasValue(2);
	}

	@Test
	void engineThatIsStartedAgainLooksAtChanges() {
		this.engine.stop();
		this.engine.start();
		ShownRows again = new ShownRows();
		this.engine.subscribe(new Caller("bob", Set.of()), NAME, Query.ALL, new WindowOptions(false, CountMode.NONE),
				(message) -> again.apply(message.json()));
		await().until(() -> !again.json().isEmpty());
		add(5);
		await().until(() -> again.json().startsWith("[{\"id\":5}"));
	}

	/**
	 * Make a change and stop its read just before it ends.
	 */
	private void holdReadAfter(Runnable change) {
		this.numbers.read.drainPermits();
		change.run();
		await().until(this.numbers.read::hasQueuedThreads);
	}

	private void add(int number) {
		this.numbers.content.add(number);
		tell(ChangeEvent.Operation.INSERT, number);
	}

	private void remove(int number) {
		this.numbers.content.remove(number);
		tell(ChangeEvent.Operation.DELETE, number);
	}

	private void tell(ChangeEvent.Operation operation, int number) {
		this.source.tell(new ChangeEvent(NAME, operation, List.of(List.of(Integer.toString(number))), false, "1"));
	}

	private void awaitEvaluations(int count) {
		await().until(() -> this.evaluations.get() >= count);
	}

	private void awaitShown(Integer... numbers) {
		String expected = "[" + String.join(",", Stream.of(numbers).map("{\"id\":%d}"::formatted).toList()) + "]";
		await().untilAsserted(() -> assertThat(this.shown.json()).isEqualTo(expected));
	}

	private static SchemaSnapshot snapshot() {
		Column id = new Column("id", 1, new DataType.Base(23, "integer", "int4", 'N'), "integer", false, null,
				Column.Identity.NONE, false, null, Privileges.ALL);
		return new SchemaSnapshot("1", "test", List.of("public"), List.of(new Relation(1, NAME, RelationKind.TABLE,
				null, List.of(id), List.of("id"), List.of(), List.of(), null, null, Privileges.ALL)));
	}

	/**
	 * The numbers from 10 to 90, of which the least three are shown.
	 */
	private static final class Numbers extends GivenRows {

		private final Set<Integer> content = new ConcurrentSkipListSet<>(List.of(10, 20, 30, 40, 50, 60, 70, 80, 90));

		private final AtomicInteger reads = new AtomicInteger();

		/** Passed after the content was looked at, and before the page is returned. */
		private final Semaphore read = new Semaphore(1_000);

		private final AtomicInteger tests = new AtomicInteger();

		/** Passed before rows are tested. */
		private final Semaphore test = new Semaphore(1_000);

		private volatile boolean failing;

		private volatile boolean untestable;

		@Override
		public WindowPage window(Caller caller, RelationName relation, Query query, boolean withVersion) {
			this.reads.incrementAndGet();
			List<Integer> seen = new ArrayList<>(this.content).subList(0, 3);
			this.read.acquireUninterruptibly();
			if (this.failing) {
				this.failing = false;
				throw new ProblemException(new Problem(503, "PGRST000", "not now", null, null));
			}
			RowTest test = new RowTest("less", List.of(seen.get(2).toString()));
			List<Row> rows = seen.stream().map(Numbers::row).toList();
			return new WindowPage(rows, new Footprint(test, true, Map.of(), List.of(), Set.of(), false));
		}

		@Override
		public List<RowMatch> matches(List<RowTest> tests, List<List<String>> keys, Duration limit) {
			this.tests.incrementAndGet();
			this.test.acquireUninterruptibly();
			if (this.untestable) {
				throw new ProblemException(new Problem(500, "XX000", "no", null, null));
			}
			List<RowMatch> matches = new ArrayList<>();
			for (int i = 0; i < tests.size(); i++) {
				int last = Integer.parseInt(String.valueOf(tests.get(i).values().get(0)));
				List<Integer> present = keys.stream()
					.map((key) -> Integer.valueOf(key.get(0)))
					.filter(this.content::contains)
					.toList();
				if (!present.isEmpty()) {
					matches.add(new RowMatch(i, present.stream().anyMatch((number) -> number < last)));
				}
			}
			return matches;
		}

		@Override
		protected List<Row> rows(Caller caller, RelationName relation) {
			return this.content.stream().map(Numbers::row).toList();
		}

		private static Row row(Integer number) {
			return new Row("{\"id\":" + number + "}", List.of(number.toString()), null);
		}

	}

}
