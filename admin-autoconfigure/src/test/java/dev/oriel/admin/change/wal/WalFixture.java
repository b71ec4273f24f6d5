package dev.oriel.admin.change.wal;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Set;

import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.postgres.CaptureContract;
import dev.oriel.admin.change.postgres.Recorder;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the tests of {@link WalCapture} share: a server whose log can be decoded, and a
 * capture of its own for each test.
 */
abstract class WalFixture {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.logical();

	final Recorder recorder = new Recorder();

	PostgresSchemaSource schema;

	WalCapture capture;

	@BeforeAll
	static void create() {
		database.execute(CaptureContract.TABLES);
		database.execute("CREATE TABLE secret (id int PRIMARY KEY)");
	}

	@BeforeEach
	void start() {
		database.execute(CaptureContract.TRUNCATE + ", secret");
		this.schema = new PostgresSchemaSource(database.dataSource(),
				new ReflectionSettings(List.of(), List.of(), List.of("public.secret")));
		this.capture = capture(new WalSettings(null, true));
	}

	WalCapture capture(WalSettings settings) {
		return new WalCapture(database.dataSource(), WalFixture::open, WalFixture::openReplication, this.schema,
				settings);
	}

	static Connection open() throws SQLException {
		return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
	}

	static Connection openReplication() throws SQLException {
		return openReplication(database.jdbcUrl(), database.username(), database.password());
	}

	static Connection openReplication(String url, String user, String password) throws SQLException {
		Properties properties = new Properties();
		properties.put("user", user);
		properties.put("password", password);
		properties.put("replication", "database");
		properties.put("preferQueryMode", "simple");
		properties.put("assumeMinServerVersion", "10");
		return DriverManager.getConnection(url, properties);
	}

	public void watch(RelationName... relations) {
		this.capture.watch(Set.of(relations));
		this.capture.start(this.recorder);
		awaitStart();
	}

	void awaitStart() {
		await().until(() -> this.capture.mode() == LiveMode.WAL && this.recorder.resyncs.get() > 0);
		this.recorder.events.clear();
	}

	@AfterEach
	void stop() {
		this.capture.stop();
		await().until(() -> slots() == 0);
		assertThat(Thread.getAllStackTraces().keySet()).noneMatch((thread) -> thread.getName().startsWith("oriel-wal"));
		database.execute("DROP PUBLICATION IF EXISTS oriel, given");
	}

	static long slots() {
		return database.jdbc()
			.sql("SELECT count(*) FROM pg_replication_slots WHERE database = current_database()")
			.query(Long.class)
			.single();
	}

	static RelationName name(String table) {
		return new RelationName("public", table);
	}

}
