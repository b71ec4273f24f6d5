package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests when {@linkplain TriggerInstaller triggers} write and notify, and when
 * {@link OutboxReader} asks them to.
 */
class WakeUpIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private static final RelationName ITEM = new RelationName("public", "item");

	private static final SchemaSource SCHEMA = new PostgresSchemaSource(database.dataSource(), ReflectionSettings.ALL);

	private static final String LONG_AGO = "2001-01-01 00:00:00+00";

	private final Recorder recorder = new Recorder();

	private final AtomicReference<Set<RelationName>> watched = new AtomicReference<>(Set.of());

	private Connection listening;

	@BeforeAll
	static void install() throws SQLException {
		database.execute("CREATE TABLE item (id int PRIMARY KEY, name text)");
		OutboxSchema.create(database.dataSource());
		new TriggerInstaller(database.dataSource(), SCHEMA).install(ITEM);
	}

	@BeforeEach
	void listen() throws SQLException {
		database.execute("TRUNCATE item, oriel.outbox, oriel.outbox_state; "
				+ "INSERT INTO oriel.outbox_state (seen) VALUES (now())");
		this.listening = open();
		try (Statement statement = this.listening.createStatement()) {
			statement.execute("LISTEN oriel");
		}
	}

	@AfterEach
	void close() throws SQLException {
		this.listening.close();
	}

	private static Connection open() throws SQLException {
		return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
	}

	@Test
	void writersNotifyReadersThatWait() throws SQLException {
		database.execute("INSERT INTO item VALUES (1, 'a')");
		assertThat(notifications()).containsExactly("", "end");
		database.execute("UPDATE oriel.outbox_state SET notify_from = now() - interval '1 second'");
		database.execute("INSERT INTO item VALUES (2, 'a')");
		assertThat(notifications()).containsExactly("", "end");
	}

	@Test
	void writersKeepQuietWhileReadersLookAnyway() throws SQLException {
		database.execute("UPDATE oriel.outbox_state SET notify_from = now() + interval '1 minute'");
		database.execute("INSERT INTO item VALUES (1, 'a')");
		assertThat(notifications()).containsExactly("end");
		assertThat(entries()).isOne();
	}

	@Test
	void statementsWithoutRowsNotifyNobody() throws SQLException {
		database.execute("UPDATE item SET name = 'b'; DELETE FROM item; INSERT INTO item SELECT 1, 'a' WHERE false");
		assertThat(notifications()).containsExactly("end");
		assertThat(entries()).isZero();
	}

	@Test
	void onlyOneOfTheTransactionsThatRunNotifies() throws SQLException {
		try (Connection other = open(); Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("INSERT INTO item VALUES (1, 'a')");
			database.execute("INSERT INTO item VALUES (2, 'a')");
			assertThat(notifications()).containsExactly("end");
			other.commit();
		}
		assertThat(notifications()).containsExactly("", "end");
	}

	@Test
	void readerAsksManyWritersToKeepQuiet() throws SQLException {
		OutboxChangeSource source = new OutboxChangeSource(WakeUpIntegrationTests::open, true, SCHEMA);
		source.watch(Set.of(ITEM));
		source.start(this.recorder);
		try (Connection connection = open(); Statement statement = connection.createStatement()) {
			await().until(source::isAvailable);
			int written = 0;
			long start = System.nanoTime();
			while (database.jdbc()
				.sql("SELECT notify_from IS NULL FROM oriel.outbox_state")
				.query(Boolean.class)
				.single() && System.nanoTime() - start < Duration.ofSeconds(20).toNanos()) {
				for (int i = 0; i < 100; i++) {
					statement.execute("INSERT INTO item VALUES (" + written++ + ", 'a')");
				}
			}
			assertThat(database.jdbc()
				.sql("SELECT notify_from > now() FROM oriel.outbox_state")
				.query(Boolean.class)
				.single()).isTrue();
			statement.execute("INSERT INTO item VALUES (-1, 'told by looking')");
			int all = written + 1;
			await().until(() -> this.recorder.keys().size() == all);
		}
		finally {
			source.stop();
		}
	}

	@Test
	void triggersFallSilentWhereNobodyWatchesAndWakeUpWithWhoeverComes() throws SQLException {
		OutboxReader reader = new OutboxReader(this.recorder, this.watched::get, SCHEMA, Duration.ZERO,
				Duration.ofNanos(1));
		try (Connection connection = open()) {
			connection.setAutoCommit(true);
			reader.connect(connection);
			database.execute("UPDATE oriel.outbox_state SET seen = '" + LONG_AGO + "'");
			reader.step();
			assertThat(isAwake()).isFalse();
			database.execute("INSERT INTO item VALUES (1, 'nobody saw it')");
			assertThat(entries()).isZero();
			int resyncs = this.recorder.resyncs.get();
			this.watched.set(Set.of(ITEM));
			reader.step();
			assertThat(isAwake()).isTrue();
			assertThat(this.recorder.resyncs).hasValueGreaterThan(resyncs);
			database.execute("INSERT INTO item VALUES (2, 'seen')");
			await().until(() -> {
				reader.step();
				return this.recorder.keys().equals(Set.of("2"));
			});
		}
	}

	@Test
	void lookReadsTheEndOfTheOutboxOnly() throws SQLException {
		database.execute("INSERT INTO oriel.outbox (xid, relation, operation) "
				+ "SELECT '3', 'item'::regclass, 'A' FROM generate_series(1, 100000); ANALYZE oriel.outbox");
		try (Connection connection = open()) {
			Outbox outbox = new Outbox(connection);
			outbox.prepare();
			// Its counters are those of one transaction.
			connection.setAutoCommit(false);
			TransactionSnapshot snapshot = outbox.snapshot();
			long before = scannedRows(connection);
			for (int i = 0; i < 10; i++) {
				assertThat(outbox.read(snapshot).found()).isEmpty();
			}
			assertThat(scannedRows(connection)).isEqualTo(before);
		}
	}

	private static long scannedRows(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(
						"SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relid = 'oriel.outbox'::regclass")) {
			row.next();
			return row.getLong(1);
		}
	}

	@Test
	void oldEntriesAreDeletedBitByBit() throws SQLException {
		database.execute("INSERT INTO oriel.outbox (xid, relation, operation) "
				+ "SELECT '3', 'item'::regclass, 'A' FROM generate_series(1, " + (Outbox.SLICE + 1) + ")");
		try (Connection connection = open()) {
			Outbox outbox = new Outbox(connection);
			outbox.prepare();
			assertThat(outbox.clean(4)).isTrue();
			assertThat(entries()).isOne();
			assertThat(outbox.clean(4)).isFalse();
			assertThat(entries()).isZero();
		}
	}

	private List<String> notifications() throws SQLException {
		database.execute("NOTIFY oriel, 'end'");
		PGNotification[] received = this.listening.unwrap(PGConnection.class).getNotifications(10_000);
		return Arrays.stream(received).map(PGNotification::getParameter).toList();
	}

	private static boolean isAwake() {
		return database.jdbc()
			.sql("SELECT seen > now() - interval '1 minute' FROM oriel.outbox_state")
			.query(Boolean.class)
			.single();
	}

	private static long entries() {
		return database.jdbc().sql("SELECT count(*) FROM oriel.outbox").query(Long.class).single();
	}

}
