package dev.oriel.admin.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Query;
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

/**
 * Tests for the search over all columns, and for the test whether a value is empty.
 */
class WordSearchIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	static Relation thing;

	static Relation holder;

	@BeforeAll
	static void reflect() {
		database.execute(
				"""
						CREATE TYPE mood AS ENUM ('Happy', 'so-so');
						CREATE DOMAIN label AS varchar(40);
						CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
						CREATE TABLE thing (id int PRIMARY KEY, t text, l label, b bpchar(8), n name, c "char", e mood, u uuid,
							s int2, big int8, x numeric, f float8, blind text COLLATE blind, secret text, j jsonb, ta text[]);
						INSERT INTO thing VALUES
							(1, 'The Blue Sky', 'Ärger', 'padded', 'Named', 'z', 'Happy',
								'11111111-2222-3333-4444-555555555555', 7, 9223372036854775807, 12.50, 2.5, 'Blind', 'hush',
								'{"k": "inside"}', '{element}'),
							(2, 'blue%moon_\\x', NULL, NULL, NULL, NULL, 'so-so', NULL, 100, NULL, NULL, NULL, NULL, NULL, NULL,
								NULL),
							(3, 'sky', 'blue', NULL, NULL, NULL, NULL, NULL, NULL, 100, NULL, NULL, NULL, NULL, NULL, NULL);
						CREATE TABLE holder (id int PRIMARY KEY, t text, b bpchar(3), n name, a int[], p point[], j json, jb jsonb,
							r int4range, m int4multirange, y bytea, l label, x int, u uuid);
						INSERT INTO holder VALUES
							(1, 'x', 'x', 'x', '{1}', '{"(1,1)"}', '[1]', '[1]', '[1,2)', '{[1,2)}', 'x', 'x', 0,
								'11111111-2222-3333-4444-555555555555'),
							(2, '', '', '', '{}', '{}', ' [ ] ', '[]', 'empty', '{}', '', '', NULL, NULL),
							(3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
							(4, ' ', 'x', ' ', '{NULL}', '{NULL}', E'{\\n}', '{}', '[,]', '{(,)}', '\\x00', ' ', 1, NULL),
							(5, 'null', 'x', 'x', '{{1}}', NULL, 'null', 'null', '(,1)', NULL, 'null', 'null', NULL, NULL),
							(6, 'x', 'x', 'x', '{0}', NULL, '"[]"', '""', '(,1)', NULL, '[]', 'x', NULL, NULL),
							(7, 'x', 'x', 'x', '{0}', NULL, '{"a":[]}', '{"a":[], "t":"", "f":false}', '(,1)', NULL, 'x', 'x', NULL,
								NULL)""");
		try (PostgresSchemaSource source = new PostgresSchemaSource(database.dataSource(), ReflectionSettings.ALL)) {
			thing = source.snapshot().relation(new RelationName("public", "thing"));
			holder = source.snapshot().relation(new RelationName("public", "holder"));
		}
	}

	@ParameterizedTest(name = "{0} finds {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", textBlock = """
			q=blue                                  | 1,2,3
			q=BLUE SKY                              | 1,3
			q="blue sky"                            | 1
			q="sky blue"                            |
			q=%25                                   | 2
			q=_                                     | 2
			q=\\x                                   | 2
			q=\\                                    | 2
			q='                                     |
			q=ärger                                 | 1
			q=padded                                | 1
			q=named z                               | 1,
			q=happ                                  | 1
			q=so-so                                 | 2
			q=11111111-2222-3333-4444-555555555555  | 1
			q=11111111                              |
			q=7                                     | 1
			q=100                                   | 2,3
			q=10                                    |
			q=9223372036854775807                   | 1
			q=9223372036854775808                   |
			q=12.5                                  | 1
			q=2.5                                   | 1
			q=99999999999999999999999999999999999   |
			q=-3                                    |
			q=1e400                                 |
			q=blind                                 | 1
			q=inside                                |
			q=element                               |
			q=hush                                  |
			q=blue&q=moon                           | 2
			or=(q.moon,l.eq.blue)                   | 2,3
			not.and=(q.blue,id.gt.1)                | 1
			not.and=(q.moon)                        | 1,3
			not.and=(q.nowhere)                     | 1,2,3
			q=                                      | 1,2,3
			""")
	void findsWhatThePersonMeans(String query, String ids) throws SQLException {
		Set<String> readable = columns(thing).stream()
			.filter((name) -> !name.equals("secret"))
			.collect(Collectors.toSet());
		assertThat(ids(new Scope(thing, readable, Filter.NONE), query)).isEqualTo(ids(ids));
	}

	@Test
	void whatMayNotBeReadIsNotSearched() throws SQLException {
		assertThat(ids(new Scope(thing, Set.of("id", "secret"), Filter.NONE), "q=hush")).containsExactly("1");
		assertThat(ids(new Scope(thing, Set.of("id", "l"), Filter.NONE), "q=hush")).isEmpty();
		assertThat(ids(new Scope(thing, Set.of("id"), Filter.NONE), "q=blue")).isEmpty();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			t         | 2,3
			b         | 2,3
			n         | 2,3
			l         | 2,3
			a         | 2,3
			p         | 2,3,5,6,7
			j         | 2,3,4,5
			jb        | 2,3,4,5,6
			r         | 2,3
			m         | 2,3,5,6,7
			y         | 2,3
			x         | 2,3,5,6,7
			u         | 2,3,4,5,6,7
			jb->a     | 1,2,3,4,5,6,7
			jb->>t    | 1,2,3,4,5,6,7
			jb->f     | 1,2,3,4,5,6
			jb->>f    | 1,2,3,4,5,6
			j->a      | 1,2,3,4,5,6,7
			a->0      | 2,3,4
			""")
	void emptyIsWhatHoldsNothing(String column, String ids) throws SQLException {
		Scope scope = new Scope(holder, columns(holder), Filter.NONE);
		assertThat(ids(scope, column + "=is.empty")).isEqualTo(ids(ids));
		List<String> others = new ArrayList<>(List.of("1", "2", "3", "4", "5", "6", "7"));
		others.removeAll(ids(ids));
		assertThat(ids(scope, column + "=not.is.empty")).isEqualTo(others);
	}

	@Test
	void trigramsCanServeTheSearch() throws SQLException {
		database.execute("""
				CREATE EXTENSION IF NOT EXISTS pg_trgm;
				CREATE TABLE searched (id int PRIMARY KEY, t text, v varchar(50));
				CREATE INDEX ON searched USING gin (t gin_trgm_ops);
				CREATE INDEX ON searched USING gin (v gin_trgm_ops)""");
		Relation searched;
		try (PostgresSchemaSource source = new PostgresSchemaSource(database.dataSource(), ReflectionSettings.ALL)) {
			searched = source.snapshot().relation(new RelationName("public", "searched"));
		}
		SqlStatement statement = ReadStatements.count(new Scope(searched, Set.of("t", "v"), Filter.NONE),
				parse("q=moon"), 0);
		List<String> plan = run(new SqlStatement("EXPLAIN " + statement.sql(), statement.args()), 1);
		assertThat(String.join("\n", plan)).contains("BitmapOr", "searched_t_idx", "searched_v_idx");
	}

	private static List<String> ids(String ids) {
		return (ids == null || ids.isEmpty()) ? List.of() : List.of(ids.split(","));
	}

	private static Set<String> columns(Relation relation) {
		return relation.columns().stream().map(Column::name).collect(Collectors.toUnmodifiableSet());
	}

	private static List<String> ids(Scope scope, String query) throws SQLException {
		return run(ReadStatements.rows(scope, parse(query + "&order=id"), VersionMode.NONE), 2);
	}

	private static Query parse(String query) {
		return new QueryParser().parse(query.replace(" ", "%20").replace("\\", "%5C").replace(">", "%3E"));
	}

	private static List<String> run(SqlStatement statement, int column) throws SQLException {
		List<String> values = new ArrayList<>();
		try (Connection connection = database.dataSource().getConnection()) {
			connection.setAutoCommit(false);
			connection.createStatement().execute("SET LOCAL enable_seqscan = off");
			try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
				for (int i = 0; i < statement.args().size(); i++) {
					prepared.setObject(i + 1, statement.args().get(i), Types.OTHER);
				}
				try (ResultSet rows = prepared.executeQuery()) {
					while (rows.next()) {
						values.add(rows.getString(column));
					}
				}
			}
			connection.rollback();
		}
		return values;
	}

}
