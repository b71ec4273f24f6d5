package dev.oriel.admin.change.wal;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeEvent.Operation;
import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.SourceStatus;
import dev.oriel.admin.change.postgres.Recorder;
import dev.oriel.admin.change.postgres.TransactionSnapshot;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.testing.PostgresDatabase;
import dev.oriel.admin.testing.TcpProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WalCapture}.
 */
class WalCaptureIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.logical();

	private static final RelationName ITEM = new RelationName("public", "item");

	private static final RelationName LINE = new RelationName("public", "li\"ne");

	private static final RelationName LOG = new RelationName("public", "log");

	private static final RelationName MEASURE = new RelationName("public", "measure");

	private static final RelationName SECRET = new RelationName("public", "secret");

	private final Recorder recorder = new Recorder();

	private PostgresSchemaSource schema;

	private WalCapture capture;

	@BeforeAll
	static void create() {
		database.execute("""
				CREATE TABLE item (id int PRIMARY KEY, name text);
				CREATE TABLE "li""ne" ("or der" int, filler text, at timestamptz, PRIMARY KEY (at, "or der"));
				CREATE TABLE log (message text);
				CREATE TABLE secret (id int PRIMARY KEY);
				CREATE TABLE measure (id int, at int, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
				CREATE TABLE measure_1 PARTITION OF measure FOR VALUES FROM (0) TO (10);
				CREATE TABLE measure_2 (at int, id int, PRIMARY KEY (id, at));
				ALTER TABLE measure ATTACH PARTITION measure_2 FOR VALUES FROM (10) TO (20);
				""");
	}

	@BeforeEach
	void start() {
		database.execute("TRUNCATE item, \"li\"\"ne\", log, measure, secret");
		this.schema = new PostgresSchemaSource(database.dataSource(),
				new ReflectionSettings(List.of(), List.of(), List.of("public.secret")));
		this.capture = capture(new WalSettings(null, true));
	}

	private WalCapture capture(WalSettings settings) {
		return new WalCapture(database.dataSource(), WalCaptureIntegrationTests::open,
				WalCaptureIntegrationTests::openReplication, this.schema, settings);
	}

	static Connection open() throws SQLException {
		return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
	}

	static Connection openReplication() throws SQLException {
		return openReplication(database.jdbcUrl(), database.username(), database.password());
	}

	static Connection openReplication(String url, String user, String password) throws SQLException {
		Properties properties = new Properties();
		properties.put("user", user);
		properties.put("password", password);
		properties.put("replication", "database");
		properties.put("preferQueryMode", "simple");
		properties.put("assumeMinServerVersion", "10");
		return DriverManager.getConnection(url, properties);
	}

	private void watch(RelationName... relations) {
		this.capture.watch(Set.of(relations));
		this.capture.start(this.recorder);
		awaitStart();
	}

	private void awaitStart() {
		await().until(() -> this.capture.mode() == LiveMode.WAL && this.recorder.resyncs.get() > 0);
		this.recorder.events.clear();
	}

	@AfterEach
	void stop() {
		this.capture.stop();
		await().until(() -> slots() == 0);
		assertThat(Thread.getAllStackTraces().keySet()).noneMatch((thread) -> thread.getName().startsWith("oriel-wal"));
		database.execute("DROP PUBLICATION IF EXISTS oriel, given");
	}

	private static long slots() {
		return database.jdbc()
			.sql("SELECT count(*) FROM pg_replication_slots WHERE database = current_database()")
			.query(Long.class)
			.single();
	}

	@Test
	void everyKindOfStatementTellsItsKeys() {
		watch(ITEM);
		database.execute("INSERT INTO item VALUES (1, 'a'), (2, 'b')");
		await().until(() -> this.recorder.events.size() == 1);
		assertThat(this.recorder.events.get(0)).extracting(ChangeEvent::operation, ChangeEvent::keys, ChangeEvent::bulk)
			.containsExactly(Operation.INSERT, List.of(List.of("1"), List.of("2")), false);
		database.execute("UPDATE item SET name = 'c' WHERE id = 1");
		await().until(() -> this.recorder.events.size() == 2);
		assertThat(this.recorder.events.get(1)).extracting(ChangeEvent::operation, ChangeEvent::keys)
			.containsExactly(Operation.UPDATE, List.of(List.of("1")));
		database.execute("DELETE FROM item WHERE id = 2");
		await().until(() -> this.recorder.events.size() == 3);
		assertThat(this.recorder.events.get(2)).extracting(ChangeEvent::operation, ChangeEvent::keys)
			.containsExactly(Operation.DELETE, List.of(List.of("2")));
		database.execute("TRUNCATE item");
		await().until(() -> this.recorder.events.size() == 4);
		assertThat(this.recorder.events.get(3)).extracting(ChangeEvent::operation, ChangeEvent::bulk)
			.containsExactly(Operation.TRUNCATE, true);
	}

	@Test
	void changedKeyIsToldBeforeAndAfter() {
		database.execute("INSERT INTO item VALUES (1, 'a')");
		watch(ITEM);
		database.execute("UPDATE item SET id = 7");
		await().until(() -> this.recorder.keys().equals(Set.of("1", "7")));
	}

	@Test
	void transactionIsToldByItsWholeNumber() throws SQLException {
		watch(ITEM);
		String number;
		try (Connection connection = open(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("INSERT INTO item VALUES (1, 'a')");
			try (var row = statement.executeQuery("SELECT pg_current_xact_id()::text")) {
				row.next();
				number = row.getString(1);
			}
			connection.commit();
		}
		await().until(() -> this.recorder.events.size() == 1);
		assertThat(this.recorder.events.get(0).transaction()).isEqualTo(number);
	}

	@Test
	void changeIsToldOnlyWhenItIsVisible() throws Exception {
		watch(ITEM);
		try (Connection connection = open()) {
			for (int i = 0; i < 200; i++) {
				database.execute("INSERT INTO item VALUES (" + i + ", 'a')");
				int told = i + 1;
				await().pollInterval(Duration.ofMillis(1)).until(() -> this.recorder.events.size() == told);
				long transaction = Long.parseUnsignedLong(this.recorder.events.get(i).transaction());
				assertThat(TransactionSnapshot.current(connection).sees(transaction)).isTrue();
			}
		}
	}

	@Test
	void upsertAndCopyAreTold() throws Exception {
		database.execute("INSERT INTO item VALUES (1, 'a')");
		watch(ITEM);
		database
			.execute("INSERT INTO item VALUES (1, 'b'), (2, 'c') ON CONFLICT (id) DO UPDATE SET name = excluded.name");
		await().until(() -> this.recorder.keys().equals(Set.of("1", "2")));
		try (Connection connection = open()) {
			connection.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyIn("COPY item FROM STDIN", new StringReader("3\tx\n4\ty\n"));
		}
		await().until(() -> this.recorder.keys().containsAll(Set.of("3", "4")));
	}

	@Test
	void keyOfAnyNameAndTypeIsToldInTheOrderOfTheKey() {
		watch(LINE);
		database.execute("SET TimeZone = 'Asia/Tokyo'; SET DateStyle = 'German'; INSERT INTO \"li\"\"ne\" "
				+ "VALUES (5, 'x', '2024-02-03 04:05:06.789+00'); RESET ALL");
		await().until(() -> this.recorder.keys().equals(Set.of("2024-02-03 04:05:06.789+00,5")));
	}

	@Test
	void longValuesThatDidNotChangeDoNotMatter() {
		database.execute("ALTER TABLE item ALTER name SET STORAGE EXTERNAL;"
				+ "INSERT INTO item VALUES (1, repeat('long', 100000)), (2, NULL)");
		watch(ITEM);
		database.execute("UPDATE item SET id = id + 10");
		await().until(() -> this.recorder.keys().equals(Set.of("1", "2", "11", "12")));
	}

	@Test
	void writesToRootAndPartitionAreToldAsTheRoots() {
		watch(MEASURE);
		database.execute("INSERT INTO measure VALUES (1, 1), (2, 11)");
		await().until(() -> this.recorder.keys().equals(Set.of("1,1", "2,11")));
		database.execute("UPDATE measure SET at = at + 10 WHERE id = 1");
		await().until(() -> this.recorder.keys().contains("1,11"));
		this.recorder.events.clear();
		database.execute("TRUNCATE measure_2");
		await().until(() -> !this.recorder.events.isEmpty());
		assertThat(this.recorder.events).extracting(ChangeEvent::relation, ChangeEvent::operation)
			.containsOnly(org.assertj.core.groups.Tuple.tuple(MEASURE, Operation.TRUNCATE));
	}

	@Test
	void newPartitionIsToldAtOnce() {
		watch(MEASURE);
		for (int i = 0; i < 50; i++) {
			this.recorder.events.clear();
			database.execute("CREATE TABLE measure_3 PARTITION OF measure FOR VALUES FROM (20) TO (30);"
					+ "INSERT INTO measure VALUES (3, 21)");
			// Its name may be known too late for its keys.
			await().pollInterval(Duration.ofMillis(1)).until(() -> !this.recorder.events.isEmpty());
			assertThat(this.recorder.events).allMatch((event) -> event.relation().equals(MEASURE));
			database.execute("INSERT INTO measure VALUES (4, 21)");
			await().pollInterval(Duration.ofMillis(1)).until(() -> this.recorder.keys().contains("4,21"));
			database.execute("DROP TABLE measure_3");
		}
	}

	@Test
	void manyRowsBecomeOneMark() {
		watch(ITEM);
		database.execute("INSERT INTO item SELECT n, 'x' FROM generate_series(1, 100000) AS n");
		await().atMost(Duration.ofSeconds(20)).until(() -> !this.recorder.events.isEmpty());
		database.execute("UPDATE item SET name = 'y' WHERE id = 1");
		await().until(() -> this.recorder.keys().equals(Set.of("1")));
		assertThat(this.recorder.events).hasSize(2);
		assertThat(this.recorder.events.get(0)).extracting(ChangeEvent::operation, ChangeEvent::bulk)
			.containsExactly(Operation.ANY, true);
	}

	@Test
	void manyStatementsOfOneTransactionAreToldTogether() throws Exception {
		watch(ITEM);
		try (Connection connection = open(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			for (int i = 0; i < 500; i++) {
				statement.execute("INSERT INTO item VALUES (" + i + ", 'x')");
			}
			connection.commit();
		}
		await().until(() -> this.recorder.keys().size() == 500);
		assertThat(this.recorder.events).hasSize(1);
	}

	@Test
	void whatWasRolledBackIsNotTold() throws Exception {
		watch(ITEM);
		try (Connection connection = open(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("INSERT INTO item VALUES (1, 'y')");
			connection.rollback();
			statement.execute("SAVEPOINT s");
			statement.execute("INSERT INTO item SELECT n, 'x' FROM generate_series(1, 2000) AS n");
			statement.execute("ROLLBACK TO SAVEPOINT s");
			statement.execute("SAVEPOINT t");
			statement.execute("INSERT INTO item VALUES (2, 'y')");
			statement.execute("RELEASE SAVEPOINT t");
			connection.commit();
		}
		await().until(() -> this.recorder.keys().equals(Set.of("2")));
	}

	@Test
	void nothingIsLostBetweenManyWriters() throws Exception {
		watch(ITEM);
		List<Thread> writers = IntStream.range(0, 6).mapToObj((writer) -> new Thread(() -> write(writer))).toList();
		writers.forEach(Thread::start);
		for (Thread writer : writers) {
			writer.join();
		}
		Set<String> expected = Set.copyOf(IntStream.range(0, 600).mapToObj(Integer::toString).toList());
		await().untilAsserted(() -> assertThat(this.recorder.keys()).isEqualTo(expected));
	}

	private static void write(int writer) {
		try (Connection connection = open(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			for (int i = 0; i < 100; i++) {
				statement.execute("INSERT INTO item VALUES (" + (writer * 100 + i) + ", 'x')");
				if (i % (writer + 1) == 0) {
					connection.commit();
				}
			}
			connection.commit();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void lostConnectionMeansThatAnythingMayHaveChanged() {
		watch(ITEM);
		for (String backend : List.of("SELECT active_pid FROM pg_replication_slots WHERE database = current_database()",
				"SELECT pid FROM pg_stat_activity WHERE application_name = 'oriel-wal' "
						+ "AND datname = current_database()")) {
			int resyncs = this.recorder.resyncs.get();
			database.jdbc().sql("SELECT pg_terminate_backend((" + backend + "))").query().listOfRows();
			await().until(() -> this.recorder.resyncs.get() > resyncs);
			assertThat(this.capture.mode()).isEqualTo(LiveMode.WAL);
			this.recorder.events.clear();
			database.execute("DELETE FROM item; INSERT INTO item VALUES (1, 'back')");
			await().until(() -> this.recorder.keys().contains("1"));
			assertThat(slots()).isOne();
		}
	}

	@Test
	void unwatchedAndHiddenTablesAreNotTold() {
		watch(ITEM);
		database
			.execute("INSERT INTO measure VALUES (1, 1); INSERT INTO secret VALUES (1); INSERT INTO log VALUES ('a')");
		database.execute("INSERT INTO item VALUES (1, 'end')");
		await().until(() -> this.recorder.keys().contains("1"));
		assertThat(this.recorder.events).extracting(ChangeEvent::relation).containsOnly(ITEM);
	}

	@Test
	void publicationHasTheTablesThatCanBeInItWithoutHarm() throws SQLException {
		database.execute(
				"""
						CREATE UNLOGGED TABLE unlogged (id int PRIMARY KEY);
						CREATE TABLE deferred (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED);
						CREATE TABLE computed (a int, id int GENERATED ALWAYS AS (a + 1) STORED PRIMARY KEY);
						CREATE TABLE whole (message text); ALTER TABLE whole REPLICA IDENTITY FULL;
						CREATE TABLE chosen (id int NOT NULL UNIQUE); ALTER TABLE chosen REPLICA IDENTITY USING INDEX chosen_id_key;
						CREATE TABLE nothing (id int PRIMARY KEY); ALTER TABLE nothing REPLICA IDENTITY NOTHING;
						CREATE TABLE empty (id int PRIMARY KEY) PARTITION BY RANGE (id);
						""");
		this.schema.refresh();
		watch(ITEM);
		assertThat(this.capture.captured()).containsExactlyInAnyOrder(ITEM, LINE, MEASURE, name("whole"),
				name("chosen"));
		assertThatNoException().isThrownBy(() -> database.execute("""
				INSERT INTO log VALUES ('a'); UPDATE log SET message = 'b'; DELETE FROM log;
				INSERT INTO deferred VALUES (1); UPDATE deferred SET id = 2; DELETE FROM deferred;
				INSERT INTO computed VALUES (1); UPDATE computed SET a = 2; DELETE FROM computed;
				INSERT INTO whole VALUES ('a'); UPDATE whole SET message = 'b'; DELETE FROM whole;
				INSERT INTO chosen VALUES (1); UPDATE chosen SET id = 2; DELETE FROM chosen;
				INSERT INTO nothing VALUES (1); UPDATE nothing SET id = 2; DELETE FROM nothing;
				"""));
		database.execute("DROP TABLE unlogged, deferred, computed, whole, chosen, nothing, empty");
	}

	@Test
	void keyThatTheLogDoesNotHoldIsAnyRow() {
		database.execute("CREATE TABLE other (id int PRIMARY KEY, code text NOT NULL UNIQUE);"
				+ "ALTER TABLE other REPLICA IDENTITY USING INDEX other_code_key;"
				+ "CREATE TABLE whole (message text); ALTER TABLE whole REPLICA IDENTITY FULL");
		this.schema.refresh();
		watch(name("other"), name("whole"));
		database.execute("INSERT INTO other VALUES (1, 'a'), (2, 'b')");
		await().until(() -> this.recorder.keys().equals(Set.of("1", "2")));
		this.recorder.events.clear();
		for (String sql : List.of("UPDATE other SET id = 3 WHERE id = 1", "DELETE FROM other WHERE id = 2",
				"INSERT INTO whole VALUES ('a')", "UPDATE whole SET message = 'b'", "DELETE FROM whole")) {
			database.execute(sql);
			await().until(() -> !this.recorder.events.isEmpty());
			assertThat(this.recorder.events).allMatch(ChangeEvent::bulk);
			this.recorder.events.clear();
		}
		database.execute("DROP TABLE other, whole");
	}

	@Test
	void tableThatLostItsKeyIsTakenOut() throws SQLException {
		database.execute("CREATE TABLE losing (id int PRIMARY KEY)");
		this.schema.refresh();
		watch(ITEM);
		assertThat(this.capture.captured()).contains(name("losing"));
		database.execute("ALTER TABLE losing DROP CONSTRAINT losing_pkey; INSERT INTO losing VALUES (1)");
		assertThat(this.capture.captured()).doesNotContain(name("losing"));
		assertThatNoException().isThrownBy(() -> database.execute("UPDATE losing SET id = 2"));
		database.execute("DROP TABLE losing");
	}

	@Test
	void tableThatComesLaterIsTold() throws SQLException {
		watch(ITEM);
		int resyncs = this.recorder.resyncs.get();
		database.execute("CREATE TABLE late (id int PRIMARY KEY)");
		this.schema.refresh();
		this.capture.watch(Set.of(ITEM, name("late")));
		assertThat(this.capture.captured()).contains(name("late"));
		await().until(() -> this.recorder.resyncs.get() > resyncs);
		database.execute("INSERT INTO late VALUES (1)");
		await().until(() -> this.recorder.keys().contains("1"));
		database.execute("ALTER TABLE late RENAME COLUMN id TO number; ALTER TABLE late RENAME TO later");
		this.schema.refresh();
		this.capture.watch(Set.of(name("later")));
		database.execute("INSERT INTO later VALUES (2)");
		await().until(() -> this.recorder.keys().contains("2"));
		database.execute("DROP TABLE later");
	}

	@Test
	void givenPublicationIsUsedAsItIs() throws SQLException {
		database.execute("CREATE PUBLICATION given FOR TABLE item");
		this.capture = capture(new WalSettings("given", true));
		watch(ITEM);
		assertThat(this.capture.captured()).containsExactly(ITEM);
		database.execute("INSERT INTO item VALUES (1, 'a')");
		await().until(() -> this.recorder.keys().contains("1"));
	}

	@Test
	void tableOfWhichOnlySomeRowsArePublishedIsNotFollowed() throws SQLException {
		assumeThat(database.jdbc().sql("SHOW server_version_num").query(Integer.class).single())
			.as("publications of some rows are there since PostgreSQL 15")
			.isGreaterThanOrEqualTo(150_000);
		database.execute("CREATE PUBLICATION given FOR TABLE measure, item WHERE (id > 5)");
		this.capture = capture(new WalSettings("given", true));
		watch(ITEM);
		assertThat(this.capture.captured()).containsExactly(MEASURE);
	}

	@Test
	void transactionThatWaitsForAStandbyIsToldWhenItIsVisible() throws Exception {
		watch(ITEM);
		database.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
		Thread writer = new Thread(() -> database.execute("INSERT INTO item VALUES (1, 'waits')"));
		try (Connection connection = open(); Statement statement = connection.createStatement()) {
			statement.execute("SET synchronous_commit = local");
			statement.execute("SELECT pg_reload_conf()");
			await().until(() -> database.jdbc()
				.sql("SELECT current_setting('synchronous_standby_names')")
				.query(String.class)
				.single()
				.equals("nobody"));
			writer.start();
			await().until(() -> database.jdbc()
				.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
				.query(Long.class)
				.single() == 1);
			statement.execute("INSERT INTO item VALUES (2, 'does not')");
			await().until(() -> this.recorder.keys().contains("2"));
			assertThat(this.recorder.keys()).doesNotContain("1");
		}
		finally {
			database.execute("ALTER SYSTEM RESET synchronous_standby_names");
			database.execute("SELECT pg_reload_conf()");
		}
		await().until(() -> this.recorder.keys().contains("1"));
		writer.join();
	}

	@Test
	void publicationOfEverythingByRootLacksPartitionedTables() throws SQLException {
		database.execute("CREATE PUBLICATION given FOR ALL TABLES WITH (publish_via_partition_root = true)");
		this.capture = capture(new WalSettings("given", false));
		watch(ITEM);
		assertThat(this.capture.captured()).contains(ITEM, LINE, LOG, SECRET).doesNotContain(MEASURE);
		database.execute("INSERT INTO measure VALUES (1, 1); INSERT INTO item VALUES (1, 'a')");
		await().until(() -> this.recorder.keys().contains("1"));
	}

	@Test
	void twoNodesTellTheSame() {
		watch(ITEM);
		Recorder other = new Recorder();
		WalCapture second = capture(new WalSettings(null, true));
		second.watch(Set.of(ITEM));
		second.start(other);
		await().until(() -> second.mode() == LiveMode.WAL && other.resyncs.get() > 0);
		assertThat(slots()).isEqualTo(2);
		database.execute("INSERT INTO item VALUES (1, 'a')");
		await().until(() -> this.recorder.keys().contains("1") && other.keys().contains("1"));
		second.stop();
		await().until(() -> slots() == 1);
		database.execute("INSERT INTO item VALUES (2, 'a')");
		await().until(() -> this.recorder.keys().contains("2"));
	}

	@Test
	void longTransactionHoldsUpOnlyTheStart() throws Exception {
		try (Connection slow = open(); Statement statement = slow.createStatement()) {
			slow.setAutoCommit(false);
			statement.execute("INSERT INTO item VALUES (0, 'slow')");
			this.capture.watch(Set.of(ITEM));
			this.capture.start(this.recorder);
			await().until(() -> slots() == 1);
			assertThat(this.capture.mode()).isEqualTo(LiveMode.OFF);
			long start = System.nanoTime();
			this.capture.stop();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
			await().until(() -> slots() == 0);
			this.capture.start(this.recorder);
			await().until(() -> slots() == 1);
			assertThat(this.recorder.resyncs).hasValue(0);
			slow.commit();
		}
		awaitStart();
		try (Connection slow = open(); Statement statement = slow.createStatement()) {
			slow.setAutoCommit(false);
			statement.execute("INSERT INTO item VALUES (1, 'slow')");
			database.execute("INSERT INTO item VALUES (2, 'fast')");
			await().until(() -> this.recorder.keys().contains("2"));
			slow.commit();
		}
		await().until(() -> this.recorder.keys().contains("1"));
	}

	@Test
	void slotIsThereOnlyWhileSomebodyLooks() {
		this.capture = new WalCapture(database.dataSource(), WalCaptureIntegrationTests::open,
				WalCaptureIntegrationTests::openReplication, this.schema, new WalSettings(null, true), Duration.ZERO);
		this.capture.start(this.recorder);
		await().until(() -> this.capture.mode() == LiveMode.WAL);
		await().until(() -> slots() == 0 && this.capture.status().connection() == SourceStatus.Connection.UNUSED);
		assertThat(this.capture.mode()).isEqualTo(LiveMode.WAL);
		assertThat(sessions()).isZero();
		int resyncs = this.recorder.resyncs.get();
		this.capture.watch(Set.of(ITEM));
		await().until(() -> this.recorder.resyncs.get() > resyncs);
		assertThat(this.capture.status().connection()).isEqualTo(SourceStatus.Connection.OPEN);
		database.execute("INSERT INTO item VALUES (1, 'a')");
		await().until(() -> this.recorder.keys().contains("1"));
		this.capture.watch(Set.of());
		await().until(() -> slots() == 0);
	}

	private static long sessions() {
		return database.jdbc()
			.sql("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'oriel%' AND datname = current_database()")
			.query(Long.class)
			.single();
	}

	@Test
	void silentNetworkIsNoticed() throws Exception {
		Properties parsed = Driver.parseURL(database.jdbcUrl(), null);
		try (TcpProxy proxy = new TcpProxy(parsed.getProperty("PGHOST"),
				Integer.parseInt(parsed.getProperty("PGPORT")))) {
			String url = "jdbc:postgresql://localhost:%d/%s".formatted(proxy.port(), database.name());
			this.capture = new WalCapture(database.dataSource(), WalCaptureIntegrationTests::open,
					() -> openReplication(url, database.username(), database.password()), this.schema,
					new WalSettings(null, true));
			watch(ITEM);
			int resyncs = this.recorder.resyncs.get();
			proxy.silence();
			database.execute("INSERT INTO item VALUES (1, 'unheard')");
			await().atMost(Duration.ofSeconds(30)).until(() -> this.recorder.resyncs.get() > resyncs);
			database.execute("INSERT INTO item VALUES (2, 'heard')");
			await().until(() -> this.recorder.keys().contains("2"));
			// The server has noticed, too.
			await().atMost(Duration.ofSeconds(30)).until(() -> slots() == 1);
		}
	}

	@Test
	void eventsTellWhenTheyWereCommitted() {
		watch(ITEM);
		long before = System.nanoTime();
		database.execute("INSERT INTO item VALUES (1, 'a')");
		await().until(() -> !this.recorder.events.isEmpty());
		assertThat(this.recorder.events.get(0).committed()).isBetween(before, System.nanoTime());
	}

	@Test
	void stopsWithinTwoSecondsUnderLoad() {
		watch(ITEM);
		Thread writer = new Thread(() -> write(5));
		writer.start();
		await().until(() -> !this.recorder.events.isEmpty());
		long start = System.nanoTime();
		this.capture.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
		await().until(() -> slots() == 0 && !writer.isAlive());
	}

	@Test
	void logIsNotKeptForOneThatOnlyReads() {
		watch(ITEM);
		database.execute("INSERT INTO log SELECT repeat('x', 1000) FROM generate_series(1, 20000)");
		String written = database.jdbc().sql("SELECT pg_current_wal_flush_lsn()::text").query(String.class).single();
		await().atMost(Duration.ofSeconds(20)).until(() -> {
			// So that there is a position that the slot can move on to.
			database.execute("CHECKPOINT");
			return database.jdbc()
				.sql("SELECT restart_lsn >= ?::pg_lsn FROM pg_replication_slots WHERE database = current_database()")
				.param(written)
				.query(Boolean.class)
				.single();
		});
	}

	private static RelationName name(String table) {
		return new RelationName("public", table);
	}

}
