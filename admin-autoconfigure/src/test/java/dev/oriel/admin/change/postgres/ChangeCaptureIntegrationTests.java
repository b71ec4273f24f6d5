package dev.oriel.admin.change.postgres;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeEvent.Operation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.PGConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link OutboxChangeSource} and the triggers that {@link TriggerInstaller}
 * puts on tables.
 */
class ChangeCaptureIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private static final RelationName ITEM = new RelationName("public", "item");

	private static final RelationName LINE = new RelationName("public", "li\"ne$oriel$");

	private static final RelationName LOG = new RelationName("public", "log");

	private static final RelationName MEASURE = new RelationName("public", "measure");

	private static TriggerInstaller installer;

	private final Recorder recorder = new Recorder();

	private OutboxChangeSource source;

	@BeforeAll
	static void install() throws SQLException {
		database.execute(
				"""
						CREATE TABLE item (id int PRIMARY KEY, name text);
						CREATE TABLE "li""ne$oriel$" ("or der" int, "n$oriel$o" timestamptz, PRIMARY KEY ("n$oriel$o", "or der"));
						CREATE TABLE log (message text);
						CREATE TABLE measure (id int, at int, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
						CREATE TABLE measure_1 PARTITION OF measure FOR VALUES FROM (0) TO (10);
						CREATE TABLE measure_2 PARTITION OF measure FOR VALUES FROM (10) TO (20);
						CREATE ROLE writer LOGIN PASSWORD 'writer';
						GRANT INSERT ON item TO writer;
						""");
		OutboxSchema.create(database.dataSource());
		OutboxSchema.create(database.dataSource());
		installer = new TriggerInstaller(database.dataSource(), new PostgresSchemaSource(database.dataSource(),
				new ReflectionSettings(List.of(), List.of(), List.of())));
		for (RelationName table : List.of(ITEM, LINE, LOG, MEASURE)) {
			installer.install(table);
		}
	}

	@AfterAll
	static void dropRole() {
		database.execute("DROP OWNED BY writer; DROP ROLE writer");
	}

	@BeforeEach
	void start() {
		database.execute("TRUNCATE item, \"li\"\"ne$oriel$\", log, measure");
		this.source = new OutboxChangeSource(ChangeCaptureIntegrationTests::open, true);
	}

	private static Connection open() throws SQLException {
		return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
	}

	private void watch(RelationName... relations) {
		this.source.watch(Set.of(relations));
		this.source.start(this.recorder);
		await().until(() -> this.source.isAvailable());
		this.recorder.events.clear();
	}

	@AfterEach
	void stop() {
		this.source.stop();
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
	void statementWithoutRowsIsNotTold() {
		watch(ITEM, LOG);
		database.execute("UPDATE item SET name = 'c'; DELETE FROM item; INSERT INTO item SELECT 1, 'a' WHERE false");
		database.execute("INSERT INTO log VALUES ('end')");
		await().until(() -> this.recorder.events.size() == 1);
		assertThat(this.recorder.events.get(0).relation()).isEqualTo(LOG);
	}

	@Test
	void keyOfAnyNameAndTypeIsToldInTheOrderOfTheKey() {
		watch(LINE);
		database.execute("SET TimeZone = 'Asia/Tokyo'; SET DateStyle = 'German'; INSERT INTO \"li\"\"ne$oriel$\" "
				+ "VALUES (5, '2024-02-03 04:05:06.789+00'); RESET ALL");
		await().until(() -> this.recorder.keys().equals(Set.of("2024-02-03 04:05:06.789+00,5")));
	}

	@Test
	void tableWithoutKeyTellsThatAnyRowMayHaveChanged() {
		watch(LOG);
		database.execute("INSERT INTO log VALUES ('a')");
		await().until(() -> this.recorder.events.size() == 1);
		assertThat(this.recorder.events.get(0).bulk()).isTrue();
	}

	@Test
	void writesToRootAndPartitionAreToldAsTheRoots() {
		watch(MEASURE);
		database.execute("INSERT INTO measure VALUES (1, 1), (2, 11)");
		await().until(() -> this.recorder.keys().equals(Set.of("1,1", "2,11")));
		database.execute("DELETE FROM measure_2");
		await().until(() -> this.recorder.events.size() == 2);
		assertThat(this.recorder.events).allMatch((event) -> event.relation().equals(MEASURE));
	}

	@Test
	void newPartitionMakesTriggersIncompleteUntilInstalledAgain() throws SQLException {
		database.execute("CREATE TABLE measure_3 PARTITION OF measure FOR VALUES FROM (20) TO (30)");
		assertThat(installer.status().get(MEASURE).state()).isEqualTo(TriggerStatus.State.INCOMPLETE);
		installer.install(MEASURE);
		assertThat(installer.status().get(MEASURE).state()).isEqualTo(TriggerStatus.State.INSTALLED);
		database.execute("DROP TABLE measure_3");
	}

	@Test
	void manyRowsBecomeOneMark() {
		watch(ITEM);
		database.execute("INSERT INTO item SELECT n, 'x' FROM generate_series(1, 5000) AS n");
		await().until(() -> this.recorder.events.size() == 1);
		assertThat(this.recorder.events.get(0)).extracting(ChangeEvent::operation, ChangeEvent::bulk)
			.containsExactly(Operation.ANY, true);
	}

	@Test
	void manyStatementsOfOneTransactionEndInOneMark() throws Exception {
		watch(ITEM);
		try (Connection connection = open(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			for (int i = 0; i < 500; i++) {
				statement.execute("INSERT INTO item VALUES (" + i + ", 'x')");
			}
			connection.commit();
		}
		await().until(() -> this.recorder.events.stream().anyMatch(ChangeEvent::bulk));
		assertThat(this.recorder.events).hasSize(41);
	}

	@Test
	void rolledBackSavepointDoesNotSilenceWhatComesAfter() throws Exception {
		watch(ITEM);
		try (Connection connection = open(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("SAVEPOINT s");
			statement.execute("INSERT INTO item SELECT n, 'x' FROM generate_series(1, 2000) AS n");
			statement.execute("ROLLBACK TO SAVEPOINT s");
			statement.execute("INSERT INTO item VALUES (1, 'y')");
			connection.commit();
		}
		await().until(() -> this.recorder.keys().equals(Set.of("1")));
	}

	@Test
	void rolledBackTransactionIsNotTold() throws Exception {
		watch(ITEM);
		try (Connection connection = open(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("INSERT INTO item VALUES (1, 'y')");
			connection.rollback();
		}
		database.execute("INSERT INTO item VALUES (2, 'y')");
		await().until(() -> this.recorder.keys().equals(Set.of("2")));
	}

	@Test
	void longTransactionNeitherHidesNorDelaysOthers() throws Exception {
		watch(ITEM);
		try (Connection slow = open(); Statement statement = slow.createStatement()) {
			slow.setAutoCommit(false);
			statement.execute("INSERT INTO item VALUES (0, 'slow')");
			for (int i = 1; i <= 20; i++) {
				database.execute("INSERT INTO item VALUES (" + i + ", 'fast')");
			}
			await().until(() -> this.recorder.keys().size() == 20);
			slow.commit();
		}
		await().until(() -> this.recorder.keys().contains("0"));
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
	void changesDuringALostConnectionAreToldAfterwards() {
		watch(ITEM);
		int resyncs = this.recorder.resyncs.get();
		database.jdbc()
			.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'oriel-listener' "
					+ "AND datname = current_database()")
			.query()
			.listOfRows();
		database.execute("INSERT INTO item VALUES (1, 'while away')");
		await().atMost(Duration.ofSeconds(5)).until(() -> this.recorder.keys().contains("1"));
		assertThat(this.recorder.resyncs).hasValue(resyncs);
	}

	@Test
	void otherEpochMeansThatAnythingMayHaveChanged() {
		watch(ITEM);
		int resyncs = this.recorder.resyncs.get();
		database.execute("DELETE FROM oriel.outbox_state");
		database.jdbc()
			.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'oriel-listener' "
					+ "AND datname = current_database()")
			.query()
			.listOfRows();
		await().atMost(Duration.ofSeconds(5)).until(() -> this.recorder.resyncs.get() > resyncs);
	}

	@Test
	void transactionFromBeforeTheReaderCameIsMadeUpFor() throws Exception {
		database.execute("DELETE FROM oriel.outbox_state");
		try (Connection early = open(); Statement statement = early.createStatement()) {
			early.setAutoCommit(false);
			statement.execute("INSERT INTO item VALUES (1, 'unheard')");
			watch(ITEM);
			int resyncs = this.recorder.resyncs.get();
			early.commit();
			await().until(() -> this.recorder.resyncs.get() > resyncs);
		}
	}

	@Test
	void nothingIsWrittenWhileNobodyReads() {
		database.execute("DELETE FROM oriel.outbox_state; DELETE FROM oriel.outbox");
		database.execute("INSERT INTO item VALUES (1, 'a')");
		assertThat(database.jdbc().sql("SELECT count(*) FROM oriel.outbox").query(Long.class).single()).isZero();
		database.execute("INSERT INTO oriel.outbox_state (seen) VALUES (now())");
		database.execute("INSERT INTO item VALUES (2, 'a')");
		assertThat(database.jdbc().sql("SELECT count(*) FROM oriel.outbox").query(Long.class).single()).isOne();
	}

	@Test
	void roleWithoutAnyRightInOurSchemaIsToldToo() throws Exception {
		watch(ITEM);
		try (Connection connection = database.dataSource("writer", "writer").getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("INSERT INTO item VALUES (1, 'by another role')");
		}
		await().until(() -> this.recorder.keys().contains("1"));
	}

	@Test
	void writesSucceedWhateverIsWrongWithTheOutbox() throws Exception {
		database.execute("INSERT INTO oriel.outbox_state (seen) VALUES (now()) ON CONFLICT DO NOTHING");
		for (String damage : List.of("DROP TABLE oriel.outbox", "DROP TABLE oriel.outbox_state",
				"ALTER TABLE oriel.outbox DROP COLUMN keys", "ALTER TABLE oriel.outbox ADD CHECK (false) NOT VALID",
				"SET LOCAL oriel.entries = 'nonsense'", "ALTER TABLE item RENAME COLUMN id TO number")) {
			try (Connection connection = open(); Statement statement = connection.createStatement()) {
				connection.setAutoCommit(false);
				statement.execute(damage);
				statement.execute("INSERT INTO item VALUES (1, 'a')");
				statement.execute("UPDATE item SET name = 'b'");
				statement.execute("DELETE FROM item");
				statement.execute("TRUNCATE item");
				connection.rollback();
			}
		}
		try (Connection connection = open(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("DROP SCHEMA oriel CASCADE");
			statement.execute("INSERT INTO item VALUES (1, 'a')");
			connection.rollback();
		}
	}

	@Test
	void renamedKeyColumnMakesTriggersOutdated() throws SQLException {
		database.execute("CREATE TABLE renamed (id int PRIMARY KEY)");
		RelationName renamed = new RelationName("public", "renamed");
		PostgresSchemaSource schema = new PostgresSchemaSource(database.dataSource(),
				new ReflectionSettings(List.of(), List.of(), List.of()));
		TriggerInstaller fresh = new TriggerInstaller(database.dataSource(), schema);
		fresh.install(renamed);
		database.execute("ALTER TABLE renamed RENAME COLUMN id TO number");
		schema.refresh();
		assertThat(fresh.status().get(renamed).state()).isEqualTo(TriggerStatus.State.OUTDATED);
		fresh.install(renamed);
		assertThat(fresh.status().get(renamed).state()).isEqualTo(TriggerStatus.State.INSTALLED);
		fresh.remove(renamed);
		assertThat(fresh.status().get(renamed).state()).isEqualTo(TriggerStatus.State.ABSENT);
		database.execute("DROP TABLE renamed");
	}

	@Test
	void disabledTriggerIsNoticed() throws SQLException {
		database.execute("ALTER TABLE log DISABLE TRIGGER oriel_capture_update");
		assertThat(installer.status().get(LOG).state()).isEqualTo(TriggerStatus.State.INCOMPLETE);
		installer.install(LOG);
		assertThat(installer.status().get(LOG).state()).isEqualTo(TriggerStatus.State.INSTALLED);
	}

	@Test
	void busyTableIsNotWaitedFor() throws Exception {
		database.execute("CREATE TABLE busy (id int PRIMARY KEY)");
		TriggerInstaller fresh = new TriggerInstaller(database.dataSource(), new PostgresSchemaSource(
				database.dataSource(), new ReflectionSettings(List.of(), List.of(), List.of())));
		try (Connection connection = open(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("INSERT INTO busy VALUES (1)");
			assertThatExceptionOfType(TriggerException.class)
				.isThrownBy(() -> fresh.install(new RelationName("public", "busy")))
				.matches(TriggerException::isBusy)
				.withMessageContaining("in use");
			connection.rollback();
		}
		database.execute("DROP TABLE busy");
	}

	@Test
	void shownStatementsCanBeRunAsTheyAre() throws SQLException {
		installer.remove(LINE);
		database.execute(installer.sql(LINE));
		assertThat(installer.status().get(LINE).state()).isEqualTo(TriggerStatus.State.INSTALLED);
	}

	@Test
	void outboxThatSomebodyElseMadeNeedsNoRightToCreateOne() {
		assertThatNoException().isThrownBy(() -> OutboxSchema.create(database.dataSource("writer", "writer")));
	}

	@Test
	void stopsWithinTwoSeconds() {
		watch(ITEM);
		long start = System.nanoTime();
		this.source.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
	}

	@Test
	void oldEntriesAreCleanedOnlyBelowTheHorizon() throws Exception {
		database.execute("INSERT INTO oriel.outbox_state (seen) VALUES (now()) ON CONFLICT DO NOTHING");
		database.execute("INSERT INTO item VALUES (1, 'a')");
		try (Connection connection = open()) {
			Outbox outbox = new Outbox(connection);
			long horizon = outbox.snapshot().xmin();
			database.execute("INSERT INTO item VALUES (2, 'a')");
			outbox.clean(horizon);
		}
		assertThat(database.jdbc().sql("SELECT keys::text FROM oriel.outbox").query(String.class).list())
			.containsExactly("[[\"2\"]]");
	}

}
