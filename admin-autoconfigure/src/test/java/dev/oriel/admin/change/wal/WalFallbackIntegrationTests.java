package dev.oriel.admin.change.wal;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;

import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.postgres.ConnectionSupplier;
import dev.oriel.admin.change.postgres.PostgresChangeSource;
import dev.oriel.admin.change.postgres.Recorder;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what becomes of changes that the log does not tell of.
 */
class WalFallbackIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.logical();

	@RegisterExtension
	static final PostgresDatabase plain = PostgresDatabase.create();

	private static final RelationName ITEM = new RelationName("public", "item");

	private static final RelationName KEYLESS = new RelationName("public", "keyless");

	private static final RelationName UNLOGGED = new RelationName("public", "unlogged");

	private static final RelationName VIEW = new RelationName("public", "item_view");

	private static final RelationName PARTITION = new RelationName("public", "part_1");

	private static final RelationName PARTITIONED = new RelationName("public", "part");

	private static final RelationName PARENT = new RelationName("public", "parent");

	private final Recorder recorder = new Recorder();

	private WalCapture capture;

	private PostgresChangeSource source;

	@BeforeAll
	static void create() {
		for (PostgresDatabase each : new PostgresDatabase[] { database, plain }) {
			each.execute("""
					CREATE TABLE item (id int PRIMARY KEY, name text);
					CREATE VIEW item_view AS SELECT count(*) FROM item;
					CREATE TABLE keyless (message text);
					CREATE UNLOGGED TABLE unlogged (id int PRIMARY KEY);
					CREATE TABLE part (id int PRIMARY KEY) PARTITION BY RANGE (id);
					CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (1000);
					CREATE TABLE parent (id int PRIMARY KEY);
					CREATE TABLE child (PRIMARY KEY (id)) INHERITS (parent);
					""");
		}
		database.execute("CREATE ROLE wal_visitor LOGIN PASSWORD 'secret'; GRANT SELECT ON item TO wal_visitor");
	}

	@AfterAll
	static void dropRole() {
		database.execute("DROP OWNED BY wal_visitor; DROP ROLE wal_visitor");
	}

	private void start(PostgresDatabase where, WalSettings settings, ConnectionSupplier replication,
			RelationName... watched) {
		PostgresSchemaSource schema = new PostgresSchemaSource(where.dataSource(), ReflectionSettings.ALL);
		this.capture = new WalCapture(where.dataSource(),
				() -> DriverManager.getConnection(where.jdbcUrl(), where.username(), where.password()), replication,
				schema, settings);
		this.source = new PostgresChangeSource(where.dataSource(), schema, Duration.ofMillis(200), this.capture);
		this.source.start(this.recorder);
		this.source.watch(Set.of(watched));
	}

	private static Connection replication() throws SQLException {
		return WalCaptureIntegrationTests.openReplication(database.jdbcUrl(), database.username(), database.password());
	}

	@AfterEach
	void stop() {
		this.source.stop();
		database.execute("DROP PUBLICATION IF EXISTS oriel; TRUNCATE item, keyless, unlogged, part, parent");
		plain.execute("TRUNCATE item");
	}

	private void awaitPolling(String reason) {
		await().until(() -> this.source.mode(ITEM) == LiveMode.POLLING && this.capture.problem() != null
				&& this.capture.problem().contains(reason) && !this.recorder.events.isEmpty());
	}

	@Test
	void eachTableHasTheBestWayThereIs() {
		start(database, new WalSettings(null, true), WalFallbackIntegrationTests::replication, ITEM, KEYLESS, UNLOGGED,
				VIEW, PARTITION, PARTITIONED, PARENT);
		await().until(() -> this.source.mode(ITEM) == LiveMode.WAL);
		assertThat(this.source.mode(KEYLESS)).isEqualTo(LiveMode.POLLING);
		assertThat(this.source.mode(UNLOGGED)).isEqualTo(LiveMode.POLLING);
		assertThat(this.source.mode(VIEW)).isEqualTo(LiveMode.REQUERY);
		assertThat(this.source.mode(PARTITION)).isEqualTo(LiveMode.WAL);
		assertThat(this.source.mode(PARENT)).isEqualTo(LiveMode.WAL);
		await().until(() -> this.recorder.resyncs.get() > 0);
		this.recorder.events.clear();
		database.execute("INSERT INTO item VALUES (1, 'a')");
		await().until(() -> this.recorder.keys().contains("1"));
		await().untilAsserted(() -> assertThat(this.recorder.events).extracting("relation").contains(VIEW));
		database.execute("INSERT INTO part VALUES (1); INSERT INTO child VALUES (1)");
		await().untilAsserted(
				() -> assertThat(this.recorder.events).extracting("relation").contains(PARTITION, PARTITIONED, PARENT));
		database.execute("INSERT INTO keyless VALUES ('a'); INSERT INTO unlogged VALUES (1)");
		await().atMost(Duration.ofSeconds(15))
			.untilAsserted(() -> assertThat(this.recorder.events).extracting("relation").contains(KEYLESS, UNLOGGED));
		assertThat(database.jdbc()
			.sql("SELECT to_regnamespace('oriel') IS NULL AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgname LIKE 'oriel%')")
			.query(Boolean.class)
			.single()).isTrue();
	}

	@Test
	void serverThatDoesNotDecodeItsLogIsPolled() {
		start(plain, new WalSettings(null, true),
				() -> WalCaptureIntegrationTests.openReplication(plain.jdbcUrl(), plain.username(), plain.password()),
				ITEM);
		awaitPolling("wal_level");
		this.recorder.events.clear();
		plain.execute("INSERT INTO item VALUES (1, 'a')");
		await().atMost(Duration.ofSeconds(15)).until(() -> !this.recorder.events.isEmpty());
		this.source.stop();
		plain.execute("DROP PUBLICATION oriel");
	}

	@Test
	void roleThatMayNotReplicateIsPolled() {
		start(database, new WalSettings(null, true),
				() -> WalCaptureIntegrationTests.openReplication(database.jdbcUrl(), "wal_visitor", "secret"), ITEM);
		awaitPolling("REPLICATION");
	}

	@Test
	void missingPublicationIsPolledUntilItIsThere() {
		start(database, new WalSettings(null, false), WalFallbackIntegrationTests::replication, ITEM);
		awaitPolling("no publication 'oriel'");
		database.execute("CREATE PUBLICATION oriel FOR TABLE item");
		await().atMost(Duration.ofSeconds(30)).until(() -> this.source.mode(ITEM) == LiveMode.WAL);
	}

	@Test
	void connectionThatIsNoReplicationConnectionIsPolled() {
		start(database, new WalSettings(null, true),
				() -> DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password()), ITEM);
		awaitPolling("");
	}

	@Test
	void freeSlotIsWaitedFor() throws SQLException {
		try (Connection holder = DriverManager.getConnection(database.jdbcUrl(), database.username(),
				database.password()); Statement statement = holder.createStatement()) {
			int free = database.jdbc()
				.sql("SELECT current_setting('max_replication_slots')::int - count(*) FROM pg_replication_slots")
				.query(Integer.class)
				.single();
			for (int i = 0; i < free; i++) {
				statement.execute("SELECT pg_create_logical_replication_slot('taken_" + i + "', 'pgoutput', true)");
			}
			start(database, new WalSettings(null, true), WalFallbackIntegrationTests::replication, ITEM);
			awaitPolling("no replication slot is free");
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> this.source.mode(ITEM) == LiveMode.WAL);
	}

	@Test
	void nobodyIsTakenForAStandby() throws Exception {
		try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.username(),
				database.password()); Statement statement = connection.createStatement()) {
			statement.execute("SET synchronous_commit = local");
			statement.execute("ALTER SYSTEM SET synchronous_standby_names = '*'");
			statement.execute("SELECT pg_reload_conf()");
			try {
				start(database, new WalSettings(null, false), WalFallbackIntegrationTests::replication, ITEM);
				await().until(() -> String.valueOf(this.capture.problem()).contains("synchronous_standby_names"));
			}
			finally {
				statement.execute("ALTER SYSTEM RESET synchronous_standby_names");
				statement.execute("SELECT pg_reload_conf()");
			}
		}
	}

}
