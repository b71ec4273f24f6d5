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
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What every capture promises, whichever way it learns of changes. A test class of one
 * implements this besides what only that one does.
 */
public interface CaptureContract {

	RelationName ITEM = new RelationName("public", "item");

	RelationName LINE = new RelationName("public", "li\"ne$oriel$");

	RelationName LOG = new RelationName("public", "log");

	RelationName MEASURE = new RelationName("public", "measure");

	/**
	 * The tables, by the statements that create them.
	 */
	String TABLES = """
			CREATE TABLE item (id int PRIMARY KEY, name text);
			CREATE TABLE "li""ne$oriel$" ("or der" int, filler text, "n$oriel$o" timestamptz, PRIMARY KEY ("n$oriel$o", "or der"));
			CREATE TABLE log (message text);
			CREATE TABLE measure (id int, at int, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
			CREATE TABLE measure_1 PARTITION OF measure FOR VALUES FROM (0) TO (10);
			CREATE TABLE measure_2 (at int, id int, PRIMARY KEY (id, at));
			ALTER TABLE measure ATTACH PARTITION measure_2 FOR VALUES FROM (10) TO (20);
			""";

	/**
	 * The statement that empties the tables.
	 */
	String TRUNCATE = "TRUNCATE item, \"li\"\"ne$oriel$\", log, measure";

	/**
	 * Return the database that is listened to.
	 */
	PostgresDatabase database();

	/**
	 * Return what was told.
	 */
	Recorder recorder();

	/**
	 * Start to capture, and wait until it does.
	 * @param relations what somebody looks at
	 */
	void watch(RelationName... relations);

	/**
	 * Stop to capture.
	 */
	void stopCapture();

	@Test
	default void everyKindOfStatementTellsItsKeys() {
		watch(ITEM);
		database().execute("INSERT INTO item VALUES (1, 'a'), (2, 'b')");
		await().until(() -> recorder().events.size() == 1);
		assertThat(recorder().events.get(0)).extracting(ChangeEvent::operation, ChangeEvent::keys, ChangeEvent::bulk)
			.containsExactly(Operation.INSERT, List.of(List.of("1"), List.of("2")), false);
		database().execute("UPDATE item SET name = 'c' WHERE id = 1");
		await().until(() -> recorder().events.size() == 2);
		assertThat(recorder().events.get(1)).extracting(ChangeEvent::operation, ChangeEvent::keys)
			.containsExactly(Operation.UPDATE, List.of(List.of("1")));
		database().execute("DELETE FROM item WHERE id = 2");
		await().until(() -> recorder().events.size() == 3);
		assertThat(recorder().events.get(2)).extracting(ChangeEvent::operation, ChangeEvent::keys)
			.containsExactly(Operation.DELETE, List.of(List.of("2")));
		database().execute("TRUNCATE item");
		await().until(() -> recorder().events.size() == 4);
		assertThat(recorder().events.get(3)).extracting(ChangeEvent::operation, ChangeEvent::bulk)
			.containsExactly(Operation.TRUNCATE, true);
	}

	@Test
	default void changedKeyIsToldBeforeAndAfter() {
		database().execute("INSERT INTO item VALUES (1, 'a')");
		watch(ITEM);
		database().execute("UPDATE item SET id = 7");
		await().until(() -> recorder().keys().equals(Set.of("1", "7")));
	}

	@Test
	default void statementWithoutRowsIsNotTold() {
		watch(ITEM, MEASURE);
		database().execute("UPDATE item SET name = 'c'; DELETE FROM item; INSERT INTO item SELECT 1, 'a' WHERE false");
		database().execute("INSERT INTO measure VALUES (1, 1)");
		await().until(() -> recorder().events.size() == 1);
		assertThat(recorder().events.get(0).relation()).isEqualTo(MEASURE);
	}

	@Test
	default void transactionIsToldByItsWholeNumber() throws SQLException {
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
		await().until(() -> recorder().events.size() == 1);
		assertThat(recorder().events.get(0).transaction()).isEqualTo(number);
	}

	@Test
	default void changeIsToldOnlyWhenItIsVisible() throws Exception {
		watch(ITEM);
		try (Connection connection = open()) {
			for (int i = 0; i < 200; i++) {
				database().execute("INSERT INTO item VALUES (" + i + ", 'a')");
				int told = i + 1;
				await().pollInterval(Duration.ofMillis(1)).until(() -> recorder().events.size() == told);
				long transaction = Long.parseUnsignedLong(recorder().events.get(i).transaction());
				assertThat(TransactionSnapshot.current(connection).sees(transaction)).isTrue();
			}
		}
	}

	@Test
	default void upsertAndCopyAreTold() throws Exception {
		database().execute("INSERT INTO item VALUES (1, 'a')");
		watch(ITEM);
		database()
			.execute("INSERT INTO item VALUES (1, 'b'), (2, 'c') ON CONFLICT (id) DO UPDATE SET name = excluded.name");
		await().until(() -> recorder().keys().equals(Set.of("1", "2")));
		try (Connection connection = open()) {
			connection.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyIn("COPY item FROM STDIN", new StringReader("3\tx\n4\ty\n"));
		}
		await().until(() -> recorder().keys().containsAll(Set.of("3", "4")));
	}

	@Test
	default void keyOfAnyNameAndTypeIsToldInTheOrderOfTheKey() {
		watch(LINE);
		database().execute("SET TimeZone = 'Asia/Tokyo'; SET DateStyle = 'German'; INSERT INTO \"li\"\"ne$oriel$\" "
				+ "VALUES (5, 'x', '2024-02-03 04:05:06.789+00'); RESET ALL");
		await().until(() -> recorder().keys().equals(Set.of("2024-02-03 04:05:06.789+00,5")));
	}

	@Test
	default void longValuesThatDidNotChangeDoNotMatter() {
		database().execute("ALTER TABLE item ALTER name SET STORAGE EXTERNAL;"
				+ "INSERT INTO item VALUES (1, repeat('long', 100000)), (2, NULL)");
		watch(ITEM);
		database().execute("UPDATE item SET id = id + 10");
		await().until(() -> recorder().keys().equals(Set.of("1", "2", "11", "12")));
	}

	@Test
	default void writesToRootAndPartitionAreToldAsTheRoots() {
		watch(MEASURE);
		database().execute("INSERT INTO measure VALUES (1, 1), (2, 11)");
		await().until(() -> recorder().keys().equals(Set.of("1,1", "2,11")));
		database().execute("DELETE FROM measure_2");
		await().until(() -> recorder().events.size() == 2);
		assertThat(recorder().events).allMatch((event) -> event.relation().equals(MEASURE));
	}

	@Test
	default void manyRowsBecomeOneMark() {
		watch(ITEM);
		database().execute("INSERT INTO item SELECT n, 'x' FROM generate_series(1, 100000) AS n");
		await().atMost(Duration.ofSeconds(20)).until(() -> !recorder().events.isEmpty());
		database().execute("UPDATE item SET name = 'y' WHERE id = 1");
		await().until(() -> recorder().keys().equals(Set.of("1")));
		assertThat(recorder().events).hasSize(2);
		assertThat(recorder().events.get(0)).extracting(ChangeEvent::operation, ChangeEvent::bulk)
			.containsExactly(Operation.ANY, true);
	}

	@Test
	default void whatWasRolledBackIsNotTold() throws Exception {
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
		await().until(() -> recorder().keys().equals(Set.of("2")));
	}

	@Test
	default void rolledBackSavepointDoesNotSilenceWhatComesAfter() throws Exception {
		watch(ITEM);
		try (Connection connection = open(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("SAVEPOINT s");
			statement.execute("INSERT INTO item SELECT n, 'x' FROM generate_series(1, 2000) AS n");
			statement.execute("ROLLBACK TO SAVEPOINT s");
			statement.execute("INSERT INTO item VALUES (1, 'y')");
			connection.commit();
		}
		await().until(() -> recorder().keys().equals(Set.of("1")));
	}

	@Test
	default void rolledBackTransactionIsNotTold() throws Exception {
		watch(ITEM);
		try (Connection connection = open(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("INSERT INTO item VALUES (1, 'y')");
			connection.rollback();
		}
		database().execute("INSERT INTO item VALUES (2, 'y')");
		await().until(() -> recorder().keys().equals(Set.of("2")));
	}

	@Test
	default void longTransactionNeitherHidesNorDelaysOthers() throws Exception {
		watch(ITEM);
		try (Connection slow = open(); Statement statement = slow.createStatement()) {
			slow.setAutoCommit(false);
			statement.execute("INSERT INTO item VALUES (0, 'slow')");
			for (int i = 1; i <= 20; i++) {
				database().execute("INSERT INTO item VALUES (" + i + ", 'fast')");
			}
			await().until(() -> recorder().keys().size() == 20);
			slow.commit();
		}
		await().until(() -> recorder().keys().contains("0"));
	}

	@Test
	default void nothingIsLostBetweenManyWriters() throws Exception {
		watch(ITEM);
		List<Thread> writers = IntStream.range(0, 6).mapToObj((writer) -> new Thread(() -> write(writer))).toList();
		writers.forEach(Thread::start);
		for (Thread writer : writers) {
			writer.join();
		}
		Set<String> expected = Set.copyOf(IntStream.range(0, 600).mapToObj(Integer::toString).toList());
		await().untilAsserted(() -> assertThat(recorder().keys()).isEqualTo(expected));
	}

	@Test
	default void stopsWithinTwoSeconds() {
		watch(ITEM);
		long start = System.nanoTime();
		stopCapture();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
	}

	@Test
	default void stopsWithinTwoSecondsUnderLoad() {
		watch(ITEM);
		Thread writer = new Thread(() -> write(5));
		writer.start();
		await().until(() -> !recorder().events.isEmpty());
		long start = System.nanoTime();
		stopCapture();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
		await().until(() -> !writer.isAlive());
	}

	private void write(int writer) {
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

	private Connection open() throws SQLException {
		return DriverManager.getConnection(database().jdbcUrl(), database().username(), database().password());
	}

}
