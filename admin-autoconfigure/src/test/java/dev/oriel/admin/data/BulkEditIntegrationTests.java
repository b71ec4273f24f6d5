package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.sql.VersionMode;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for changes of rows that are named one by one, and for versions of several rows.
 */
class BulkEditIntegrationTests {

	private static final int RACES = 300;

	private static final int ROWS = 8;

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/shop.sql");

	private final Rig rig = Rig.of(database);

	@BeforeEach
	void fill() {
		database.execute("TRUNCATE item, counter, coupon, measurement RESTART IDENTITY;"
				+ "INSERT INTO item (company_id, name, price) VALUES (1, 'a', 1), (1, 'b', 2), (2, 'c', 3);"
				+ "INSERT INTO measurement VALUES (1, '2010-01-01', 'x'), (1, '2030-01-01', 'y')");
	}

	private String items() {
		return database.jdbc()
			.sql("SELECT string_agg(concat_ws('/', name, note, price), ',' ORDER BY id) FROM item")
			.query(String.class)
			.single();
	}

	@Test
	void eachRowIsChangedInItsOwnWay() {
		assertThat(this.rig.update("item", "select=id,name,note,price",
				"[{\"id\":3,\"note\":\"n3\"},{\"price\":9.50,\"id\":1},{\"id\":2,\"note\":\"n2\"}]"))
			.isEqualTo("[{\"id\":3,\"name\":\"c\",\"note\":\"n3\",\"price\":3.00},"
					+ "{\"id\":1,\"name\":\"a\",\"note\":\"none\",\"price\":9.50},"
					+ "{\"id\":2,\"name\":\"b\",\"note\":\"n2\",\"price\":2.00}]");
		assertThat(items()).isEqualTo("a/none/9.50,b/n2/2.00,c/n3/3.00");
	}

	@Test
	void keysOfSeveralColumnsNameRows() {
		assertThat(this.rig.update("measurement", "",
				"[{\"id\":1,\"at\":\"2030-01-01\",\"v\":\"Y\"},{\"id\":\"1\",\"at\":\"2010-1-1\",\"v\":\"X\"}]"))
			.isEqualTo("[{\"id\":1,\"at\":\"2030-01-01\",\"v\":\"Y\"},{\"id\":1,\"at\":\"2010-01-01\",\"v\":\"X\"}]");
	}

	@Test
	void viewsWithAKeyCanBeEdited() {
		assertThat(this.rig.update("item_view", "select=id,t",
				"[{\"id\":2,\"t\":\"two\"},{\"id\":1,\"t\":\"one\",\"_version\":\"%s\"}]"
					.formatted(this.rig.version("item_view", "id=eq.1"))))
			.isEqualTo("[{\"id\":2,\"t\":\"two\"},{\"id\":1,\"t\":\"one\"}]");
	}

	@Test
	void versionsAreReturnedAndChecked() {
		WriteOptions versions = new WriteOptions(VersionMode.IN_ROW, null, null, false, false);
		String one = this.rig.version("item", "id=eq.1");
		String two = this.rig.version("item", "id=eq.2");
		String answer = this.rig.update("item", "select=id",
				"[{\"id\":1,\"note\":\"x\",\"_version\":\"%s\"},{\"id\":2,\"note\":\"y\"}]".formatted(one), versions);
		assertThat(answer).isEqualTo("[{\"id\":1,\"_version\":\"%s\"},{\"id\":2,\"_version\":\"%s\"}]"
			.formatted(this.rig.version("item", "id=eq.1"), this.rig.version("item", "id=eq.2")));
		StaleRowException ex = catchThrowableOfType(StaleRowException.class,
				() -> this.rig.update("item", "select=id",
						("[{\"id\":3,\"note\":\"z\"},{\"id\":1,\"note\":\"z\",\"_version\":\"%s\"},"
								+ "{\"id\":99,\"_version\":\"%s\"},{\"id\":2,\"note\":\"z\",\"_version\":\"%s\"}]")
							.formatted(one, one, two)));
		assertThat(ex.problem().status()).isEqualTo(412);
		assertThat(ex.problem().message()).startsWith("3 rows");
		assertThat(ex.current()).isNull();
		assertThat(ex.rows()).extracting(StaleRow::path).containsExactly("[1]", "[2]", "[3]");
		assertThat(ex.rows().get(0).current().json()).contains("\"note\":\"x\"", "\"_version\":\"");
		assertThat(ex.rows().get(1).current()).isNull();
		assertThat(ex.rows().get(2).current().json()).contains("\"note\":\"y\"");
		assertThat(items()).isEqualTo("a/x/1.00,b/y/2.00,c/none/3.00");
	}

	@Test
	void onlyStaleRowIsTheCurrentOne() {
		StaleRowException ex = catchThrowableOfType(StaleRowException.class, () -> this.rig.update("item", "",
				"[{\"id\":2,\"note\":\"x\"},{\"id\":1,\"note\":\"x\",\"_version\":\"1\"}]"));
		assertThat(ex.current().json()).contains("\"name\":\"a\"");
		assertThat(ex.rows()).hasSize(1);
		assertThat(items()).isEqualTo("a/none/1.00,b/none/2.00,c/none/3.00");
	}

	@Test
	void versionsOfTheRequestHoldForEachRow() {
		String one = this.rig.version("item", "id=eq.1");
		String two = this.rig.version("item", "id=eq.2");
		String body = "[{\"id\":1,\"note\":\"x\"},{\"id\":2,\"note\":\"y\"}]";
		StaleRowException ex = catchThrowableOfType(StaleRowException.class,
				() -> this.rig.update("item", "", body, Rig.expecting("1")));
		assertThat(ex.rows()).extracting(StaleRow::path).containsExactly("[0]", "[1]");
		assertThat(ex.rows().get(0).current().json()).contains("\"name\":\"a\"");
		assertThat(items()).isEqualTo("a/none/1.00,b/none/2.00,c/none/3.00");
		this.rig.update("item", "", body, WriteOptions.DEFAULTS.withVersions(one, Set.of(two)));
		this.rig.update("item", "", body.replace("y", "z"), Rig.expecting(WriteOptions.ANY_VERSION));
		assertThat(items()).isEqualTo("a/x/1.00,b/z/2.00,c/none/3.00");
	}

	@Test
	void everyRowHasToBeThere() {
		Problem problem = Rig
			.problem(() -> this.rig.update("item", "", "[{\"id\":1,\"note\":\"x\"},{\"id\":99,\"note\":\"x\"}]"));
		assertThat(problem.status()).isEqualTo(404);
		assertThat(problem.code()).isEqualTo("ORIEL404");
		assertThat(problem.details()).isEqualTo("Row 2 names {\"id\":99}.");
		assertThat(problem.violation().path()).isEqualTo("[1]");
		assertThat(items()).isEqualTo("a/none/1.00,b/none/2.00,c/none/3.00");
	}

	@Test
	void filterLimitsWhichRowsThereAre() {
		assertThat(Rig
			.problem(() -> this.rig.update("item", "company_id=eq.1",
					"[{\"id\":1,\"note\":\"x\"},{\"id\":3,\"note\":\"x\"}]"))
			.violation()
			.path()).isEqualTo("[1]");
		assertThat(this.rig.update("item", "company_id=eq.1&select=id",
				"[{\"id\":1,\"note\":\"x\"},{\"id\":2,\"company_id\":2}]"))
			.isEqualTo("[{\"id\":1},{\"id\":2}]");
	}

	@Test
	void rulesOnRowsHoldBeforeAndAfter() {
		Filter rule = Filter.Comparison.of("company_id", Operator.EQ, "1");
		Rig ruled = Rig.of(database.dataSource(), (caller, relation) -> {
			RelationAccess all = new PrivilegeAccessPolicy(false).decide(caller, relation);
			return new RelationAccess(all.operations(), all.readable(), all.insertable(), Set.of("company_id", "note"),
					relation.name().name().equals("item") ? rule : Filter.NONE);
		}, Rig.SETTINGS);
		assertThat(Rig.problem(() -> ruled.update("item", "", "[{\"id\":3,\"note\":\"x\"}]")).status()).isEqualTo(404);
		assertThat(
				Rig.problem(() -> ruled.update("item", "", "[{\"id\":1,\"note\":\"x\"},{\"id\":2,\"company_id\":2}]"))
					.status())
			.isEqualTo(403);
		assertThat(Rig.problem(() -> ruled.update("item", "", "[{\"id\":1,\"price\":2}]")).column()).isEqualTo("price");
		assertThat(items()).isEqualTo("a/none/1.00,b/none/2.00,c/none/3.00");
	}

	@Test
	void keyThatMayNotBeReadNamesNoRow() {
		Rig blind = Rig.of(database.dataSource(), (caller, relation) -> {
			RelationAccess all = new PrivilegeAccessPolicy(false).decide(caller, relation);
			return new RelationAccess(all.operations(), Set.of("name"), Set.of(), Set.of("name"), Filter.NONE);
		}, Rig.SETTINGS);
		assertThat(Rig.problem(() -> blind.update("item", "", "[{\"id\":1,\"name\":\"x\"}]")).status()).isEqualTo(400);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			[{"id":1,"note":"x"},{"note":"y"}]                | PGRST102 | [1].id       | id
			[{"id":null,"note":"x"}]                          | PGRST102 | [0].id       | id
			[{"id":1,"_version":null}]                        | PGRST102 | [0]._version | _version
			[{"id":1,"note":"x"},{"id":"1","note":"y"}]       | PGRST102 | [1]          |
			[{"id":2,"note":"x"},{"id":"one","note":"y"}]     | 22P02    | [1].id       | id
			[{"id":2,"note":"x"},{"id":1,"price":"much"}]     | 22P02    | [1].price    | price
			[{"id":2,"note":"x"},{"id":1,"size":0}]           | 23514    | [1].size     | size
			[{"id":2,"nte":"x"}]                              | PGRST204 |              | nte
			[{"id":2,"doubled":1}]                            | 428C9    |              | doubled
			[{"id":2,"note":"\\u0000"}]                       | 22P05    |              | note
			[{"id":2},3]                                      | PGRST102 |              |
			[{"id":2}                                         | PGRST102 |              |
			""")
	void errorsNameTheElement(String body, String code, String path, String column) {
		Problem problem = Rig.problem(() -> this.rig.update("item", "", body));
		assertThat(problem.status()).isEqualTo(400);
		assertThat(problem.code()).isEqualTo(code);
		assertThat(problem.column()).isEqualTo(column);
		assertThat((problem.violation() != null) ? problem.violation().path() : null).isEqualTo(path);
		assertThat(items()).isEqualTo("a/none/1.00,b/none/2.00,c/none/3.00");
	}

	@Test
	void elementsWithoutChangesAreOnlyLookedFor() {
		assertThat(this.rig.update("item", "select=id", "[{\"id\":1},{\"id\":2,\"note\":\"x\"}]"))
			.isEqualTo("[{\"id\":2}]");
		assertThat(this.rig.update("item", "", "[]")).isEqualTo("[]");
		assertThat(Rig.problem(() -> this.rig.update("item", "", "[{\"id\":99}]")).status()).isEqualTo(404);
	}

	@Test
	void columnsSayWhatIsWritten() {
		RelationWriter writer = this.rig.writer();
		String body = "[{\"id\":1,\"note\":\"x\",\"price\":7},{\"id\":2,\"name\":\"B\",\"nonsense\":1}]";
		assertThat(writer
			.update(Rig.CALLER, Rig.name("item"), new Payload(body, List.of("id", "note"), true),
					Rig.query("select=id,name,note,price"), WriteOptions.DEFAULTS)
			.json())
			.isEqualTo("[{\"id\":1,\"name\":\"a\",\"note\":\"x\",\"price\":1.00},"
					+ "{\"id\":2,\"name\":\"b\",\"note\":\"none\",\"price\":2.00}]");
		writer.update(Rig.CALLER, Rig.name("item"), new Payload(body, List.of("note"), false), Rig.query(""),
				WriteOptions.DEFAULTS);
		assertThat(items()).isEqualTo("a/x/1.00,b/2.00,c/none/3.00");
	}

	@Test
	void limitsOfOtherChangesHold() {
		String two = "[{\"id\":1,\"note\":\"x\"},{\"id\":2,\"note\":\"x\"}]";
		assertThat(Rig.problem(() -> this.rig.update("item", "", two, Rig.atMost(1))).code()).isEqualTo("PGRST124");
		assertThat(Rig.problem(() -> this.rig.update("item", "limit=1", two)).code()).isEqualTo("ORIEL400");
		assertThat(Rig.problem(() -> this.rig.update("item", "order=id", two)).code()).isEqualTo("ORIEL400");
		assertThat(Rig
			.problem(
					() -> this.rig.update("item", "", two, new WriteOptions(VersionMode.NONE, null, null, true, false)))
			.code()).isEqualTo("PGRST116");
		assertThat(this.rig.update("item", "select=note", two,
				new WriteOptions(VersionMode.NONE, null, null, false, true)))
			.isEqualTo("[{\"note\":\"x\"},{\"note\":\"x\"}]");
		assertThat(items()).isEqualTo("a/none/1.00,b/none/2.00,c/none/3.00");
	}

	@Test
	void tenThousandRowsAreChangedAtOnce() {
		database.execute("INSERT INTO counter SELECT i, i FROM generate_series(1, 10000) i");
		List<Integer> ids = new ArrayList<>(IntStream.rangeClosed(1, 10_000).boxed().toList());
		Collections.shuffle(ids, new Random(5));
		String body = ids.stream()
			.map((id) -> "{\"id\":%d,\"n\":%d}".formatted(id, -id))
			.collect(Collectors.joining(",", "[", "]"));
		assertThat(this.rig.update("counter", "", body)).isEqualTo(body);
	}

	@Test
	void oneOfSeveralVersionsIsEnoughToDelete() {
		String one = this.rig.version("item", "id=eq.1");
		database.execute("UPDATE item SET note = 'seen' WHERE id = 2");
		String two = this.rig.version("item", "id=eq.2");
		database.execute("UPDATE item SET note = 'unseen' WHERE id = 3");
		StaleRowException ex = catchThrowableOfType(StaleRowException.class,
				() -> this.rig.delete("item", "id=gt.0", expecting(one, two)));
		assertThat(ex.rows()).singleElement()
			.satisfies((row) -> assertThat(row.current().json()).contains("\"note\":\"unseen\"", "\"_version\""));
		assertThat(this.rig.delete("item", "id=lt.3&select=id", expecting(two, one)))
			.isEqualTo("[{\"id\":1},{\"id\":2}]");
		assertThat(catchThrowableOfType(StaleRowException.class,
				() -> this.rig.delete("item", "id=lt.3", expecting(one, two)))
			.current()).isNull();
		assertThat(items()).isEqualTo("c/unseen/3.00");
	}

	@Test
	void oneOfSeveralVersionsIsEnoughForOneRow() {
		String version = this.rig.version("item", "id=eq.1");
		assertThat(this.rig.update("item", "id=eq.1&select=note", "{\"note\":\"x\"}", expecting("1", version)))
			.isEqualTo("[{\"note\":\"x\"}]");
		assertThat(Rig.problem(() -> this.rig.update("item", "id=gt.0", "{\"note\":\"x\"}", expecting("1", version)))
			.code()).isEqualTo("ORIEL400");
		assertThat(catchThrowableOfType(StaleRowException.class,
				() -> this.rig.update("item", "id=eq.1", "{\"note\":\"y\"}", expecting("1", version)))
			.current()
			.json()).contains("\"note\":\"x\"");
		String next = this.rig.version("item", "id=eq.1");
		assertThat(catchThrowableOfType(StaleRowException.class, () -> replace("1", version))).isNotNull();
		replace("1", next);
		assertThat(items()).isEqualTo("A/x/1.00,b/none/2.00,c/none/3.00");
	}

	@Test
	void anyVersionIsThatOfARowThatIsThere() {
		WriteOptions any = Rig.expecting(WriteOptions.ANY_VERSION);
		assertThat(this.rig.update("item", "id=gt.0&select=note", "{\"note\":\"x\"}", any)).contains("x");
		assertThat(catchThrowableOfType(StaleRowException.class,
				() -> this.rig.update("item", "id=eq.99", "{\"note\":\"x\"}", any)))
			.isNotNull();
		assertThat(catchThrowableOfType(StaleRowException.class, () -> this.rig.delete("item", "id=eq.99", any)))
			.isNotNull();
		assertThat(catchThrowableOfType(StaleRowException.class,
				() -> this.rig.writer()
					.replace(Rig.CALLER, Rig.name("item"), Payload.of("{\"id\":99,\"name\":\"N\"}"),
							Rig.query("id=eq.99"), any)))
			.isNotNull();
		assertThat(this.rig.delete("item", "id=gt.1&select=id", any)).isEqualTo("[{\"id\":2},{\"id\":3}]");
	}

	@Test
	void editsInOppositeOrderDoNotBlockEachOther() throws Exception {
		database.execute("INSERT INTO counter SELECT i, 0 FROM generate_series(1, %d) i".formatted(ROWS));
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			CyclicBarrier start = new CyclicBarrier(2);
			for (int race = 1; race <= RACES; race++) {
				int value = race;
				List<String> elements = IntStream.rangeClosed(1, ROWS)
					.mapToObj((id) -> "{\"id\":%d,\"n\":%d,\"_version\":\"%s\"}".formatted(id, value,
							this.rig.version("counter", "id=eq." + id)))
					.toList();
				List<String> reversed = new ArrayList<>(elements);
				Collections.reverse(reversed);
				List<Future<Boolean>> editors = threads
					.invokeAll(List.of(editor(start, elements), editor(start, reversed)));
				assertThat(editors.get(0).get() ^ editors.get(1).get()).as("race %d", race).isTrue();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(this.rig.read("counter", "select=count()&n=eq." + RACES)).isEqualTo("[{\"count\":" + ROWS + "}]");
	}

	private Callable<Boolean> editor(CyclicBarrier start, List<String> elements) {
		return () -> {
			start.await();
			try {
				this.rig.update("counter", "", "[" + String.join(",", elements) + "]");
				return true;
			}
			catch (StaleRowException ex) {
				assertThat(ex.rows()).hasSize(ROWS);
				assertThat(ex.rows()).allSatisfy((row) -> assertThat(row.current()).isNotNull());
				return false;
			}
		};
	}

	private void replace(String version, String other) {
		this.rig.writer()
			.replace(Rig.CALLER, Rig.name("item"), Payload.of("{\"id\":1,\"name\":\"A\"}"), Rig.query("id=eq.1"),
					expecting(version, other));
	}

	private static WriteOptions expecting(String version, String other) {
		return WriteOptions.DEFAULTS.withVersions(version, Set.of(other));
	}

}
