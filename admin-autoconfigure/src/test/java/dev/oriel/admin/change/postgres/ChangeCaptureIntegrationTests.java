package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeEvent.Operation;
import dev.oriel.admin.change.postgres.TriggerStatus.State;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link OutboxChangeSource} and the triggers that {@link TriggerInstaller}
 * puts on tables.
 */
class ChangeCaptureIntegrationTests implements CaptureContract {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private static final RelationName CHANGED = new RelationName("public", "changed");

	private static final RelationName PARENT = new RelationName("public", "parent");

	private static final RelationName HEIR = new RelationName("public", "heir");

	private static PostgresSchemaSource schema;

	private static TriggerInstaller installer;

	private final Recorder recorder = new Recorder();

	private OutboxChangeSource source;

	@BeforeAll
	static void install() throws SQLException {
		database.execute(TABLES);
		database.execute("CREATE ROLE writer LOGIN PASSWORD 'writer'; GRANT INSERT ON item TO writer");
		OutboxSchema.create(database.dataSource());
		OutboxSchema.create(database.dataSource());
		schema = new PostgresSchemaSource(database.dataSource(), ReflectionSettings.ALL);
		installer = new TriggerInstaller(database.dataSource(), schema);
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
		database.execute(TRUNCATE);
		this.source = new OutboxChangeSource(ChangeCaptureIntegrationTests::open, true, schema);
	}

	private static Connection open() throws SQLException {
		return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
	}

	@Override
	public PostgresDatabase database() {
		return database;
	}

	@Override
	public Recorder recorder() {
		return this.recorder;
	}

	@Override
	public void watch(RelationName... relations) {
		this.source.watch(Set.of(relations));
		this.source.start(this.recorder);
		await().until(() -> this.source.isAvailable());
		this.recorder.events.clear();
	}

	@AfterEach
	@Override
	public void stopCapture() {
		this.source.stop();
	}

	@AfterEach
	void dropTables() {
		database.execute("DROP TABLE IF EXISTS changed; DROP TABLE IF EXISTS parent CASCADE");
	}

	@Test
	void tableWithoutKeyTellsThatAnyRowMayHaveChanged() {
		watch(LOG);
		database.execute("INSERT INTO log VALUES ('a')");
		await().until(() -> this.recorder.events.size() == 1);
		assertThat(this.recorder.events.get(0).bulk()).isTrue();
	}

	@Test
	void newPartitionMakesTriggersIncompleteUntilInstalledAgain() throws SQLException {
		database.execute("CREATE TABLE measure_3 PARTITION OF measure FOR VALUES FROM (20) TO (30)");
		assertThat(installer.status().get(MEASURE).state()).isEqualTo(State.INCOMPLETE);
		installer.install(MEASURE);
		assertThat(installer.status().get(MEASURE).state()).isEqualTo(State.INSTALLED);
		database.execute("DROP TABLE measure_3");
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

	@ParameterizedTest
	@ValueSource(strings = { "RENAME COLUMN id TO number", "DROP CONSTRAINT changed_pkey, ADD PRIMARY KEY (other)",
			"ALTER COLUMN id TYPE timestamptz USING now()", "DROP CONSTRAINT changed_pkey" })
	void changeOfTheKeyIsNoticedUntilTriggersLearnIt(String change) throws SQLException {
		database.execute("CREATE TABLE changed (id int CONSTRAINT changed_pkey PRIMARY KEY, other int)");
		schema.refresh();
		installer.install(CHANGED);
		database.execute("ALTER TABLE changed " + change);
		schema.refresh();
		assertThat(state(CHANGED)).isEqualTo(State.OTHER_KEY);
		installer.install(CHANGED);
		assertThat(state(CHANGED)).isEqualTo(State.INSTALLED);
		installer.remove(CHANGED);
		assertThat(state(CHANGED)).isEqualTo(State.ABSENT);
	}

	@Test
	void functionOfAnOlderVersionForTheSameKeyIsOutdated() throws SQLException {
		database.execute("CREATE TABLE changed (id int PRIMARY KEY)");
		schema.refresh();
		installer.install(CHANGED);
		String function = installer.sql(CHANGED).split(";\nCREATE TRIGGER")[0];
		database.execute(function.replace("Made by Oriel", "Made by Oriel long ago"));
		assertThat(state(CHANGED)).isEqualTo(State.OUTDATED);
		installer.install(CHANGED);
		assertThat(state(CHANGED)).isEqualTo(State.INSTALLED);
	}

	@Test
	void keysOfAFormerKeyAreToldAsAnyRowWheneverTheyAreCommitted() throws Exception {
		database.execute("CREATE TABLE changed (id int CONSTRAINT changed_pkey PRIMARY KEY, other int)");
		schema.refresh();
		installer.install(CHANGED);
		watch(CHANGED);
		try (Connection connection = open(); Statement statement = connection.createStatement()) {
			database.execute("ALTER TABLE changed DROP CONSTRAINT changed_pkey, ADD PRIMARY KEY (other)");
			connection.setAutoCommit(false);
			statement.execute("INSERT INTO changed VALUES (1, 2)");
			schema.refresh();
			installer.install(CHANGED);
			assertThat(state(CHANGED)).isEqualTo(State.INSTALLED);
			database.execute("INSERT INTO changed VALUES (3, 4)");
			await().until(() -> this.recorder.keys().equals(Set.of("4")));
			this.recorder.events.clear();
			connection.commit();
		}
		await().until(() -> this.recorder.events.size() == 1);
		assertThat(this.recorder.events.get(0)).extracting(ChangeEvent::bulk, ChangeEvent::operation)
			.containsExactly(true, Operation.ANY);
	}

	@Test
	void heirIsToldByItsOwnKey() throws SQLException {
		database.execute("""
				CREATE TABLE parent (id int PRIMARY KEY, name text);
				CREATE TABLE heir (code int PRIMARY KEY) INHERITS (parent);
				CREATE TABLE heir_of_heir (PRIMARY KEY (name)) INHERITS (heir)""");
		schema.refresh();
		installer.install(PARENT);
		assertThat(state(PARENT)).isEqualTo(State.INSTALLED);
		assertThat(state(HEIR)).isEqualTo(State.INSTALLED);
		RelationName last = new RelationName("public", "heir_of_heir");
		assertThat(state(last)).isEqualTo(State.INSTALLED);
		watch(PARENT, HEIR, last);
		database.execute("INSERT INTO parent VALUES (1, 'a'); INSERT INTO heir VALUES (1, 'a', 2); "
				+ "INSERT INTO heir_of_heir VALUES (1, 'b', 2)");
		await().until(() -> this.recorder.events.size() == 3);
		assertThat(this.recorder.events).extracting(ChangeEvent::relation, ChangeEvent::keys)
			.containsExactlyInAnyOrder(tuple(PARENT, List.of(List.of("1"))), tuple(HEIR, List.of(List.of("2"))),
					tuple(last, List.of(List.of("b"))));
		installer.remove(PARENT);
		assertThat(database.jdbc()
			.sql("SELECT count(*) FROM pg_trigger WHERE tgrelid IN ('parent'::regclass, 'heir'::regclass)")
			.query(Long.class)
			.single()).isZero();
	}

	@Test
	void triggersThatCallTheFunctionOfAParentAreReplaced() throws SQLException {
		database.execute("""
				CREATE TABLE parent (id int PRIMARY KEY, name text);
				CREATE TABLE heir (code int PRIMARY KEY) INHERITS (parent)""");
		schema.refresh();
		installer.install(PARENT);
		installer.remove(HEIR);
		String function = CaptureSql.functionName(Objects.requireNonNull(schema.snapshot().relation(PARENT)));
		for (String trigger : CaptureSql.EVENTS.keySet()) {
			database.execute(CaptureSql.trigger(trigger, "heir", function));
		}
		assertThat(state(HEIR)).isEqualTo(State.OTHER_KEY);
		watch(HEIR);
		database.execute("INSERT INTO heir VALUES (1, 'a', 2)");
		await().until(() -> this.recorder.events.size() == 1);
		assertThat(this.recorder.events.get(0).bulk()).isTrue();
		installer.install(HEIR);
		assertThat(state(HEIR)).isEqualTo(State.INSTALLED);
		database.execute("INSERT INTO heir VALUES (1, 'a', 3)");
		await().until(() -> this.recorder.keys().equals(Set.of("3")));
	}

	private static State state(RelationName table) throws SQLException {
		return installer.status().get(table).state();
	}

	@Test
	void disabledTriggerIsNoticed() throws SQLException {
		database.execute("ALTER TABLE log DISABLE TRIGGER oriel_capture_update");
		assertThat(installer.status().get(LOG).state()).isEqualTo(State.INCOMPLETE);
		installer.install(LOG);
		assertThat(installer.status().get(LOG).state()).isEqualTo(State.INSTALLED);
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
		assertThat(installer.status().get(LINE).state()).isEqualTo(State.INSTALLED);
	}

	@Test
	void outboxThatSomebodyElseMadeNeedsNoRightToCreateOne() {
		assertThatNoException().isThrownBy(() -> OutboxSchema.create(database.dataSource("writer", "writer")));
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
