package dev.oriel.admin.change.wal;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.change.ChangeEvent;
import org.junit.jupiter.api.Test;

import static dev.oriel.admin.change.postgres.CaptureContract.ITEM;
import static dev.oriel.admin.change.postgres.CaptureContract.LINE;
import static dev.oriel.admin.change.postgres.CaptureContract.LOG;
import static dev.oriel.admin.change.postgres.CaptureContract.MEASURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WalCapture}: which tables it follows, and what it knows of their keys.
 */
class WalPublicationIntegrationTests extends WalFixture {

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
	void publicationOfEverythingByRootLacksPartitionedTables() throws SQLException {
		database.execute("CREATE PUBLICATION given FOR ALL TABLES WITH (publish_via_partition_root = true)");
		this.capture = capture(new WalSettings("given", false));
		watch(ITEM);
		assertThat(this.capture.captured()).contains(ITEM, LINE, LOG, name("secret")).doesNotContain(MEASURE);
		database.execute("INSERT INTO measure VALUES (1, 1); INSERT INTO item VALUES (1, 'a')");
		await().until(() -> this.recorder.keys().contains("1"));
	}

}
