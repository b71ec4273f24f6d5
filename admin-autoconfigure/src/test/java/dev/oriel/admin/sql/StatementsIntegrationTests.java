package dev.oriel.admin.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.OrderTerm;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.query.SelectItem;
import dev.oriel.admin.query.ColumnPath;
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
 * Tests for what the statements mean to PostgreSQL.
 */
class StatementsIntegrationTests {

	private static final String WEIRD = "we\"ird; drop table t;--";

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/sql/types.sql");

	static Scope thing;

	static Scope weird;

	@BeforeAll
	static void reflect() {
		try (PostgresSchemaSource source = new PostgresSchemaSource(database.dataSource(), ReflectionSettings.ALL)) {
			thing = scope(source.snapshot().relation(new RelationName("public", "thing")));
			weird = scope(source.snapshot().relation(new RelationName("public", WEIRD)));
		}
	}

	@ParameterizedTest(name = "{0} gives {1}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", textBlock = """
			t=eq.apple                                  | 1
			t=eq.                                       | 2
			t=neq.apple                                 | 2,4
			t=is.null                                   | 3
			t=not.is.null                               | 1,2,4
			t=is.not_null                               | 1,2,4
			t=isdistinct.apple                          | 2,3,4
			t=like.a*                                   | 1,4
			t=like.%25pp%25                             | 1
			t=ilike.APP*                                | 1
			t=not.ilike.APP*                            | 2,4
			t=like(any).{app*,*q*}                      | 1,4
			t=like(all).{a*,*e}                         | 1
			t=match.^a.*e$                              | 1
			t=imatch.^APPLE$                            | 1
			t=in.(apple,"")                             | 1,2
			t=in.("a,b \\"q\\" \\\\ {x} 100%25")        | 4
			t=in.()                                     | -
			t=not.in.()                                 | 1,2,3,4
			t=not.in.(apple)                            | 2,4
			c=eq.ab                                     | 1
			e=eq.ok                                     | 2
			e=gt.sad                                    | 2,4
			e=in.(sad,happy)                            | 1,4
			m=eq.a@x                                    | 1
			b=is.true                                   | 1,4
			b=is.false                                  | 2
			b=is.unknown                                | 3
			b=not.is.true                               | 2,3
			b=eq.f                                      | 2
			n=gt.1.4                                    | 1,2,4
			n=eq.NaN                                    | 4
			n=lt.NaN                                    | 1,2
			n=eq.1.50                                   | 1
			big=eq.9223372036854775807                  | 1
			big=gt(any).{0,-2}                          | 1,2,4
			big=gt(all).{0,-2}                          | 1
			f=eq.NaN                                    | 2
			f=lte.-Infinity                             | 4
			d=gt.2023-12-31                             | 1,2
			d=eq.infinity                               | 2
			d=lt.0001-01-01                             | 4
			ts=gte.2024-01-01T10:00:00                  | 1,2
			tz=eq.-infinity                             | 2
			tz=eq.1999-12-31T23:59:59.123456Z           | 4
			iv=gt.3 hours                               | 1
			u=eq.FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF   | 4
			j->a=eq.1                                   | 1
			j->>a=in.(1,2)                              | 1,2
			j->k->>x=eq.deep                            | 1
			j->k->>x=is.null                            | 2,3,4
			j->l->>0=eq.10                              | 1
			j->l->>-1=eq.20                             | 1
			j=eq."text"                                 | 4
			j=cs.{"a":1}                                | 1
			jj->>a=gte.2                                | 2
			j=not.is.null                               | 1,2,4
			ia=eq.{1,2,3}                               | 1
			ia=cs.{2,3}                                 | 1
			ia=cd.{1,2,3,4}                             | 1,4
			ia=ov.{7}                                   | 2
			ia=in.("{1,2,3}","{}")                      | 1,4
			ia->0=eq.1                                  | 1
			ta=cs.{"b,c"}                               | 1
			ta=eq.{NULL,""}                             | 2
			ta=eq.{}                                    | 4
			r=cs.3                                      | ?
			r=cs.[2,3]                                  | 1
			r=ov.[4,6)                                  | 1,2
			r=sl.[5,6)                                  | 1
			r=adj.[5,9)                                 | 1
			r=eq.empty                                  | 4
			ip=eq.10.0.0.1                              | 1
			v=fts.fox                                   | 1
			v=plfts(english).lazy dogs                  | 2
			v=phfts(english).quick fox                  | 1
			v=wfts(english).fox or dog                  | 1,2
			t=fts(english).apples                       | 1
			by=eq.\\xdeadbeef                           | 4
			by=eq.\\x                                   | 2
			or=(id.eq.1,and(t.eq.,b.is.false))          | 1,2
			not.or=(id.eq.1,id.eq.2)                    | 3,4
			and=(id.gt.1,id.lt.4)                       | 2,3
			""")
	void operatorsMeanWhatPostgresMeans(String filter, String ids) throws SQLException {
		Query query = new QueryParser().parse("select=id&" + filter.replace(" ", "%20")
			.replace("\\", "%5C")
			.replace("\"", "%22")
			.replace("^", "%5E")
			.replace("{", "%7B")
			.replace("}", "%7D"));
		if (ids.equals("?")) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> rows(thing, query))
				.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("22P02"));
			return;
		}
		List<String> expected = ids.equals("-") ? List.of() : List.of(ids.split(","));
		assertThat(keys(thing, query)).isEqualTo(expected);
	}

	@Test
	void namesThatTripCarelessWritersAreReadFilteredAndSorted() throws SQLException {
		for (Column column : weird.relation().columns()) {
			String name = column.name();
			Query query = Query.ALL
				.withSelect(List.of(new SelectItem.Field(ColumnPath.of(name), null, null, null, null)))
				.withFilter(Filter.Comparison.of(name, Operator.IS_DISTINCT, "7"))
				.withOrder(List.of(OrderTerm.by(name)));
			assertThat(rows(weird, query)).as(name).hasSize(1);
		}
		assertThat(rows(weird, Query.ALL).get(0)).contains("\"__proto__\":\"c\"", "\"a?b\":\"a\"",
				"\"\uD83E\uDD8B\":\"d\"");
	}

	@Test
	void aliasesCannotBreakOut() throws SQLException {
		String alias = "x\" FROM pg_authid; --";
		Query query = Query.ALL.withSelect(List.of(new SelectItem.Field(ColumnPath.of("id"), alias, null, null, null)))
			.withPage(1L, null);
		assertThat(rows(thing, query)).containsExactly("{\"x\\\" FROM pg_authid; --\":1}");
	}

	@Test
	void valuesCannotBreakOut() throws SQLException {
		for (String value : List.of("'", "''; DROP TABLE thing; --", "\\'", "$$", "?", "{\"", "\\", "%s", "\u2019")) {
			assertThat(keys(thing, Query.ALL.withFilter(Filter.Comparison.of("t", Operator.EQ, value)))).isEmpty();
			assertThat(keys(thing, Query.ALL.withFilter(
					new Filter.Comparison(ColumnPath.of("t"), Operator.IN, null, List.of(value, "apple"), null))))
				.containsExactly("1");
			assertThat(rows(thing,
					parse("select=id").withFilter(
							new Filter.Comparison(new ColumnPath("j", List.of(new ColumnPath.Step(value, false, true))),
									Operator.EQ, null, List.of("1"), null))))
				.isEmpty();
		}
		assertThat(database.jdbc().sql("SELECT count(*) FROM thing").query(Long.class).single()).isEqualTo(4);
	}

	@Test
	void aggregatesGroupByTheOtherFields() throws SQLException {
		assertThat(rows(thing, parse("select=b,count(),big.max(),total:big.min()::text&order=b.asc.nullsfirst")))
			.containsExactly("{\"b\":null,\"count\":1,\"max\":null,\"total\":null}",
					"{\"b\":false,\"count\":1,\"max\":-1,\"total\":\"-1\"}",
					"{\"b\":true,\"count\":2,\"max\":9223372036854775807,\"total\":\"0\"}");
		assertThat(rows(thing, parse("select=id.sum(),id.avg()::int,t.count()")))
			.containsExactly("{\"sum\":10,\"avg\":3,\"count\":3}");
	}

	@Test
	void nullsStandWhereTheOrderPutsThem() throws SQLException {
		assertThat(keys(thing, parse("order=big.asc"))).containsExactly("2", "4", "1", "3");
		assertThat(keys(thing, parse("order=big.desc"))).containsExactly("3", "1", "4", "2");
		assertThat(keys(thing, parse("order=big.asc.nullsfirst"))).containsExactly("3", "2", "4", "1");
		assertThat(keys(thing, parse("order=big.desc.nullslast"))).containsExactly("1", "4", "2", "3");
		assertThat(keys(thing, parse("order=j->>a.desc.nullslast"))).containsExactly("2", "1", "4", "3");
		assertThat(keys(thing, parse("order=b.desc.nullslast,id.desc"))).containsExactly("4", "1", "2", "3");
	}

	@Test
	void pagesDoNotOverlap() throws SQLException {
		List<String> seen = new ArrayList<>();
		for (int offset = 0; offset < 6; offset++) {
			seen.addAll(keys(thing, parse("order=b&limit=1&offset=" + offset)));
		}
		assertThat(seen).containsExactly("2", "1", "4", "3");
		assertThat(keys(thing, parse("limit=0"))).isEmpty();
		assertThat(keys(thing, parse("limit=9223372036854775807&offset=3"))).containsExactly("4");
	}

	@Test
	void castsAndPathsGiveJsonOfTheirType() throws SQLException {
		assertThat(rows(thing, parse("select=big::text,n::float8,j->k->>x,first:ia->0&id=eq.1")))
			.containsExactly("{\"big\":\"9223372036854775807\",\"n\":1.5,\"x\":\"deep\",\"first\":1}");
	}

	@Test
	void largeListIsOneArgument() throws SQLException {
		List<String> values = new ArrayList<>(IntStream.range(100, 100_000).mapToObj(Integer::toString).toList());
		values.add("2");
		SqlStatement statement = ReadStatements.rows(thing,
				Query.ALL.withFilter(new Filter.Comparison(ColumnPath.of("id"), Operator.IN, null, values, null)),
				VersionMode.NONE);
		assertThat(statement.args()).hasSize(1);
		assertThat(run(statement, 2)).containsExactly("2");
	}

	@Test
	void textIsNeverReadAsAnotherStatement() {
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> rows(thing, parse("id=eq.1%20OR%20true")))
			.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("22P02"));
	}

	private static Scope scope(Relation relation) {
		return new Scope(relation,
				relation.columns().stream().map(Column::name).collect(Collectors.toUnmodifiableSet()), Filter.NONE);
	}

	private static Query parse(String query) {
		return new QueryParser().parse(query);
	}

	private static List<String> rows(Scope scope, Query query) throws SQLException {
		return run(ReadStatements.rows(scope, query, VersionMode.NONE), 1);
	}

	private static List<String> keys(Scope scope, Query query) throws SQLException {
		return run(ReadStatements.rows(scope, query, VersionMode.NONE), 2);
	}

	private static List<String> run(SqlStatement statement, int column) throws SQLException {
		List<String> values = new ArrayList<>();
		try (Connection connection = database.dataSource().getConnection();
				PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
			for (int i = 0; i < statement.args().size(); i++) {
				prepared.setObject(i + 1, statement.args().get(i), Types.OTHER);
			}
			try (ResultSet rows = prepared.executeQuery()) {
				while (rows.next()) {
					values.add(rows.getString(column));
				}
			}
		}
		return values;
	}

}
