package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.oriel.admin.data.Rig.problem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * One real case for each SQLSTATE that a write can meet: what is told of field, rule,
 * value, place and other rows, and that there is always something to do.
 */
class RefusedWritesIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/rules.sql");

	private static Rig rig;

	@BeforeAll
	static void start() {
		rig = Rig.of(database);
	}

	@ParameterizedTest(name = "{0} {2} {3}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-",
			textBlock = """
					22001 | 400 | part | {"id":9,"name":"much too long"} | name | character varying(10) | "much too long"
					22001 | 400 | part | {"id":9,"name":"x","mask":"10101"} | mask | bit varying(4) | "10101"
					22001 | 400 | maker | {"id":9,"name":"x","country":"DEU"} | country | character(2) | "DEU"
					22001 | 400 | part | {"id":9,"name":"x","place":{"street":"too long","number":1}} | place | place | {"street":"too long","number":1}
					22026 | 400 | part | {"id":9,"name":"x","flags":"10"} | flags | bit(3) | "10"
					22003 | 400 | part | {"id":9,"name":"x","price":1000.00} | price | numeric(5,2) | 1000.00
					22003 | 400 | part | {"id":9,"name":"x","small":40000} | small | smallint (-32768 to 32767) | 40000
					22003 | 400 | part | {"id":9,"name":"x","big":9223372036854775808} | big | 9223372036854775807) | 9223372036854775808
					22003 | 400 | part | {"id":9,"name":"x","real":1e99} | real | real | 1e99
					22007 | 400 | part | {"id":9,"name":"x","day":"soon"} | day | date | "soon"
					22007 | 400 | part | {"id":9,"name":"x","length":"long"} | length | interval | "long"
					22008 | 400 | part | {"id":9,"name":"x","at":"2026-02-30 10:00"} | at | timestamp with time zone | "2026-02-30 10:00"
					22P02 | 400 | part | {"id":"nine","name":"x"} | id | integer | "nine"
					22P02 | 400 | part | {"id":9.5,"name":"x"} | id | integer | 9.5
					22P02 | 400 | part | {"id":9,"name":"x","mood":"angry"} | mood | mood ('sad', 'ok', 'happy') | "angry"
					22P02 | 400 | part | {"id":9,"name":"x","ident":"z"} | ident | uuid | "z"
					22P02 | 400 | part | {"id":9,"name":"x","tags":"{a"} | tags | text[] | "{a"
					22P02 | 400 | part | {"id":9,"name":"x","grade":"A"} | grade | grade, integer | "A"
					22P02 | 400 | part | {"id":9,"name":"x","price":true} | price | numeric(5,2) | true
					22P05 | 400 | part | {"id":9,"name":"x","meta":{"a":"\\u0000"}} | meta | jsonb | {"a":"\\u0000"}
					22023 | 400 | part | {"id":9,"name":"x","raw":"\\\\xz"} | raw | bytea | "\\\\xz"
					2200N | 400 | part | {"id":9,"name":"x","xml":"<a>"} | xml | xml | "<a>"
					23502 | 400 | part | {"id":9} | name | NOT NULL | -
					23502 | 400 | part | {"id":9,"name":null} | name | NOT NULL | null
					23514 | 400 | part | {"id":9,"name":"x","price":-1} | price | CHECK ((price >= (0)::numeric)) | -1
					23514 | 400 | part | {"id":9,"name":"x","grade":7} | grade | ((VALUE >= 1) AND (VALUE <= 6)) | 7
					23514 | 400 | part | {"id":9,"name":"x","lowest":3,"highest":2} | - | CHECK ((lowest <= highest)) | {"lowest":3,"highest":2}
					23503 | 409 | part | {"id":9,"name":"x","maker_id":77} | maker_id | FOREIGN KEY (maker_id) REFERENCES maker (id) | "77"
					23503 | 409 | tree | {"id":9,"parent_id":8} | parent_id | FOREIGN KEY (parent_id) REFERENCES tree (id) | "8"
					23503 | 409 | both_or_none | {"id":1,"a":7,"b":8} | - | FOREIGN KEY (a, b) REFERENCES pair (a, b) | {"a":"7","b":"8"}
					23503 | 409 | both_or_none | {"id":1,"a":7} | - | FOREIGN KEY (a, b) REFERENCES pair (a, b) | {"a":7}
					23503 | 409 | late | {"id":9,"maker_id":9} | maker_id | FOREIGN KEY (maker_id) REFERENCES maker (id) | "9"
					23505 | 409 | part | {"id":1,"name":"x"} | id | PRIMARY KEY (id) | "1"
					23505 | 409 | maker | {"id":9,"name":"Acme, Inc. (old)"} | name | UNIQUE (name) | "Acme, Inc. (old)"
					23505 | 409 | part | {"id":9,"maker_id":1,"name":"bolt"} | - | UNIQUE (maker_id, name) | {"maker_id":"1","name":"bolt"}
					23505 | 409 | part | {"id":9,"name":"x","note":"FIRST"} | note | UNIQUE (lower(note)) | "first"
					23505 | 409 | measure | {"id":1,"day":"2026-02-01"} | - | PRIMARY KEY (id, day) | {"id":"1","day":"2026-02-01"}
					23505 | 409 | late | {"id":9,"nr":1} | nr | UNIQUE (nr) | "1"
					23P01 | 400 | room | {"id":9,"slot":"[4,9)"} | slot | EXCLUDE USING gist (slot WITH &&) | "[4,9)"
					23514 | 400 | measure | {"id":1,"day":"2031-02-01"} | - | - | -
					42703 | 400 | part | {"id":9,"nme":"x"} | nme | - | -
					428C9 | 400 | part | {"id":9,"name":"x","share":1} | share | - | -
					44000 | 400 | cheap | {"id":9,"name":"x","price":10} | - | - | -
					P0001 | 400 | guarded | {"id":1,"what":"plain"} | - | - | -
					P0004 | 400 | guarded | {"id":1,"what":"assert"} | - | - | -
					23000 | 400 | guarded | {"id":1,"what":"column"} | what | - | "column"
					23514 | 400 | guarded | {"id":1,"what":"rule"} | - | - | -
					42501 | 403 | guarded | {"id":1,"what":"rights"} | - | - | -
					PT418 | 418 | guarded | {"id":1,"what":"status"} | - | - | -
					40001 | 409 | guarded | {"id":1,"what":"serial"} | - | - | -
					0A000 | 400 | guarded | {"id":1,"what":"feature"} | - | - | -
					22012 | 400 | guarded | {"id":1,"what":"zero"} | - | - | -
					XX000 | 500 | guarded | {"id":1,"what":"internal"} | - | - | -
					""")
	void everyStateTellsFieldRuleAndValue(String code, int status, String relation, String body, String column,
			String rule, String value) {
		String before = content();
		Problem refused = problem(() -> rig.insert(relation, body));
		assertThat(refused.code()).as(refused.toString()).isEqualTo(code.equals("42703") ? "PGRST204" : code);
		assertThat(refused.status()).isEqualTo(status);
		assertThat(refused.column()).as(refused.toString()).isEqualTo(column);
		Violation violation = refused.violation();
		assertThat((violation != null) ? violation.rule() : null).satisfies((told) -> {
			if (rule != null) {
				assertThat(told).contains(rule);
			}
			else {
				assertThat(told).isNull();
			}
		});
		assertThat((violation != null) ? violation.value() : null).isEqualTo(value);
		assertThat((violation != null) ? violation.path() : null).isNull();
		assertThat(refused.toString()).doesNotContain("Failing row", "json_to_record", "SELECT", "secret of");
		assertThat(content()).isEqualTo(before);
	}

	/**
	 * Return everything that is in the tables.
	 */
	private static String content() {
		return database.jdbc()
			.sql("""
					SELECT concat((SELECT json_agg(t) FROM maker t), (SELECT json_agg(t) FROM part t),
					  (SELECT json_agg(t) FROM stock t), (SELECT json_agg(t) FROM tree t), (SELECT json_agg(t) FROM room t),
					  (SELECT json_agg(t) FROM guarded t), (SELECT json_agg(t) FROM measure t), (SELECT json_agg(t) FROM late t))
					""")
			.query(String.class)
			.single();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			maker | {"id":9,"name":"Brio"}                  | maker | {id=2}
			part  | {"id":9,"maker_id":1,"name":"bolt"}     | part  | {id=1}
			measure | {"id":1,"day":"2026-02-01"}           | measure | {id=1, day=2026-02-01}
			room  | {"id":9,"slot":"[4,9)"}                 | room  | {id=1}
			cheap | {"id":1,"name":"x","price":1}           | part  | {id=1}
			""")
	void theRowThatIsThereIsNamed(String relation, String body, String other, String key) {
		Violation.OtherRow row = violation(problem(() -> rig.insert(relation, body))).row();
		assertThat(row).isNotNull();
		assertThat(row.relation().name()).isEqualTo(other);
		assertThat(row.key()).hasToString(key);
	}

	@Test
	void dateThatCouldBeAnotherDayIsAskedForAsIso() {
		Problem problem = problem(() -> rig.insert("part", "{\"id\":9,\"name\":\"x\",\"day\":\"31.12.2020\"}"));
		assertThat(problem.hint()).contains("2026-12-31").doesNotContain("DateStyle");
	}

	@Test
	void whatATriggerBreaksElsewhereIsNoFaultOfAField() {
		Problem refused = problem(() -> rig.insert("guarded", "{\"id\":1,\"what\":\"other\"}"));
		assertThat(refused.code()).isEqualTo("23505");
		assertThat(refused.column()).isNull();
		assertThat(violation(refused).columns()).isEmpty();
		assertThat(violation(refused).row()).isEqualTo(new Violation.OtherRow(Rig.name("maker"), Map.of("id", "1")));
	}

	@Test
	void rowsThatStillPointAtARowAreCounted() {
		Violation ofParts = violation(problem(() -> rig.delete("part", "id=eq.2", WriteOptions.DEFAULTS)));
		assertThat(ofParts.referencing()).isEqualTo(new Violation.Referencing(Rig.name("stock"), Map.of("part_id", "2"),
				3, new Violation.OtherRow(Rig.name("stock"), Map.of("id", "1"))));
		assertThat(ofParts.columns()).isEmpty();
		Problem ofTree = problem(() -> rig.delete("tree", "id=eq.1", WriteOptions.DEFAULTS));
		assertThat(ofTree.column()).isNull();
		assertThat(violation(ofTree).referencing()).isEqualTo(new Violation.Referencing(Rig.name("tree"),
				Map.of("parent_id", "1"), 1, new Violation.OtherRow(Rig.name("tree"), Map.of("id", "2"))));
		Problem moved = problem(() -> rig.update("tree", "id=eq.1", "{\"id\":5}"));
		assertThat(moved.column()).isEqualTo("id");
		assertThat(violation(moved).referencing()).isNotNull();
	}

	@Test
	void restrictedDeletesAreConflictsOnEveryVersion() {
		Problem refused = problem(() -> rig.delete("part", "id=eq.1", WriteOptions.DEFAULTS));
		assertThat(refused.code()).isIn("23001", "23503");
		assertThat(refused.status()).isEqualTo(409);
		assertThat(violation(refused).referencing()).isNotNull();
		assertThat(violation(refused).rule()).isEqualTo("FOREIGN KEY (part_id) REFERENCES part (id)");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					22P02 | [1].price | part | [{"id":7,"name":"x","price":1},{"id":8,"name":"y","price":"a"},{"id":9,"name":"z","price":"b"}]
					22003 | [2].small | part | [{"id":7,"name":"x","small":1},{"id":8,"name":"y","small":null},{"id":9,"name":"z","small":99999}]
					22001 | [1].name  | part | [{"id":7,"name":"x"},{"id":8,"name":"much too long"}]
					23502 | [1].name  | part | [{"id":7,"name":"x"},{"id":8,"name":null}]
					23514 | [2].price | part | [{"id":7,"name":"x","price":1},{"id":8,"name":"y","price":null},{"id":9,"name":"z","price":-2}]
					23514 | [1]       | part | [{"id":7,"name":"x","lowest":1,"highest":1},{"id":8,"name":"y","lowest":2,"highest":1}]
					23514 | [1].grade | part | [{"id":7,"name":"x","grade":1},{"id":8,"name":"y","grade":9}]
					23503 | [1].maker_id | part | [{"id":7,"name":"x","maker_id":1},{"id":8,"name":"y","maker_id":8}]
					23505 | [1].id    | part | [{"id":7,"name":"x"},{"id":1,"name":"y"}]
					23505 | [1]       | part | [{"id":7,"name":"x","maker_id":2},{"id":8,"name":"bolt","maker_id":1}]
					23505 | [2].id    | part | [{"id":7,"name":"x"},{"id":8,"name":"y"},{"id":7,"name":"z"}]
					""")
	void theRowOfABodyIsFound(String code, String path, String relation, String body) {
		Problem refused = problem(() -> rig.insert(relation, body));
		assertThat(refused.code()).isEqualTo(code);
		assertThat(violation(refused).path()).isEqualTo(path);
	}

	@Test
	void theRowIsFoundInALargeBodyWithFewStatements() {
		StringBuilder body = new StringBuilder("[");
		for (int i = 0; i < 20_000; i++) {
			body.append((i == 0) ? "" : ",")
				.append("{\"id\":%d,\"name\":\"n%d\",\"small\":%s}".formatted(1_000 + i, i,
						(i == 17_123) ? "\"x\"" : "1"));
		}
		Problem refused = problem(() -> rig.insert("part", body.append("]").toString()));
		assertThat(violation(refused).path()).isEqualTo("[17123].small");
		assertThat(refused.details()).contains("row 17124");
	}

	@Test
	void rowsThatDifferInTheirColumnsAreCountedThrough() {
		String body = "[{\"id\":7,\"name\":\"x\"},{\"id\":8,\"name\":\"y\",\"small\":1},{\"id\":9,\"name\":\"z\",\"small\":\"s\"}]";
		Payload payload = new Payload(body, List.of("id", "name", "small"), true);
		Problem refused = problem(() -> rig.writer()
			.insert(Rig.CALLER, Rig.name("part"), payload, null, Rig.query(""), WriteOptions.DEFAULTS));
		assertThat(violation(refused).path()).isEqualTo("[2].small");
	}

	@Test
	void rowsThatAreTwiceInABodyAreRefused() {
		Problem refused = problem(() -> rig.writer()
			.insert(Rig.CALLER, Rig.name("maker"), Payload.of("[{\"id\":5,\"name\":\"a\"},{\"id\":5,\"name\":\"b\"}]"),
					new Duplicates(Duplicates.Resolution.MERGE, null), Rig.query(""), WriteOptions.DEFAULTS));
		assertThat(refused.code()).isEqualTo("21000");
		assertThat(refused.hint()).isNotNull();
	}

	@Test
	void policiesOfTheDatabaseRefuse() {
		database.execute(
				"CREATE ROLE refused_clerk LOGIN PASSWORD 'clerk'; GRANT SELECT, INSERT ON secret TO refused_clerk");
		try {
			Rig clerk = Rig.of(database.dataSource("refused_clerk", "clerk"), new PrivilegeAccessPolicy(false),
					Rig.SETTINGS);
			Problem refused = problem(() -> clerk.insert("secret", "{\"id\":1,\"owner\":\"you\"}"));
			assertThat(refused.code()).isEqualTo("42501");
			assertThat(refused.status()).isEqualTo(403);
			assertThat(refused.hint()).isNotNull();
			assertThat(problem(() -> clerk.update("secret", "id=eq.1", "{\"owner\":\"x\"}")).status()).isEqualTo(403);
		}
		finally {
			database.execute("DROP OWNED BY refused_clerk; DROP ROLE refused_clerk");
		}
	}

	@Test
	void aDatabaseThatIsOnlyReadRefuses() {
		try {
			// The driver says what transactions are; a replica would not care.
			database.execute("CREATE FUNCTION only_read() RETURNS trigger LANGUAGE plpgsql AS "
					+ "$$ BEGIN SET transaction_read_only = on; RETURN NULL; END $$;"
					+ "CREATE TRIGGER only_read BEFORE INSERT ON both_or_none EXECUTE FUNCTION only_read();"
					+ "CREATE FUNCTION writes() RETURNS trigger LANGUAGE plpgsql AS "
					+ "$$ BEGIN INSERT INTO maker VALUES (50, 'x'); RETURN NEW; END $$;"
					+ "CREATE TRIGGER writes BEFORE INSERT ON both_or_none FOR EACH ROW EXECUTE FUNCTION writes()");
			Problem refused = problem(() -> rig.insert("both_or_none", "{\"id\":5}"));
			assertThat(refused.code()).isEqualTo("25006");
			assertThat(refused.status()).isEqualTo(405);
			assertThat(refused.hint()).isNotNull();
		}
		finally {
			database.execute("DROP FUNCTION only_read CASCADE; DROP FUNCTION writes CASCADE");
		}
	}

	@Test
	void aRowThatSomebodyElseWritesIsWaitedForOnlyShortly() throws Exception {
		DataSettings impatient = new DataSettings(10_000, Duration.ofSeconds(10), Duration.ofMillis(50), false);
		Rig waiting = Rig.of(database.dataSource(), new PrivilegeAccessPolicy(false), impatient);
		try (Connection other = database.dataSource().getConnection(); Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("UPDATE maker SET country = 'FR' WHERE id = 2");
			Problem refused = problem(() -> waiting.update("maker", "id=eq.2", "{\"country\":\"IT\"}"));
			assertThat(refused.code()).isEqualTo("55P03");
			assertThat(refused.status()).isEqualTo(409);
			assertThat(refused.hint()).contains("nothing was changed");
			other.rollback();
		}
	}

	@Test
	void whatTakesTooLongIsCancelled() {
		DataSettings hasty = new DataSettings(10_000, Duration.ofMillis(50), Duration.ofSeconds(2), false);
		Rig rushed = Rig.of(database.dataSource(), new PrivilegeAccessPolicy(false), hasty);
		database.execute("CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS "
				+ "$$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$;"
				+ "CREATE TRIGGER linger BEFORE INSERT ON tree FOR EACH ROW EXECUTE FUNCTION linger()");
		try {
			Problem refused = problem(() -> rushed.insert("tree", "{\"id\":50}"));
			assertThat(refused.code()).isEqualTo("57014");
			assertThat(refused.status()).isEqualTo(504);
			assertThat(refused.hint()).isNotNull();
		}
		finally {
			database.execute("DROP FUNCTION linger CASCADE");
		}
	}

	@Test
	void oneOfTwoThatWaitForEachOtherIsToldToTryAgain() throws Exception {
		database.execute("CREATE FUNCTION crosswise() RETURNS trigger LANGUAGE plpgsql AS "
				+ "$$ BEGIN PERFORM pg_advisory_xact_lock(77); PERFORM pg_advisory_xact_lock(78); RETURN NEW; END $$;"
				+ "CREATE TRIGGER crosswise BEFORE INSERT ON pair FOR EACH ROW EXECUTE FUNCTION crosswise()");
		DataSettings patient = new DataSettings(10_000, Duration.ofSeconds(30), Duration.ofSeconds(30), false);
		Rig writing = Rig.of(database.dataSource(), new PrivilegeAccessPolicy(false), patient);
		ExecutorService thread = Executors.newSingleThreadExecutor();
		CountDownLatch locked = new CountDownLatch(1);
		try (Connection other = database.dataSource().getConnection(); Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			// Only the one who looks first finds out, and that has to be the writer.
			statement.execute("SET LOCAL deadlock_timeout = '30s'; SELECT pg_advisory_xact_lock(78)");
			Future<Problem> refused = thread.submit(() -> {
				locked.countDown();
				return problem(() -> writing.insert("pair", "{\"a\":5,\"b\":5}"));
			});
			locked.await();
			while (waiting() == 0) {
				Thread.onSpinWait();
			}
			statement.execute("SELECT pg_advisory_xact_lock(77)");
			assertThat(refused.get().code()).isEqualTo("40P01");
			assertThat(refused.get().status()).isEqualTo(409);
			assertThat(refused.get().hint()).contains("send the request again");
			other.rollback();
		}
		finally {
			thread.shutdownNow();
			database.execute("DROP FUNCTION crosswise CASCADE");
		}
	}

	private static int waiting() {
		return database.jdbc()
			.sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
			.query(Integer.class)
			.single();
	}

	private static Violation violation(Problem problem) {
		assertThat(problem.violation()).as(problem.toString()).isNotNull();
		return problem.violation();
	}

}
