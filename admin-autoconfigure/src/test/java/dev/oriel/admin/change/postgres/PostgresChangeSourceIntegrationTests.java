package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.schema.postgres.DdlTrigger;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.testing.GivenSchema;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link PostgresChangeSource}.
 */
class PostgresChangeSourceIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private static final RelationName ITEM = new RelationName("public", "item");

	private static final RelationName VIEW = new RelationName("public", "item_view_of_view");

	private static final RelationName STORED = new RelationName("public", "item_stored");

	private static final RelationName PARTITION = new RelationName("public", "part_1");

	private static final RelationName PARTITIONED = new RelationName("public", "part");

	private static final RelationName PARENT = new RelationName("public", "parent");

	private final Recorder recorder = new Recorder();

	private final PostgresSchemaSource schema = new PostgresSchemaSource(database.dataSource(), ReflectionSettings.ALL);

	private PostgresChangeSource source;

	@BeforeAll
	static void create() {
		database.execute("""
				CREATE TABLE item (id int PRIMARY KEY, name text);
				CREATE VIEW item_view AS SELECT * FROM item;
				CREATE VIEW item_view_of_view AS SELECT name FROM item_view;
				CREATE MATERIALIZED VIEW item_stored AS SELECT * FROM item;
				CREATE TABLE part (id int PRIMARY KEY) PARTITION BY RANGE (id);
				CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (1000);
				CREATE TABLE parent (id int PRIMARY KEY);
				CREATE TABLE child (PRIMARY KEY (id)) INHERITS (parent);
				""");
	}

	private void start(TriggerPolicy triggers, boolean outbox, RelationName... watched) {
		start(this.schema, triggers, outbox, watched);
	}

	private void start(SchemaSource schema, TriggerPolicy triggers, boolean outbox, RelationName... watched) {
		this.source = new PostgresChangeSource(database.dataSource(), PostgresChangeSourceIntegrationTests::open,
				schema, new ChangeSettings(triggers, outbox, true, Duration.ofMillis(200)));
		this.source.start(this.recorder);
		await().until(() -> this.source.mode(ITEM) != LiveMode.OFF);
		this.source.watch(Set.of(watched));
	}

	private static Connection open() throws SQLException {
		return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
	}

	@Test
	void changesOfTheSchemaWakeWhoeverReadsIt() throws SQLException {
		database.execute("CREATE SCHEMA IF NOT EXISTS oriel");
		DdlTrigger.create(database.dataSource());
		GivenSchema woken = new GivenSchema(this.schema.snapshot());
		start(woken, TriggerPolicy.ON_REQUEST, true, ITEM);
		await().until(() -> this.source.mode(ITEM) == LiveMode.POLLING);
		database.execute("COMMENT ON TABLE item IS 'x'");
		await().until(() -> woken.expectedChanges() > 0);
		database.execute("DROP FUNCTION oriel.note_ddl CASCADE");
	}

	@AfterEach
	void stop() throws SQLException {
		this.source.stop();
		OutboxSchema.drop(database.dataSource());
		database.execute("TRUNCATE item, part, parent");
	}

	@Test
	void dropLeavesNothingBehind() throws SQLException {
		start(TriggerPolicy.AUTO, true);
		await().until(() -> this.source.mode(ITEM) == LiveMode.TRIGGERS);
		this.source.stop();
		OutboxSchema.drop(database.dataSource());
		assertThat(database.jdbc()
			.sql("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'oriel%'")
			.query(Long.class)
			.single()).isZero();
	}

	@Test
	void autoPutsTriggersOnEveryTable() {
		start(TriggerPolicy.AUTO, true, ITEM);
		await().until(() -> this.source.mode(ITEM) == LiveMode.TRIGGERS);
		assertThat(this.source.mode(PARTITION)).isEqualTo(LiveMode.TRIGGERS);
		database.execute("INSERT INTO item VALUES (1, 'a')");
		await().until(() -> this.recorder.keys().contains("1"));
	}

	@Test
	void tableWithoutTriggersIsFollowedByItsCounters() {
		start(TriggerPolicy.ON_REQUEST, true, ITEM);
		await().until(() -> !this.recorder.events.isEmpty());
		this.recorder.events.clear();
		database.execute("INSERT INTO item VALUES (1, 'a')");
		await().atMost(Duration.ofSeconds(15)).until(() -> !this.recorder.events.isEmpty());
		assertThat(this.source.mode(ITEM)).isEqualTo(LiveMode.POLLING);
		assertThat(this.recorder.events).allMatch((event) -> event.bulk() && event.relation().equals(ITEM));
	}

	@Test
	void truncateIsSeenWithoutTriggers() {
		start(TriggerPolicy.ON_REQUEST, false, ITEM);
		await().until(() -> !this.recorder.events.isEmpty());
		this.recorder.events.clear();
		database.execute("TRUNCATE item");
		await().until(() -> !this.recorder.events.isEmpty());
	}

	@Test
	void refreshOfMaterializedViewIsSeen() {
		start(TriggerPolicy.AUTO, true, STORED);
		await().until(() -> !this.recorder.events.isEmpty());
		this.recorder.events.clear();
		database.execute("REFRESH MATERIALIZED VIEW item_stored");
		await().until(() -> !this.recorder.events.isEmpty());
		assertThat(this.source.mode(STORED)).isEqualTo(LiveMode.POLLING);
	}

	@Test
	void viewChangesWithTheTablesItReads() {
		start(TriggerPolicy.AUTO, true, VIEW);
		await().until(() -> this.source.mode(ITEM) == LiveMode.TRIGGERS);
		this.source.watch(Set.of(VIEW));
		assertThat(this.source.mode(VIEW)).isEqualTo(LiveMode.REQUERY);
		this.recorder.events.clear();
		database.execute("INSERT INTO item VALUES (1, 'a')");
		await().until(() -> this.recorder.events.stream().anyMatch((event) -> event.relation().equals(VIEW)));
	}

	@Test
	void partitionChangesWithItsRootAndParentWithItsHeirs() {
		start(TriggerPolicy.AUTO, true, PARTITION, PARTITIONED, PARENT);
		await().until(() -> this.source.mode(PARENT) == LiveMode.TRIGGERS);
		this.recorder.events.clear();
		database.execute("INSERT INTO part VALUES (1); INSERT INTO child VALUES (1)");
		await().untilAsserted(
				() -> assertThat(this.recorder.events).extracting("relation").contains(PARTITION, PARTITIONED, PARENT));
	}

	@Test
	void heirChangesWithWhatIsWrittenThroughItsParent() {
		database.execute("INSERT INTO child VALUES (1)");
		start(TriggerPolicy.AUTO, true, new RelationName("public", "child"));
		await().until(() -> this.source.mode(PARENT) == LiveMode.TRIGGERS);
		this.recorder.events.clear();
		database.execute("UPDATE parent SET id = 2 WHERE id = 1");
		await().until(() -> this.recorder.events.stream().anyMatch((event) -> event.relation().name().equals("child")));
	}

	@Test
	void tableIsToldAsChangedWhenItsTriggersLearnAnotherKey() {
		start(TriggerPolicy.AUTO, true, ITEM);
		await().until(() -> this.source.mode(ITEM) == LiveMode.TRIGGERS);
		this.recorder.events.clear();
		try {
			database.execute("ALTER TABLE item DROP CONSTRAINT item_pkey, ADD PRIMARY KEY (name)");
			this.schema.refresh();
			await().until(() -> this.recorder.events.stream()
				.anyMatch((event) -> event.relation().equals(ITEM) && event.bulk()));
		}
		finally {
			database.execute("ALTER TABLE item DROP CONSTRAINT item_pkey, ADD PRIMARY KEY (id);"
					+ "ALTER TABLE item ALTER COLUMN name DROP NOT NULL");
			this.schema.refresh();
		}
	}

	@Test
	void tableIsPolledWhileItsTriggersTellAnotherKey() throws SQLException {
		OutboxSchema.create(database.dataSource());
		start(TriggerPolicy.MANUAL, true, ITEM);
		this.source.installer().install(ITEM);
		this.source.refresh();
		await().until(() -> this.source.mode(ITEM) == LiveMode.TRIGGERS);
		try {
			database.execute("ALTER TABLE item DROP CONSTRAINT item_pkey, ADD PRIMARY KEY (name)");
			this.schema.refresh();
			await().until(() -> this.source.mode(ITEM) == LiveMode.POLLING);
			this.recorder.events.clear();
			database.execute("INSERT INTO item VALUES (1, 'a')");
			await().until(() -> this.recorder.events.stream()
				.anyMatch((event) -> event.transaction() != null && event.bulk()));
			assertThat(this.recorder.keys()).isEmpty();
			this.source.installer().install(ITEM);
			this.source.refresh();
			await().until(() -> this.source.mode(ITEM) == LiveMode.TRIGGERS);
			database.execute("INSERT INTO item VALUES (2, 'b')");
			await().until(() -> this.recorder.keys().equals(Set.of("b")));
		}
		finally {
			database.execute("ALTER TABLE item DROP CONSTRAINT item_pkey, ADD PRIMARY KEY (id);"
					+ "ALTER TABLE item ALTER COLUMN name DROP NOT NULL");
			this.schema.refresh();
		}
	}

	@Test
	void tableChangesWithWhatItsPoliciesLookAt() {
		database.execute("""
				CREATE TABLE member (name text PRIMARY KEY);
				ALTER TABLE item ENABLE ROW LEVEL SECURITY;
				CREATE POLICY members ON item USING (name IN (SELECT m.name FROM member m));
				""");
		try {
			this.schema.refresh();
			start(TriggerPolicy.AUTO, true, ITEM);
			await().until(() -> this.source.mode(ITEM) == LiveMode.TRIGGERS);
			this.recorder.events.clear();
			database.execute("INSERT INTO member VALUES ('a')");
			await().until(() -> this.recorder.events.stream().anyMatch((event) -> event.relation().equals(ITEM)));
		}
		finally {
			database.execute(
					"DROP POLICY members ON item; ALTER TABLE item DISABLE ROW LEVEL SECURITY;" + "DROP TABLE member");
			this.schema.refresh();
		}
	}

	@Test
	void viewChangesWithWhatTheFunctionsReadThatItCalls() {
		Integer version = database.jdbc()
			.sql("SELECT current_setting('server_version_num')::int")
			.query(Integer.class)
			.single();
		assumeThat(version).as("Parsed bodies came with PostgreSQL 14").isGreaterThanOrEqualTo(140000);
		database.execute("""
				CREATE TABLE rate (value int PRIMARY KEY);
				CREATE FUNCTION top_rate() RETURNS int STABLE RETURN (SELECT max(value) FROM rate);
				CREATE FUNCTION twice_top_rate() RETURNS int STABLE RETURN 2 * top_rate();
				CREATE VIEW rated AS SELECT id, twice_top_rate() FROM item;
				""");
		try {
			this.schema.refresh();
			RelationName rated = new RelationName("public", "rated");
			start(TriggerPolicy.AUTO, true, rated);
			await().until(() -> this.source.mode(new RelationName("public", "rate")) == LiveMode.TRIGGERS);
			this.recorder.events.clear();
			database.execute("INSERT INTO rate VALUES (1)");
			await().until(() -> this.recorder.events.stream().anyMatch((event) -> event.relation().equals(rated)));
		}
		finally {
			database.execute("DROP TABLE rate CASCADE");
			this.schema.refresh();
		}
	}

	@Test
	void triggersTakeOverFromCounters() {
		start(TriggerPolicy.ON_REQUEST, true, ITEM);
		await().until(() -> !this.recorder.events.isEmpty());
		// Counters that are late would otherwise tell of the table's creation.
		this.recorder.events.clear();
		await().until(() -> database.jdbc()
			.sql("SELECT to_regclass('oriel.outbox_state') IS NOT NULL")
			.query(Boolean.class)
			.single());
		this.source.installer().install(ITEM);
		this.source.refresh();
		await().until(() -> this.source.mode(ITEM) == LiveMode.TRIGGERS);
		database.execute("INSERT INTO item VALUES (7, 'a')");
		await().until(() -> this.recorder.keys().contains("7"));
	}

	@Test
	void manualChangesNothingInTheDatabase() {
		start(TriggerPolicy.MANUAL, true, ITEM);
		await().until(() -> !this.recorder.events.isEmpty());
		assertThat(database.jdbc()
			.sql("SELECT to_regnamespace('oriel') IS NULL OR to_regclass('oriel.outbox') IS NULL")
			.query(Boolean.class)
			.single()).isTrue();
		assertThat(this.source.mode(ITEM)).isEqualTo(LiveMode.POLLING);
	}

}
