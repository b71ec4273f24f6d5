package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RelationReader}.
 */
class RelationReaderIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/shop.sql");

	static Rig rig;

	@BeforeAll
	static void build() {
		database.execute("""
				CREATE TABLE message (id int PRIMARY KEY);
				CREATE TABLE reply (id int PRIMARY KEY, message_id int REFERENCES message);
				INSERT INTO message VALUES (7);
				INSERT INTO reply VALUES (1, 7), (2, NULL);
				""");
		rig = Rig.of(database);
	}

	@Test
	void answersAreCapped() {
		assertThat(rig.reader().read(Rig.CALLER, Rig.name("many"), Rig.query(""), ReadOptions.DEFAULTS).rows())
			.hasSize(10_000);
		assertThat(
				rig.reader().read(Rig.CALLER, Rig.name("many"), Rig.query("limit=99999"), ReadOptions.DEFAULTS).rows())
			.hasSize(10_000);
		assertThat(rig.reader().read(Rig.CALLER, Rig.name("many"), Rig.query("limit=3"), ReadOptions.DEFAULTS).rows())
			.hasSize(3);
	}

	@Test
	void timeIsTheDatabases() {
		String clock = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::int8";
		long before = database.jdbc().sql(clock).query(Long.class).single();
		long now = ChronoUnit.MICROS.between(Instant.EPOCH, rig.reader().now());
		assertThat(now).isBetween(before, database.jdbc().sql(clock).query(Long.class).single());
	}

	@Test
	void answersThatWouldFillTheMemoryAreRefused() {
		database.execute("CREATE OR REPLACE VIEW huge AS SELECT repeat('x', 100000) AS x FROM generate_series(1, 100)");
		String url = database.jdbcUrl() + (database.jdbcUrl().contains("?") ? "&" : "?") + "maxResultBuffer=1M";
		Rig careful = Rig.of(new DriverManagerDataSource(url, database.username(), database.password()),
				new PrivilegeAccessPolicy(false), Rig.SETTINGS);
		Problem problem = Rig.problem(() -> careful.read("huge", ""));
		assertThat(problem.status()).isEqualTo(400);
		assertThat(problem.code()).isEqualTo("ORIEL413");
		assertThat(careful.read("huge", "limit=1")).hasSizeGreaterThan(100_000);
	}

	@Test
	void busyPoolIsNotAnOutage() {
		AtomicBoolean busy = new AtomicBoolean();
		Rig small = Rig.of(new DelegatingDataSource(database.dataSource()) {
			@Override
			public Connection getConnection() throws SQLException {
				if (busy.get()) {
					throw new SQLTransientConnectionException("All connections are in use", "53300");
				}
				return super.getConnection();
			}
		}, new PrivilegeAccessPolicy(false), Rig.SETTINGS);
		small.read("company", "");
		busy.set(true);
		Problem problem = Rig.problem(() -> small.read("company", ""));
		assertThat(problem.status()).isEqualTo(504);
		assertThat(problem.code()).isEqualTo("PGRST003");
	}

	@Test
	void estimateThatTakesTooLongIsTheGuessOfThePlanner() {
		database.execute("CREATE OR REPLACE VIEW tedious AS SELECT g AS id, pg_sleep(0.05)::text AS s "
				+ "FROM generate_series(1, 1000) g");
		rig.source().refresh();
		Count count = rig.count("tedious", "s=is.null", CountMode.ESTIMATED);
		assertThat(count.exact()).isFalse();
	}

	@Test
	void countsAreExactOrGuessedAsAsked() {
		assertThat(rig.count("many", "", CountMode.EXACT)).isEqualTo(new Count(12_000, true));
		assertThat(rig.count("many", "id=lte.5&limit=1", CountMode.EXACT)).isEqualTo(new Count(5, true));
		assertThat(rig.count("many", "", CountMode.PLANNED)).isEqualTo(new Count(12_000, false));
		assertThat(rig.count("many", "id=lte.5", CountMode.ESTIMATED)).isEqualTo(new Count(5, true));
		assertThat(rig.count("many", "", CountMode.ESTIMATED)).isEqualTo(new Count(12_000, false));
		assertThat(rig.count("many", "id=lt.0", CountMode.EXACT)).isEqualTo(new Count(0, true));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			many;;3;0;12000
			many;id=lte.5&order=id.desc;2;3;5
			many;id=lte.5;10;7;5
			many;id=lt.0;10;0;0
			many;select=id.max();10;0;12000
			reply;select=id,message(*)&order=id;10;0;2
			""")
	void pageAndCountAreOneStatement(String relation, @Nullable String query, long limit, long offset, long total) {
		Query page = Rig.query((query != null) ? query : "").withPage(limit, offset);
		RowPage counted = rig.reader()
			.read(Rig.CALLER, Rig.name(relation), page, ReadOptions.DEFAULTS.withCount(CountMode.EXACT));
		RowPage plain = rig.reader().read(Rig.CALLER, Rig.name(relation), page, ReadOptions.DEFAULTS);
		assertThat(counted.rows()).isEqualTo(plain.rows());
		assertThat(counted.total()).isEqualTo(new Count(total, true));
		assertThat(plain.total()).isNull();
	}

	@Test
	void rowsCarryTheirKey() {
		assertThat(rig.reader()
			.read(Rig.CALLER, Rig.name("company"), Rig.query("select=name&id=eq.2"), ReadOptions.DEFAULTS)
			.rows()).containsExactly(new Row("{\"name\":\"two\"}", java.util.List.of("2"), null));
	}

	@Test
	void unknownNamesAreToldWithTheNearest() {
		Problem relation = Rig.problem(() -> rig.read("compny", ""));
		assertThat(relation.status()).isEqualTo(404);
		assertThat(relation.code()).isEqualTo("PGRST205");
		assertThat(relation.hint()).contains("public.company");
		Problem column = Rig.problem(() -> rig.read("company", "nam=eq.x"));
		assertThat(column.status()).isEqualTo(400);
		assertThat(column.code()).isEqualTo("42703");
		assertThat(column.hint()).contains("company.name");
		Problem schema = Rig.problem(() -> rig.reader()
			.read(Rig.CALLER, new dev.oriel.admin.schema.RelationName("pg_catalog", "pg_class"), Rig.query(""),
					ReadOptions.DEFAULTS));
		assertThat(schema.status()).isEqualTo(406);
	}

	@Test
	void relationThatAllowsNothingIsAsIfItWereNotThere() {
		Rig blind = Rig.of(database.dataSource(),
				(caller, relation) -> relation.name().name().equals("company")
						? new RelationAccess(Set.of(), Set.of(), Set.of(), Set.of(), Filter.NONE)
						: new PrivilegeAccessPolicy(false).decide(caller, relation),
				Rig.SETTINGS);
		Problem hidden = Rig.problem(() -> blind.read("company", ""));
		Problem missing = Rig.problem(() -> blind.read("zzzzzzzzz", ""));
		assertThat(hidden.status()).isEqualTo(missing.status());
		assertThat(hidden.code()).isEqualTo(missing.code());
		assertThat(hidden.message()).isEqualTo(missing.message().replace("zzzzzzzzz", "company"));
		assertThat(Rig.problem(() -> blind.read("compan", "")).hint()).doesNotContain("company");
	}

	@Test
	void hiddenValuesChangeNothingThatIsSeen() {
		Rig narrow = narrow();
		assertThat(Rig.problem(() -> narrow.read("item", "note=eq.none")))
			.isEqualTo(Rig.problem(() -> narrow.read("item", "note=eq.other")));
		assertThat(Rig.problem(() -> narrow.read("item", "order=note")).code()).isEqualTo("42703");
		assertThat(narrow.read("item", "order=id")).isEqualTo("[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"b\"}]");
		assertThat(narrow.count("item", "", CountMode.EXACT).value()).isEqualTo(2);
		assertThat(narrow.read("item", "select=count()")).isEqualTo("[{\"count\":2}]");
		assertThat(narrow.read("item", "or=(id.eq.3,id.gt.0)&select=id")).doesNotContain("3");
	}

	@Test
	void readingCannotChangeAnything() {
		Problem problem = Rig.problem(() -> rig.read("mutating", ""));
		assertThat(problem.code()).isEqualTo("25006");
		assertThat(database.jdbc().sql("SELECT count(*) FROM counter WHERE id = 999").query(Long.class).single())
			.isZero();
	}

	@Test
	void longStatementsAreCancelled() {
		database.execute("CREATE OR REPLACE VIEW slow AS SELECT pg_sleep(30)::text AS s");
		Rig hasty = Rig.of(database.dataSource(), new PrivilegeAccessPolicy(false),
				new DataSettings(10, Duration.ofMillis(150), Duration.ofSeconds(1), false));
		Problem problem = Rig.problem(() -> hasty.read("slow", ""));
		assertThat(problem.status()).isEqualTo(504);
		assertThat(problem.code()).isEqualTo("57014");
	}

	private static Rig narrow() {
		Filter rule = Filter.Comparison.of("company_id", Operator.EQ, "1");
		return Rig.of(database.dataSource(), (caller, relation) -> {
			RelationAccess all = new PrivilegeAccessPolicy(false).decide(caller, relation);
			return relation.name().name().equals("item") ? new RelationAccess(all.operations(), Set.of("id", "name"),
					all.insertable(), all.updatable(), rule) : all;
		}, Rig.SETTINGS);
	}

}
