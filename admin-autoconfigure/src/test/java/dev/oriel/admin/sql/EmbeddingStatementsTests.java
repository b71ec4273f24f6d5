package dev.oriel.admin.sql;

import java.util.List;
import java.util.function.Function;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.QueryParser;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Privileges;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationKind;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.Relationships;
import dev.oriel.admin.schema.SchemaSnapshot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the text of statements that embed.
 */
class EmbeddingStatementsTests {

	private static final RelationName CHILD = new RelationName("s", "child");

	private static final RelationName PARENT = new RelationName("s", "parent");

	private final SchemaSnapshot snapshot = new SchemaSnapshot("1", "test", List.of("s"), List.of(relation(CHILD, List
		.of(new ForeignKey("fk", CHILD, List.of("name"), PARENT, List.of("id"), ForeignKey.Action.NO_ACTION, false))),
			relation(PARENT, List.of())));

	private final Related related = new Related(new Relationships(this.snapshot), new Scopes(),
			(relation) -> List.of());

	@Test
	void onlyTheRowsOfThePageAreJoined() {
		SqlStatement statement = rows(CHILD, "select=id,parent(name)&id=gt.1&limit=5");
		assertThat(statement.sql()).isEqualTo("SELECT row_to_json(o.*)::text, p.k1 FROM (SELECT t.\"id\" AS c1, "
				+ "t.\"name\" AS j1, t.\"id\"::text AS k1 FROM \"s\".\"child\" AS t WHERE TRUE AND t.\"id\" > CAST(? AS text) "
				+ "ORDER BY t.\"id\" LIMIT CAST(? AS int8)) p LEFT JOIN LATERAL (SELECT row_to_json(o1.*) AS c1 FROM "
				+ "(SELECT t1.\"name\" AS c1 FROM \"s\".\"parent\" AS t1 WHERE t1.\"id\" = p.j1 ORDER BY t1.\"id\" LIMIT 1) p1 "
				+ "CROSS JOIN LATERAL (SELECT p1.c1 AS \"name\") o1) e1 ON TRUE "
				+ "CROSS JOIN LATERAL (SELECT p.c1 AS \"id\", e1.c1 AS \"parent\") o");
		assertThat(statement.args()).containsExactly("1", "5");
	}

	@Test
	void listsAreNeverNull() {
		assertThat(rows(PARENT, "select=child(id)").sql())
			.contains("LEFT JOIN LATERAL (SELECT coalesce(json_agg(row_to_json(o1.*)), '[]') AS c1 FROM "
					+ "(SELECT t1.\"id\" AS c1 FROM \"s\".\"child\" AS t1 WHERE t1.\"name\" = p.j1 ORDER BY t1.\"id\") p1");
	}

	@Test
	void whatIsOnlyTestedIsNotJoined() {
		assertThat(rows(PARENT, "select=id,child()&child=is.null&child.id=eq.1").sql())
			.doesNotContain("JOIN LATERAL (SELECT r")
			.contains("NOT EXISTS (SELECT 1 FROM \"s\".\"child\" AS t1 WHERE t1.\"name\" = t.\"id\" "
					+ "AND t1.\"id\" = CAST(? AS text))");
	}

	@Test
	void groupsAreMadeOfRelatedValues() {
		assertThat(rows(CHILD, "select=count(),...parent(name)").sql()).contains(
				"SELECT count(*) AS c1, e1.c1 AS c2 FROM \"s\".\"child\" AS t LEFT JOIN LATERAL",
				"GROUP BY 2) p CROSS JOIN LATERAL (SELECT p.c1 AS \"count\", p.c2 AS \"name\") o");
	}

	@Test
	void valuesAreBoundInTheOrderOfTheText() {
		SqlStatement statement = rows(CHILD,
				"select=name->a,parent!inner(name->b)&parent.id=eq.c&id=eq.d&order=parent(name->e)&limit=6");
		assertThat(statement.args()).containsExactly("a", "d", "c", "e", "c", "6", "b", "c");
	}

	private SqlStatement rows(RelationName name, String query) {
		Scope scope = this.related.scope(name);
		return ReadStatements.rows(scope, new QueryParser().parse(query), VersionMode.NONE);
	}

	private static Relation relation(RelationName name, List<ForeignKey> keys) {
		return new Relation(1, name, RelationKind.TABLE, null, List.of(column("id"), column("name")), List.of("id"),
				List.of(), keys, null, null, Privileges.ALL);
	}

	private static Column column(String name) {
		DataType text = new DataType.Base(25, "text", "text", 'S');
		return new Column(name, 1, text, "text", true, null, Column.Identity.NONE, false, null, Privileges.ALL);
	}

	/**
	 * Everything may be read.
	 */
	private final class Scopes implements Function<RelationName, @Nullable Scope> {

		@Override
		public @Nullable Scope apply(RelationName name) {
			Relation relation = EmbeddingStatementsTests.this.snapshot.relation(name);
			return (relation != null) ? new Scope(relation, relation.columnsByName().keySet(), Filter.NONE,
					EmbeddingStatementsTests.this.related, null) : null;
		}

	}

}
