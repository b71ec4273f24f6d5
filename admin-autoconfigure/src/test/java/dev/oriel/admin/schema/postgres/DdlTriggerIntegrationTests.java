package dev.oriel.admin.schema.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link DdlTrigger}.
 */
class DdlTriggerIntegrationTests {

	private static final int LONG = 10_000;

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	@BeforeAll
	static void createRole() {
		database.execute("CREATE ROLE ddl_guest LOGIN PASSWORD 'guest'; GRANT CREATE ON DATABASE " + database.name()
				+ " TO ddl_guest; GRANT CREATE ON SCHEMA public TO ddl_guest");
	}

	@BeforeEach
	void create() throws SQLException {
		database.execute("CREATE SCHEMA oriel; CREATE TABLE item (id integer PRIMARY KEY, name text)");
		DdlTrigger.create(database.dataSource());
	}

	@AfterEach
	void drop() {
		database.execute("DROP SCHEMA IF EXISTS oriel CASCADE; DROP TABLE IF EXISTS item, further");
	}

	@AfterAll
	static void dropRole() {
		database.execute("DROP OWNED BY ddl_guest; DROP ROLE ddl_guest");
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE TABLE further (id integer)", "ALTER TABLE item ADD COLUMN more text",
			"ALTER TABLE item DROP COLUMN name", "DROP TABLE item", "CREATE INDEX ON item (name)",
			"COMMENT ON TABLE item IS 'x'", "GRANT SELECT ON item TO PUBLIC",
			"CREATE VIEW item_view AS SELECT 1 AS one; DROP VIEW item_view",
			"CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'; DROP FUNCTION f()" })
	void changesOfTheSchemaNotifyOnce(String ddl) throws SQLException {
		try (Connection listener = listen()) {
			database.execute(ddl);
			assertThat(notifications(listener)).containsExactly(DdlTrigger.PAYLOAD);
		}
	}

	@Test
	void temporaryObjectsAndRefreshesDoNotNotify() throws SQLException {
		database.execute("CREATE MATERIALIZED VIEW stored AS SELECT 1 AS one");
		try (Connection listener = listen()) {
			database.execute("CREATE TEMPORARY TABLE passing (id integer PRIMARY KEY)");
			database.execute("DROP TABLE IF EXISTS passing");
			database.execute("REFRESH MATERIALIZED VIEW stored");
			database.execute("SELECT pg_notify('oriel', 'last')");
			assertThat(notifications(listener)).containsExactly("last");
		}
		finally {
			database.execute("DROP MATERIALIZED VIEW stored");
		}
	}

	@Test
	void statementsOfOthersSucceedWhateverGoesWrong() throws SQLException {
		database.execute("REVOKE EXECUTE ON FUNCTION pg_notify(text, text) FROM PUBLIC");
		try (Connection guest = guest().getConnection(); Statement statement = guest.createStatement()) {
			assertThatNoException().isThrownBy(() -> statement.execute("CREATE TABLE further (id integer)"));
			assertThatNoException().isThrownBy(() -> statement.execute("DROP TABLE further"));
		}
		finally {
			database.execute("GRANT EXECUTE ON FUNCTION pg_notify(text, text) TO PUBLIC");
		}
	}

	@Test
	void everybodysChangesNotify() throws SQLException {
		try (Connection listener = listen();
				Connection guest = guest().getConnection();
				Statement statement = guest.createStatement()) {
			statement.execute("CREATE TABLE further (id integer)");
			assertThat(notifications(listener)).containsExactly(DdlTrigger.PAYLOAD);
		}
	}

	@Test
	void creatingAgainChangesNothing() throws SQLException {
		List<Long> before = triggers();
		DdlTrigger.create(database.dataSource());
		assertThat(triggers()).hasSize(2).isEqualTo(before);
	}

	@Test
	void roleThatMayNotGoesWithout() throws SQLException {
		database.execute("DROP SCHEMA oriel CASCADE; CREATE SCHEMA oriel AUTHORIZATION ddl_guest");
		DdlTrigger.create(guest());
		assertThat(triggers()).isEmpty();
		assertThat(functions()).isZero();
	}

	@Test
	void schemaThatIsMissingGoesWithout() throws SQLException {
		database.execute("DROP SCHEMA oriel CASCADE");
		DdlTrigger.create(database.dataSource());
		assertThat(triggers()).isEmpty();
	}

	@Test
	void droppingTheSchemaTakesThemAlong() {
		database.execute("DROP SCHEMA oriel CASCADE");
		assertThat(triggers()).isEmpty();
		database.execute("CREATE TABLE further (id integer)");
	}

	@Test
	void expectedChangeIsLookedAtAtOnce() {
		List<SchemaSnapshot> told = new CopyOnWriteArrayList<>();
		try (PostgresSchemaSource source = new PostgresSchemaSource(database.dataSource(), ReflectionSettings.ALL)) {
			source.addListener(told::add);
			source.snapshot();
			source.start(Duration.ofHours(1));
			database.execute("ALTER TABLE item ADD COLUMN more text");
			source.expectChange();
			await().until(() -> !told.isEmpty());
		}
	}

	private static Connection listen() throws SQLException {
		Connection connection = database.dataSource(database.username(), database.password()).getConnection();
		try (Statement statement = connection.createStatement()) {
			statement.execute("LISTEN oriel");
		}
		return connection;
	}

	private static List<String> notifications(Connection listener) throws SQLException {
		PGNotification[] received = listener.unwrap(PGConnection.class).getNotifications(LONG);
		return List.of(received).stream().map(PGNotification::getParameter).toList();
	}

	private static DataSource guest() {
		return database.dataSource("ddl_guest", "guest");
	}

	private static List<Long> triggers() {
		return database.jdbc()
			.sql("SELECT CAST(oid AS bigint) FROM pg_event_trigger ORDER BY evtname")
			.query(Long.class)
			.list();
	}

	private static long functions() {
		return database.jdbc()
			.sql("SELECT count(*) FROM pg_proc WHERE pronamespace = 'oriel'::regnamespace")
			.query(Long.class)
			.single();
	}

}
