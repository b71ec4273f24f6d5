package dev.oriel.admin.schema.postgres;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link SchemaWatcher}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SchemaWatcherIntegrationTests {

	private static final Duration INTERVAL = Duration.ofMillis(50);

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private final SwitchableDataSource dataSource = new SwitchableDataSource(database.dataSource());

	private final PostgresSchemaSource source = new PostgresSchemaSource(this.dataSource, ReflectionSettings.ALL);

	private final List<SchemaSnapshot> told = new CopyOnWriteArrayList<>();

	@AfterEach
	void stop() {
		this.source.close();
		database.execute("DROP TABLE IF EXISTS first, second");
	}

	@Test
	void changesAreToldWithoutAnybodyAsking() {
		this.source.addListener(this.told::add);
		this.source.snapshot();
		this.source.start(INTERVAL);
		database.execute("CREATE TABLE first (id integer)");
		await().until(() -> !this.told.isEmpty());
		assertThat(this.told.get(0).relation(new RelationName("public", "first"))).isNotNull();
	}

	@Test
	void burstOfChangesIsToldAtItsEnd() {
		this.source.addListener(this.told::add);
		this.source.snapshot();
		this.source.start(INTERVAL);
		database.execute("CREATE TABLE first (id integer)");
		for (int number = 0; number < 20; number++) {
			database.execute("ALTER TABLE first ADD COLUMN c" + number + " integer");
		}
		database.execute("CREATE TABLE second (id integer)");
		RelationName last = new RelationName("public", "second");
		await().until(() -> this.told.stream().anyMatch((snapshot) -> snapshot.relation(last) != null));
		// One is usual; a machine that stalls in the middle of the burst makes it two or
		// three.
		assertThat(this.told).hasSizeLessThan(10);
	}

	@Test
	void lossAndReturnOfTheDatabaseAreLoggedOnceEach(CapturedOutput output) {
		this.dataSource.away = true;
		this.source.start(INTERVAL);
		await().until(() -> this.dataSource.connections.get() >= 3);
		this.dataSource.away = false;
		await().until(() -> !this.source.isUnavailable());
		assertThat(this.source.snapshot().database()).isEqualTo(database.name());
		assertThat(output).containsOnlyOnce("The database schema cannot be read");
	}

	@Test
	void threadIsADaemonAndEndsWhenClosed() {
		this.source.start(INTERVAL);
		this.source.start(INTERVAL);
		assertThat(watchers()).singleElement().matches(Thread::isDaemon);
		this.source.close();
		assertThat(watchers()).isEmpty();
		this.source.start(INTERVAL);
		assertThat(watchers()).hasSize(1);
	}

	private static List<Thread> watchers() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("oriel-schema"))
			.toList();
	}

}
