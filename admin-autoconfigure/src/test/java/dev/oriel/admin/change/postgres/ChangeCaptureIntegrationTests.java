package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.change.ChangeEvent;
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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link OutboxChangeSource} and the triggers that {@link TriggerInstaller}
 * puts on tables.
 */
class ChangeCaptureIntegrationTests implements CaptureContract {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private static TriggerInstaller installer;

	private final Recorder recorder = new Recorder();

	private OutboxChangeSource source;

	@BeforeAll
	static void install() throws SQLException {
		database.execute(TABLES);
		database.execute("CREATE ROLE writer LOGIN PASSWORD 'writer'; GRANT INSERT ON item TO writer");
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
		database.execute(TRUNCATE);
		this.source = new OutboxChangeSource(ChangeCaptureIntegrationTests::open, true);
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
		assertThat(installer.status().get(MEASURE).state()).isEqualTo(TriggerStatus.State.INCOMPLETE);
		installer.install(MEASURE);
		assertThat(installer.status().get(MEASURE).state()).isEqualTo(TriggerStatus.State.INSTALLED);
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
