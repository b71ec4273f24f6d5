package dev.oriel.admin.change.wal;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;

import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.SourceStatus;
import dev.oriel.admin.change.postgres.Recorder;
import dev.oriel.admin.testing.TcpProxy;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;

import static dev.oriel.admin.change.postgres.CaptureContract.ITEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WalCapture}: its slot and its connections, from their start to their
 * end.
 */
class WalSlotIntegrationTests extends WalFixture {

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
		this.capture = new WalCapture(database.dataSource(), WalFixture::open, WalFixture::openReplication, this.schema,
				new WalSettings(null, true), Duration.ZERO);
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
			this.capture = new WalCapture(database.dataSource(), WalFixture::open,
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

}
