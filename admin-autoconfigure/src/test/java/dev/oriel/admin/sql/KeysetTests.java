package dev.oriel.admin.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.oriel.admin.query.Anchor;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.Privileges;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationKind;
import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the text of the statements that {@link Keyset} writes.
 */
class KeysetTests {

	private static final DataType INTEGER = new DataType.Base(23, "integer", "int4", 'N');

	private static final DataType TEXT = new DataType.Base(25, "text", "text", 'S');

	private static final DataType CITEXT = new DataType.Base(9, "\"We.ird\".citext", "citext", 'S');

	private static final Scope SCOPE = scope(List.of("id"));

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					               | 7       | t."id" OPERATOR(pg_catalog.>=) CAST(? AS integer)
					order=id.desc  | 7       | t."id" OPERATOR(pg_catalog.<=) CAST(? AS integer)
					order=a        | 1,7     | (t."a", t."id") OPERATOR(pg_catalog.>=) (CAST(? AS integer), CAST(? AS integer))
					order=a.desc   | 1,7     | (t."a", t."id") OPERATOR(pg_catalog.<=) (CAST(? AS integer), CAST(? AS integer))
					order=n.desc   | x,7     | (t."n", t."id") OPERATOR(pg_catalog.<=) (CAST(? AS text), CAST(? AS integer))
					order=n.desc.nullslast | ,7 | t."n" IS NOT DISTINCT FROM NULL AND t."id" OPERATOR(pg_catalog.<=) CAST(? AS integer)
					order=n.nullsfirst | x,7 | (t."n", t."id") OPERATOR(pg_catalog.>=) (CAST(? AS text), CAST(? AS integer))
					order=n        | ,7      | t."n" IS NOT DISTINCT FROM NULL AND t."id" OPERATOR(pg_catalog.>=) CAST(? AS integer)
					order=a,n.nullsfirst | 1,x,7 | (t."a", t."n", t."id") OPERATOR(pg_catalog.>=) (CAST(? AS integer), CAST(? AS text), CAST(? AS integer))
					""")
	void oneDirectionWithoutNullsInBetweenIsOneRange(String query, String values, String condition) {
		SqlStatement statement = rows(query, values);
		assertThat(statement.sql()).contains(" WHERE " + condition + " ORDER BY ").doesNotContain("UNION", " OR ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					order=n | x,7 | (t."n", t."id") OPERATOR(pg_catalog.>=) (CAST(? AS text), CAST(? AS integer)) ; t."n" IS NOT DISTINCT FROM NULL
					order=n.desc | ,7 | t."n" IS NOT DISTINCT FROM NULL AND t."id" OPERATOR(pg_catalog.<=) CAST(? AS integer) ; t."n" IS DISTINCT FROM NULL
					order=a,id.desc | 1,7 | t."a" OPERATOR(pg_catalog.=) CAST(? AS integer) AND t."id" OPERATOR(pg_catalog.<=) CAST(? AS integer) ; t."a" OPERATOR(pg_catalog.>) CAST(? AS integer)
					order=c.desc | x,7 | t."c" OPERATOR("We.ird".=) CAST(? AS "We.ird".citext) AND t."id" OPERATOR(pg_catalog.<=) CAST(? AS integer) ; t."c" OPERATOR("We.ird".<) CAST(? AS "We.ird".citext)
					""")
	void otherOrdersAreRangesThatFollowEachOther(String query, String values, String conditions) {
		String sql = rows(query, values).sql();
		int from = 0;
		for (String condition : conditions.split(" ; ")) {
			int found = sql.indexOf(" WHERE " + condition, from);
			assertThat(found).as(condition + " in " + sql).isGreaterThan(from);
			from = found;
		}
		assertThat(sql).contains("(SELECT count(*) FROM s1) < CAST(? AS int8)",
				"SELECT * FROM s1 UNION ALL SELECT * FROM s2 LIMIT");
	}

	@Test
	void backwardsTheOrderIsReversed() {
		Keyset keyset = keyset("order=n.nullsfirst,a.desc");
		String sql = keyset.rows(Returned.json(VersionMode.NONE), false, new Bound(Anchor.Side.BEFORE, List.of()), 5)
			.sql();
		assertThat(sql).contains("ORDER BY t.\"n\" DESC NULLS LAST, t.\"a\", t.\"id\" LIMIT").doesNotContain("WHERE");
	}

	@Test
	void eachRowTellsWhereItStands() {
		SqlStatement statement = rows("select=a&order=n.desc", "x,7");
		assertThat(statement.sql()).startsWith("SELECT row_to_json(o.*)::text, p.k1, p.b1, p.b2, p.d FROM (SELECT ")
			.contains("CAST(t.\"n\" AS text) AS b1, CAST(t.\"id\" AS text) AS b2, t.\"n\" OPERATOR(pg_catalog.=) "
					+ "CAST(? AS text) AND t.\"id\" OPERATOR(pg_catalog.=) CAST(? AS integer) AS d FROM");
		assertThat(statement.args()).containsExactly("x", "7", "x", "7", "3");
	}

	@Test
	void ordersAreTheSameOnlyIfEverythingIs() {
		List<String> orders = Stream
			.of("", "order=id.desc", "order=a", "order=a.desc", "order=n.nullsfirst", "order=a,id.desc", "order=n",
					"order=d->x", "order=d->>x", "order=d->x->y")
			.map((query) -> keyset(query).order())
			.toList();
		assertThat(orders).doesNotHaveDuplicates();
		assertThat(keyset("order=a.asc.nullslast,id&select=n&a=eq.1&limit=4").order())
			.isEqualTo(keyset("order=a").order());
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
			value = { "select=a,count();'a' is missing", "select=a,n,count()&order=n;'a' is missing",
					"select=x:a::text,count()&order=a;'x' is missing",
					"order=id,id,id,id,id,id,id,id,id,id,id,id,id,id,id,id,id,id,id,id,id,id,id,id,id,id,id,id,id,"
							+ "id,id,id,id;33 steps" })
	void ordersThatDoNotTellRowsApartAreRefused(String query, String details) {
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> keyset(query)).satisfies((ex) -> {
			assertThat(ex.code()).isEqualTo("ORIEL416");
			assertThat(ex.details()).contains(details);
			assertThat(ex.hint()).isNotBlank();
		});
	}

	@Test
	void rowsWithoutAKeyAreRefused() {
		assertThatExceptionOfType(QueryException.class)
			.isThrownBy(() -> Keyset.of(scope(List.of()), new QueryParser().parse("order=id")))
			.satisfies((ex) -> assertThat(ex.details()).contains("have no key"));
	}

	@Test
	void groupsAreOrderedByAllTheirColumns() {
		Keyset keyset = keyset("select=a,n,count()&order=n.desc,a");
		assertThat(keyset
			.rows(Returned.json(VersionMode.NONE), false, new Bound(Anchor.Side.AFTER, Arrays.asList(null, "1")), 3)
			.sql()).contains(" GROUP BY 1, 2 ORDER BY t.\"n\" DESC, t.\"a\" LIMIT");
	}

	@Test
	void statementsThatKnowNoCursorsRefuseThem() {
		assertThatExceptionOfType(QueryException.class)
			.isThrownBy(() -> ReadStatements.rows(SCOPE, new QueryParser().parse("after=~a"), VersionMode.NONE));
	}

	private static SqlStatement rows(@Nullable String query, String values) {
		List<@Nullable String> texts = Arrays.stream(values.split(",", -1))
			.<@Nullable String>map((value) -> value.isEmpty() ? null : value)
			.toList();
		return keyset((query != null) ? query : "").rows(Returned.json(VersionMode.NONE), false,
				new Bound(Anchor.Side.AFTER, texts), 3);
	}

	private static Keyset keyset(String query) {
		return Keyset.of(SCOPE, new QueryParser().parse(query));
	}

	private static Scope scope(List<String> key) {
		List<Column> columns = List.of(column("id", 1, INTEGER, false), column("a", 2, INTEGER, false),
				column("n", 3, TEXT, true), column("c", 4, CITEXT, false),
				column("d", 5, new DataType.Base(3802, "jsonb", "jsonb", 'U'), true));
		Relation relation = new Relation(1, new RelationName("s", "t"), RelationKind.TABLE, null, columns, key,
				List.of(), List.of(), null, null, new Privileges(true, true, true, true));
		return new Scope(relation, Set.of("id", "a", "n", "c", "d"), Filter.NONE);
	}

	private static Column column(String name, int position, DataType type, boolean nullable) {
		return new Column(name, position, type, type.sqlName(), nullable, null, Column.Identity.NONE, false, null,
				new Privileges(true, true, true, true));
	}

}
