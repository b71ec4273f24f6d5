package dev.oriel.admin.change.wal;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeEvent.Operation;
import dev.oriel.admin.change.postgres.CaptureContract;
import dev.oriel.admin.change.postgres.Recorder;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WalCapture}: what it tells of the rows that change.
 */
class WalCaptureIntegrationTests extends WalFixture implements CaptureContract {

	@Override
	public PostgresDatabase database() {
		return database;
	}

	@Override
	public Recorder recorder() {
		return this.recorder;
	}

	@Override
	public void stopCapture() {
		this.capture.stop();
	}

	@Test
	void rowsThatMoveAndTruncatedPartitionsAreToldAsTheRoots() {
		watch(MEASURE);
		database.execute("INSERT INTO measure VALUES (1, 1), (2, 11)");
		await().until(() -> this.recorder.keys().equals(Set.of("1,1", "2,11")));
		database.execute("UPDATE measure SET at = at + 10 WHERE id = 1");
		await().until(() -> this.recorder.keys().contains("1,11"));
		this.recorder.events.clear();
		database.execute("TRUNCATE measure_2");
		await().until(() -> !this.recorder.events.isEmpty());
		assertThat(this.recorder.events).extracting(ChangeEvent::relation, ChangeEvent::operation)
			.containsOnly(tuple(MEASURE, Operation.TRUNCATE));
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
	void unwatchedAndHiddenTablesAreNotTold() {
		watch(ITEM);
		database
			.execute("INSERT INTO measure VALUES (1, 1); INSERT INTO secret VALUES (1); INSERT INTO log VALUES ('a')");
		database.execute("INSERT INTO item VALUES (1, 'end')");
		await().until(() -> this.recorder.keys().contains("1"));
		assertThat(this.recorder.events).extracting(ChangeEvent::relation).containsOnly(ITEM);
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
	void eventsTellWhenTheyWereCommitted() {
		watch(ITEM);
		long before = System.nanoTime();
		database.execute("INSERT INTO item VALUES (1, 'a')");
		await().until(() -> !this.recorder.events.isEmpty());
		assertThat(this.recorder.events.get(0).committed()).isBetween(before, System.nanoTime());
	}

}
