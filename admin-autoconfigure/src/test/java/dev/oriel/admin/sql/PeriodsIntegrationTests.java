package dev.oriel.admin.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for periods as PostgreSQL computes them, at a time of the test's choice.
 */
class PeriodsIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	static Scope scope;

	@BeforeAll
	static void reflect() {
		database.execute("""
				CREATE DOMAIN due AS timestamptz;
				CREATE TABLE event (id int PRIMARY KEY, tz timestamptz, ts timestamp, d date, due due, j jsonb, n int,
					ds date[]);
				CREATE INDEX ON event (tz);
				CREATE INDEX ON event (d)""");
		try (PostgresSchemaSource source = new PostgresSchemaSource(database.dataSource(), ReflectionSettings.ALL)) {
			Relation relation = source.snapshot().relation(new RelationName("public", "event"));
			scope = new Scope(relation,
					relation.columns().stream().map(Column::name).collect(Collectors.toUnmodifiableSet()), Filter.NONE);
		}
	}

	/**
	 * The first and the last moment of each period, told by clocks in its time zone.
	 */
	@ParameterizedTest(name = "{2} at {0} in {1}")
	@CsvSource(delimiter = '|', textBlock = """
			2024-03-15 13:37:42.5+00 | UTC | today | 2024-03-15 | 2024-03-16
			2024-03-15 13:37:42+00 | UTC | yesterday | 2024-03-14 | 2024-03-15
			2024-03-15 13:37:42+00 | UTC | tomorrow | 2024-03-16 | 2024-03-17
			2024-03-15 13:37:42+00 | Pacific/Auckland | today | 2024-03-16 | 2024-03-17
			2024-03-15 03:30:00+00 | America/New_York | today | 2024-03-14 | 2024-03-15
			2024-03-15 13:37:42+00 | UTC | last 7 days | 2024-03-09 | 2024-03-16
			2024-03-15 13:37:42+00 | UTC | next 7 days | 2024-03-15 | 2024-03-22
			2024-03-15 13:37:42+00 | UTC | this week | 2024-03-11 | 2024-03-18
			2024-03-17 13:37:42+00 | UTC | this week | 2024-03-11 | 2024-03-18
			2024-03-18 00:00:00+00 | UTC | last week | 2024-03-11 | 2024-03-18
			2024-03-15 13:37:42+00 | UTC | next 2 weeks | 2024-03-15 | 2024-03-29
			2024-03-15 13:37:42+00 | UTC | this month | 2024-03-01 | 2024-04-01
			2024-03-31 13:37:42+00 | UTC | last month | 2024-02-01 | 2024-03-01
			2024-01-31 13:37:42+00 | UTC | next month | 2024-02-01 | 2024-03-01
			2024-03-30 13:37:42+00 | UTC | last 1 month | 2024-02-29 | 2024-03-31
			2024-03-31 13:37:42+00 | UTC | last 1 month | 2024-03-01 | 2024-04-01
			2024-02-15 13:37:42+00 | UTC | last quarter | 2023-10-01 | 2024-01-01
			2024-02-15 13:37:42+00 | UTC | this quarter | 2024-01-01 | 2024-04-01
			2024-02-15 13:37:42+00 | UTC | last 2 quarters | 2023-08-16 | 2024-02-16
			2024-02-29 13:37:42+00 | UTC | next year | 2025-01-01 | 2026-01-01
			2024-02-29 13:37:42+00 | UTC | year to date | 2024-01-01 | 2024-03-01
			2024-02-29 13:37:42+00 | UTC | quarter to date | 2024-01-01 | 2024-03-01
			2024-02-29 13:37:42+00 | UTC | last 1000 years | 1024-03-01 | 2024-03-01
			2024-03-31 12:00:00+00 | Europe/Berlin | today | 2024-03-31 | 2024-04-01
			2024-03-31 12:00:00+00 | Europe/Berlin | last 2 days | 2024-03-30 | 2024-04-01
			2018-11-04 12:00:00+00 | America/Sao_Paulo | today | 2018-11-04 01:00 | 2018-11-05
			""")
	void daysAndMoreAreOfTheCalendar(String now, String zone, String period, String first, String end)
			throws SQLException {
		fill(zone, first, end);
		String filter = "=within(" + zone + ")." + period;
		assertThat(ids(now, "tz" + filter)).containsExactly(2, 3);
		assertThat(ids(now, "due" + filter)).containsExactly(2, 3);
		assertThat(ids(now, "tz" + filter.replace(").", ").before "))).containsExactly(1);
		assertThat(ids(now, "tz" + filter.replace(").", ").after "))).containsExactly(4);
		assertThat(ids(now, "tz=not." + filter.substring(1))).containsExactly(1, 4);
		if (!first.contains(":")) {
			assertThat(ids(now, "ts" + filter)).containsExactly(2, 3);
			assertThat(ids(now, "d" + filter)).containsExactly(2, 3);
		}
	}

	@ParameterizedTest(name = "{2} at {0} in {1}")
	@CsvSource(delimiter = '|', textBlock = """
			2024-03-15 13:37:42.5+00 | UTC | this hour | 2024-03-15 13:00 | 2024-03-15 14:00
			2024-03-15 13:37:42.5+00 | Asia/Kolkata | this hour | 2024-03-15 19:00 | 2024-03-15 20:00
			2024-03-15 13:37:42.5+00 | UTC | this minute | 2024-03-15 13:37 | 2024-03-15 13:38
			2024-03-15 13:37:42.5+00 | UTC | last 24 hours | 2024-03-14 13:38 | 2024-03-15 13:38
			2024-03-31 13:37:42.5+00 | Europe/Berlin | last 24 hours | 2024-03-30 14:38 | 2024-03-31 15:38
			2024-03-15 13:37:42.5+00 | UTC | last 5 minutes | 2024-03-15 13:33 | 2024-03-15 13:38
			2024-03-15 13:37:42.5+00 | UTC | next 90 minutes | 2024-03-15 13:37 | 2024-03-15 15:07
			2024-03-15 13:37:42.5+00 | UTC | last minute | 2024-03-15 13:36 | 2024-03-15 13:37
			""")
	void hoursAndMinutesAreOfTheClock(String now, String zone, String period, String first, String end)
			throws SQLException {
		fill(zone, first, end);
		assertThat(ids(now, "tz=within(" + zone + ")." + period)).containsExactly(2, 3);
		assertThat(ids(now, "ts=within(" + zone + ")." + period)).containsExactly(2, 3);
	}

	@Test
	void withoutATimeZoneTheSessionsIsMeant() throws SQLException {
		fill("Pacific/Auckland", "2024-03-16", "2024-03-17");
		database.execute("UPDATE event SET d = ts::date");
		for (String column : List.of("tz", "ts", "d")) {
			assertThat(ids("2024-03-15 13:37:42+00", column + "=within.today", "Pacific/Auckland")).as(column)
				.containsExactly(2, 3);
		}
	}

	@Test
	void indexesAreUsed() throws SQLException {
		for (String column : List.of("tz", "d")) {
			List<String> plan = run(ReadStatements.count(scope, parse(column + "=within(UTC).last 7 days"), 0),
					"EXPLAIN ", "UTC", (rows) -> rows.getString(1));
			assertThat(String.join("\n", plan))
				.containsPattern("Index Cond: \\(\\(" + column + " >= .*\\) AND \\(" + column + " < .*\\)\\)");
		}
	}

	@Test
	void otherTypesHaveNoDays() {
		refused("n=within.today", "'within' does not apply to 'n'", "Its type is integer.");
		refused("ds=within.today", "'within' does not apply to 'ds'", "Its type is date[].");
		refused("j->>at=within.today", "'within' does not apply to 'j'", "Values inside of JSON");
		refused("d=within.last 24 hours", "'last 24 hours' does not apply to 'd'", "It is a date");
	}

	@Test
	void unknownZonesAreTheCallersFault() {
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> ids("2024-03-15 13:37:42+00", "tz=within(Mars/Olympus).today"))
			.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("22023"));
	}

	private static void refused(String filter, String message, String details) {
		assertThatExceptionOfType(QueryException.class)
			.isThrownBy(() -> ReadStatements.rows(scope, parse(filter), VersionMode.NONE))
			.satisfies((ex) -> {
				assertThat(ex).hasMessageContaining(message);
				assertThat(ex.details()).contains(details);
				assertThat(ex.hint()).isNotBlank();
			});
	}

	/**
	 * The moments just outside and just inside of a period.
	 */
	private static void fill(String zone, String first, String end) {
		database.execute("TRUNCATE event");
		database.jdbc().sql("""
				INSERT INTO event (id, ts, tz, due, d)
				SELECT id, at - early, (at AT TIME ZONE :zone) - early, (at AT TIME ZONE :zone) - early,
					(at - early)::date
				FROM (VALUES (1, :first::timestamp, interval '1 us'), (2, :first::timestamp, interval '0'),
					(3, :end::timestamp, interval '1 us'), (4, :end::timestamp, interval '0')) v (id, at, early)
				""").param("zone", zone).param("first", first).param("end", end).update();
	}

	private static List<Integer> ids(String now, String filter) throws SQLException {
		return ids(now, filter, "Asia/Tokyo");
	}

	private static List<Integer> ids(String now, String filter, String session) throws SQLException {
		SqlStatement statement = ReadStatements.rows(scope, parse(filter + "&order=id&select=id"), VersionMode.NONE);
		assertThat(statement.sql()).contains("now()");
		SqlStatement then = new SqlStatement(statement.sql().replace("now()", "timestamptz '" + now + "'"),
				statement.args());
		return run(then, "", session, (rows) -> rows.getInt(2));
	}

	private static Query parse(String filter) {
		return new QueryParser().parse(filter.replace(" ", "%20").replace(">", "%3E"));
	}

	private static <T> List<T> run(SqlStatement statement, String prefix, String zone, Extractor<T> extractor)
			throws SQLException {
		List<T> values = new ArrayList<>();
		try (Connection connection = database.dataSource().getConnection();
				Statement settings = connection.createStatement();
				PreparedStatement prepared = connection.prepareStatement(prefix + statement.sql())) {
			connection.setAutoCommit(false);
			settings.execute("SET LOCAL TimeZone = '" + zone + "'; SET LOCAL enable_seqscan = off; "
					+ "SET LOCAL enable_bitmapscan = off");
			for (int i = 0; i < statement.args().size(); i++) {
				prepared.setObject(i + 1, statement.args().get(i), Types.OTHER);
			}
			try (ResultSet rows = prepared.executeQuery()) {
				while (rows.next()) {
					values.add(extractor.extract(rows));
				}
			}
			connection.rollback();
		}
		return values;
	}

	private interface Extractor<T> {

		T extract(ResultSet rows) throws SQLException;

	}

}
