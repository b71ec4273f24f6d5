package dev.oriel.admin.sql;

import java.util.List;
import java.util.Set;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.Privileges;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationKind;
import dev.oriel.admin.schema.RelationName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the text of statements: {@link ReadStatements} and {@link WriteStatements}.
 */
class StatementsTests {

	private static final Relation ITEM = item();

	static final Scope ALL = new Scope(ITEM, Set.of("id", "name", "tags", "doc", "secret"), Filter.NONE);

	private static final Scope PART = new Scope(ITEM, Set.of("id", "name"),
			Filter.Comparison.of("secret", Operator.NEQ, "x"));

	@Test
	void rowsAreOrderedByTheKeyAndNamedOutsideOfTheInnerStatement() {
		SqlStatement statement = rows(ALL, "select=id,title:name&order=name.desc.nullslast&limit=5&offset=10");
		assertThat(statement.sql()).isEqualTo("SELECT row_to_json(o.*)::text, p.k1 FROM (SELECT t.\"id\" AS c1, "
				+ "t.\"name\" AS c2, t.\"id\"::text AS k1 FROM \"shop\".\"item\" AS t ORDER BY t.\"name\" DESC NULLS LAST, "
				+ "t.\"id\" DESC LIMIT CAST(? AS int8) OFFSET CAST(? AS int8)) p "
				+ "CROSS JOIN LATERAL (SELECT p.c1 AS \"id\", p.c2 AS \"title\") o");
		assertThat(statement.args()).containsExactly("5", "10");
	}

	@Test
	void keyIsNotOrderedByTwice() {
		assertThat(rows(ALL, "select=name&order=id.desc").sql()).contains("ORDER BY t.\"id\" DESC)")
			.doesNotContain("DESC, t.\"id\"");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					id=eq.5                    | t."id" = CAST(? AS integer)                          | 5
					id=neq.5                   | t."id" <> CAST(? AS integer)                         | 5
					name=like.a*               | t."name" like CAST(? AS text)                        | a%
					name=not.ilike.*a          | NOT (t."name" ilike CAST(? AS text))                 | %a
					id=in.(1,2)                | t."id" = ANY (CAST(? AS integer[]))                  | {"1","2"}
					id=gt(any).{1,2}           | t."id" > ANY (CAST(? AS integer[]))                  | {"1","2"}
					name=is.null               | t."name" IS NULL                                     |
					name=is.not_null           | t."name" IS NOT NULL                                 |
					tags=cs.{a}                | t."tags" @> CAST(? AS text[])                        | {a}
					doc->>a=eq.1               | (t."doc" ->> CAST(? AS text)) = CAST(? AS text)      | a,1
					doc->0=eq.1                | (t."doc" -> CAST(? AS int4)) = CAST(? AS jsonb)      | 0,1
					name=isdistinct.a          | t."name" is distinct from CAST(? AS text)            | a
					name=fts(english).a        | to_tsvector(CAST(? AS regconfig), t."name") @@ to_tsquery(CAST(? AS regconfig), CAST(? AS text)) | english,english,a
					or=(id.eq.1,name.is.null)  | (t."id" = CAST(? AS integer) OR t."name" IS NULL)    | 1
					""")
	void conditionsBindEveryValue(String filter, String condition, String args) {
		SqlStatement statement = ReadStatements.count(ALL, parse(filter), 0);
		assertThat(statement.sql()).isEqualTo(
				"SELECT count(*) FROM (SELECT 1 FROM \"shop\".\"item\" AS t WHERE TRUE AND " + condition + ") p");
		if (args == null) {
			assertThat(statement.args()).isEmpty();
		}
		else if (args.startsWith("{")) {
			assertThat(statement.args()).containsExactly(args);
		}
		else {
			assertThat(statement.args()).containsExactly(args.split(","));
		}
	}

	@Test
	void rulesOnRowsMayNameColumnsThatTheCallerMayNot() {
		SqlStatement statement = rows(PART, "select=*&name=eq.a");
		assertThat(statement.sql()).contains("WHERE t.\"secret\" <> CAST(? AS text) AND t.\"name\" = CAST(? AS text)")
			.doesNotContain("AS \"secret\"");
		assertThat(statement.args()).containsExactly("x", "a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "select=secret", "select=secret.count()", "select=a:secret", "secret=eq.x",
			"or=(id.eq.1,secret.is.null)", "order=secret", "select=secret->>x", "select=secret::int4",
			"not.and=(secret.eq.x,id.eq.1)", "select=nothing", "nothing=eq.x", "order=nothing" })
	void hiddenAndMissingColumnsAreTheSame(String query) {
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> rows(PART, query)).satisfies((ex) -> {
			assertThat(ex.code()).isEqualTo("42703");
			assertThat(ex.getMessage()).matches("column item\\.(secret|nothing) does not exist");
			assertThat(String.valueOf(ex.hint())).doesNotContain("secret");
		});
	}

	@Test
	void keyThatMayNotBeReadIsNoKey() {
		Scope keyless = new Scope(ITEM, Set.of("name"), Filter.NONE);
		assertThat(rows(keyless, "").sql()).doesNotContain("k1", "ORDER BY");
	}

	@Test
	void groupedRowsHaveNeitherKeyNorVersion() {
		SqlStatement statement = ReadStatements.rows(ALL, parse("select=name,id.sum()"), VersionMode.IN_ROW);
		assertThat(statement.sql()).contains("sum(t.\"id\") AS c2", "GROUP BY 1").doesNotContain("k1", "xmin");
	}

	@Test
	void versionIsTheWritingTransaction() {
		assertThat(ReadStatements.rows(ALL, Query.ALL, VersionMode.SEPARATE).sql()).contains("t.xmin::text AS v")
			.doesNotContain("_version");
		assertThat(ReadStatements.rows(ALL, Query.ALL, VersionMode.IN_ROW).sql()).contains("p.v AS \"_version\"");
	}

	@Test
	void insertLeavesTheBodyToPostgres() {
		SqlStatement statement = WriteStatements.insert(ALL,
				new InsertedRows(List.of(column("id"), column("name")), "[{}]"), parse("select=id"),
				Returned.json(VersionMode.NONE));
		assertThat(statement.sql()).startsWith("WITH p AS (INSERT INTO \"shop\".\"item\" AS t (\"id\", \"name\") "
				+ "SELECT r.\"id\", r.\"name\" FROM json_to_recordset(CAST(? AS json)) AS r(\"id\" integer, \"name\" text)"
				+ " RETURNING t.\"id\" AS c1, t.\"id\"::text AS k1, (TRUE) IS TRUE AS ok)");
		assertThat(statement.args()).containsExactly("[{}]");
	}

	@Test
	void updateChecksTheVersionInTheSameStatement() {
		SqlStatement statement = WriteStatements.update(PART, new Changes(List.of(column("name")), "{}"),
				parse("id=eq.1"), "77", Returned.json(VersionMode.NONE));
		assertThat(statement.sql()).startsWith("WITH p AS (UPDATE \"shop\".\"item\" AS t SET \"name\" = r.\"name\" "
				+ "FROM json_to_record(CAST(? AS json)) AS r(\"name\" text) WHERE t.\"secret\" <> CAST(? AS text) "
				+ "AND t.\"id\" = CAST(? AS integer) AND t.xmin::text = CAST(? AS text) RETURNING");
		assertThat(statement.args()).startsWith("{}", "x", "1", "77");
	}

	@Test
	void deleteTakesTheRulesOnRows() {
		SqlStatement statement = WriteStatements.delete(PART, parse("id=eq.1"), null, Returned.json(VersionMode.NONE));
		assertThat(statement.sql()).startsWith(
				"WITH p AS (DELETE FROM \"shop\".\"item\" AS t WHERE t.\"secret\" <> CAST(? AS text) AND t.\"id\" = ");
	}

	@Test
	void rowsThatAWriteReturnsCannotBeGrouped() {
		assertThatExceptionOfType(QueryException.class)
			.isThrownBy(() -> WriteStatements.delete(ALL, parse("select=id.max()&id=eq.1"), null,
					Returned.json(VersionMode.NONE)))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo("PGRST123"));
	}

	private static SqlStatement rows(Scope scope, String query) {
		return ReadStatements.rows(scope, parse(query), VersionMode.NONE);
	}

	private static Query parse(String query) {
		return new QueryParser().parse(query);
	}

	private static Column column(String name) {
		Column column = ITEM.column(name);
		assertThat(column).isNotNull();
		return column;
	}

	private static Relation item() {
		DataType text = new DataType.Base(25, "text", "text", 'S');
		List<Column> columns = List.of(column("id", new DataType.Base(23, "integer", "int4", 'N')),
				column("name", text), column("tags", new DataType.Array(1009, "text[]", text)),
				column("doc", new DataType.Base(3802, "jsonb", "jsonb", 'U')), column("secret", text));
		return new Relation(1, new RelationName("shop", "item"), RelationKind.TABLE, null, columns, List.of("id"),
				List.of(), List.of(), null, null, Privileges.ALL);
	}

	private static Column column(String name, DataType type) {
		return new Column(name, 1, type, type.sqlName(), true, null, Column.Identity.NONE, false, null, Privileges.ALL);
	}

}
