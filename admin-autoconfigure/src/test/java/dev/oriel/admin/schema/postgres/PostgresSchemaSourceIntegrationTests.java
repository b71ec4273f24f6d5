package dev.oriel.admin.schema.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.SchemaUnavailableException;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for how {@link PostgresSchemaSource} keeps, shares and renews its snapshot.
 */
class PostgresSchemaSourceIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private final SwitchableDataSource dataSource = new SwitchableDataSource(database.dataSource());

	private final PostgresSchemaSource source = new PostgresSchemaSource(this.dataSource, ReflectionSettings.ALL);

	private final List<SchemaSnapshot> told = new ArrayList<>();

	@BeforeEach
	void createSchema() {
		database.execute("""
				CREATE TYPE mood AS ENUM ('sad', 'happy');
				CREATE DOMAIN amount AS numeric;
				CREATE TABLE item (id integer PRIMARY KEY, name text, feeling mood, price amount);
				CREATE VIEW item_view AS SELECT id, name FROM item;
				CREATE TABLE other (id integer PRIMARY KEY);
				CREATE SCHEMA extra
				""");
		this.source.addListener(this.told::add);
	}

	@AfterEach
	void dropSchema() {
		database.execute("DROP SCHEMA IF EXISTS public, extra, renamed CASCADE; CREATE SCHEMA public");
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE TABLE further (id integer)", "DROP TABLE other",
			"ALTER TABLE item RENAME TO thing", "ALTER TABLE other SET SCHEMA extra",
			"ALTER SCHEMA public RENAME TO renamed; CREATE SCHEMA public",
			"ALTER TABLE item ADD COLUMN further integer", "ALTER TABLE item DROP COLUMN price",
			"ALTER TABLE item RENAME COLUMN name TO title", "ALTER TABLE item ALTER COLUMN price TYPE varchar(7)",
			"ALTER TABLE item ALTER COLUMN name SET NOT NULL", "ALTER TABLE item ALTER COLUMN name SET DEFAULT 'x'",
			"ALTER TABLE item ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY", "ALTER TYPE mood ADD VALUE 'so-so'",
			"ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'", "ALTER TYPE mood RENAME TO temper",
			"ALTER DOMAIN amount ADD CHECK (VALUE > 0)", "ALTER DOMAIN amount SET NOT NULL",
			"ALTER TABLE item ADD FOREIGN KEY (id) REFERENCES other", "ALTER TABLE other DROP CONSTRAINT other_pkey",
			"ALTER TABLE item ALTER name SET NOT NULL; CREATE UNIQUE INDEX ON item (name)",
			"CREATE INDEX ON item (lower(name))", "ALTER INDEX item_pkey RENAME TO item_key",
			"ALTER TABLE item ADD CHECK (id > 0)", "ALTER TABLE item ENABLE ROW LEVEL SECURITY",
			"ALTER TABLE item FORCE ROW LEVEL SECURITY", "ALTER TABLE other SET UNLOGGED",
			"CREATE TABLE heir () INHERITS (item)", "ALTER TABLE item ADD EXCLUDE (id WITH =)",
			"COMMENT ON TABLE item IS '@hidden'", "COMMENT ON COLUMN item.name IS '@label Title'",
			"COMMENT ON TABLE item IS 'x'", "COMMENT ON COLUMN item.name IS 'x'",
			"CREATE OR REPLACE VIEW item_view AS SELECT DISTINCT id, name FROM item",
			"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
					+ "CREATE OR REPLACE VIEW item_view AS SELECT DISTINCT id, name FROM item;"
					+ "CREATE TRIGGER t INSTEAD OF INSERT ON item_view FOR EACH ROW EXECUTE FUNCTION f()",
			"CREATE TABLE whole (id integer) PARTITION BY LIST (id);"
					+ "ALTER TABLE whole ATTACH PARTITION other FOR VALUES IN (1)" })
	void changesOfTheSchemaAreNoticed(String ddl) {
		String before = this.source.snapshot().version();
		assertThat(this.source.refreshIfChanged()).isFalse();
		database.execute(ddl);
		assertThat(this.source.refreshIfChanged()).isTrue();
		assertThat(this.source.snapshot().version()).isNotEqualTo(before);
		assertThat(this.told).containsExactly(this.source.snapshot());
		assertThat(this.source.refreshIfChanged()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "INSERT INTO other SELECT generate_series(1, 1000)", "TRUNCATE other", "ANALYZE other",
			"CREATE TEMPORARY TABLE passing (id integer PRIMARY KEY); DROP TABLE passing",
			"CREATE MATERIALIZED VIEW extra.stored AS SELECT 1 AS one; DROP MATERIALIZED VIEW extra.stored" })
	void whatDoesNotChangeTheSchemaIsNotRead(String sql) {
		SchemaSnapshot before = this.source.snapshot();
		database.execute(sql);
		assertThat(this.source.refreshIfChanged()).isFalse();
		assertThat(this.source.snapshot()).isSameAs(before);
	}

	@Test
	void versionIsThatOfTheContentWithoutEstimates() {
		SchemaSnapshot before = this.source.snapshot();
		database.execute("INSERT INTO other SELECT generate_series(1, 1000)");
		database.execute("ANALYZE other");
		SchemaSnapshot after = this.source.refresh();
		assertThat(after.version()).isEqualTo(before.version());
		assertThat(after.relation(new RelationName("public", "other")).estimatedRows()).isEqualTo(1000);
		assertThat(this.told).isEmpty();
		assertThat(Reflection.of(database).snapshot().version()).isEqualTo(before.version());
	}

	@Test
	void changeAndItsReversalAreNotTold() {
		this.source.snapshot();
		database.execute("COMMENT ON TABLE item IS 'x'");
		database.execute("COMMENT ON TABLE item IS NULL");
		this.source.refreshIfChanged();
		assertThat(this.told).isEmpty();
	}

	@Test
	void listenerThatFailsDoesNotKeepOthersFromBeingTold() {
		List<SchemaSnapshot> later = new ArrayList<>();
		this.source.addListener((snapshot) -> {
			throw new IllegalStateException("on purpose");
		});
		this.source.addListener(later::add);
		this.source.snapshot();
		database.execute("DROP TABLE other");
		this.source.refresh();
		assertThat(later).hasSize(1);
	}

	@Test
	void firstSnapshotIsReadOnceForAllWhoAsk() throws Exception {
		List<SchemaSnapshot> snapshots = concurrently(8, this.source::snapshot);
		assertThat(snapshots).hasSize(8).allSatisfy((snapshot) -> assertThat(snapshot).isSameAs(snapshots.get(0)));
		assertThat(this.dataSource.connections).hasValue(1);
	}

	@Test
	void refreshSeesWhatWasDoneBeforeItWasCalled() throws Exception {
		this.source.snapshot();
		AtomicInteger sequence = new AtomicInteger();
		List<Boolean> seen = concurrently(8, () -> {
			String name = "further_" + sequence.incrementAndGet();
			database.execute("CREATE TABLE " + name + " (id integer)");
			return this.source.refresh().relation(new RelationName("public", name)) != null;
		});
		assertThat(seen).hasSize(8).containsOnly(true);
	}

	@Test
	void lostDatabaseKeepsTheSnapshot() {
		SchemaSnapshot before = this.source.snapshot();
		this.dataSource.away = true;
		assertThat(this.source.snapshot()).isSameAs(before);
		assertThat(this.source.refresh()).isSameAs(before);
		assertThat(this.source.refreshIfChanged()).isFalse();
		database.execute("DROP TABLE other");
		this.dataSource.away = false;
		assertThat(this.source.refreshIfChanged()).isTrue();
		assertThat(this.source.snapshot().relation(new RelationName("public", "other"))).isNull();
	}

	@Test
	void databaseThatWasNeverThereIsUnavailableUntilItComes() {
		this.dataSource.away = true;
		assertThatExceptionOfType(SchemaUnavailableException.class).isThrownBy(this.source::snapshot)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContainIgnoringCase("select").doesNotContain("08001"))
			.withCauseInstanceOf(SQLException.class);
		this.dataSource.away = false;
		assertThat(this.source.snapshot().relations()).hasSize(3);
	}

	@Test
	void unreadableCatalogueKeepsTheSnapshot() throws SQLException {
		SchemaSnapshot before = this.source.snapshot();
		try (Connection connection = database.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("LOCK TABLE item_view IN ACCESS EXCLUSIVE MODE");
			assertThat(this.source.refresh()).isSameAs(before);
			connection.rollback();
		}
		assertThat(this.source.refresh()).isNotSameAs(before);
	}

	@Test
	void sessionIsLeftAsItWas() throws SQLException {
		try (Connection connection = database.dataSource().getConnection()) {
			PostgresSchemaSource one = new PostgresSchemaSource(new SingleConnectionDataSource(connection, true),
					ReflectionSettings.ALL);
			one.snapshot();
			assertThat(connection.getAutoCommit()).isTrue();
			assertThat(setting(connection, "search_path")).isEqualTo("\"$user\", public");
			assertThat(setting(connection, "statement_timeout")).isEqualTo("0");
			assertThat(setting(connection, "transaction_read_only")).isEqualTo("off");
			assertThat(setting(connection, "transaction_isolation")).isEqualTo("read committed");
		}
	}

	private static String setting(Connection connection, String name) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("SHOW " + name)) {
			result.next();
			return result.getString(1);
		}
	}

	private static <T> List<T> concurrently(int threads, Callable<T> call) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<T> results = new ArrayList<>();
			for (Future<T> future : executor.invokeAll(Collections.nCopies(threads, call))) {
				results.add(future.get());
			}
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

}
