package dev.oriel.admin.data;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a family needs the rights that its rows would need one by one, and tells no
 * more of others.
 */
class FamilyAccessIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/family.sql");

	@BeforeEach
	void reset() {
		database.execute("TRUNCATE sector, company, tag, node, orders RESTART IDENTITY CASCADE; "
				+ "INSERT INTO sector VALUES ('it', 'Software'), ('food', 'Food'); "
				+ "INSERT INTO company (name, sector_code) VALUES ('One', 'it'), ('Two', NULL); "
				+ "INSERT INTO finance (company_id, year) VALUES (1, 2001), (1, 2002), (2, 2001); "
				+ "INSERT INTO team (company_id, name) VALUES (1, 'a'), (1, 'b'), (2, 'c'); "
				+ "INSERT INTO tag (name) VALUES ('old'), ('big'); "
				+ "INSERT INTO company_tag (company_id, tag_id) VALUES (1, 1)");
	}

	@ParameterizedTest
	@CsvSource({ "finance, [{}]", "sector, '{\"code\":\"it\"}'", "tag, [{\"id\":1}]", "company_tag, []" })
	void hiddenRelationIsNoMember(String name, String value) {
		Rig rig = with(name, (access) -> new RelationAccess(Set.of(), Set.of(), Set.of(), Set.of(), Filter.NONE));
		assertUnknown(rig, "company", "{\"name\":\"New\",\"%s\":" + value + "}", name);
	}

	@Test
	void relationThatMayOnlyBeWrittenIsNoMember() {
		Rig rig = with("finance", (access) -> new RelationAccess(Set.of(Operation.INSERT), Set.of(),
				access.insertable(), access.updatable(), Filter.NONE));
		assertUnknown(rig, "company", "{\"name\":\"New\",\"%s\":[]}", "finance");
	}

	@Test
	void hiddenKeyIsNoMember() {
		Rig rig = with("finance", (access) -> new RelationAccess(access.operations(),
				without(access.readable(), "company_id"), access.insertable(), access.updatable(), Filter.NONE));
		assertUnknown(rig, "company", "{\"name\":\"New\",\"%s\":[]}", "finance");
	}

	@Test
	void hiddenColumnOfAChildIsNoMember() {
		Rig rig = with("finance",
				(access) -> new RelationAccess(access.operations(), without(access.readable(), "revenue"),
						without(access.insertable(), "revenue"), without(access.updatable(), "revenue"), Filter.NONE));
		assertUnknown(rig, "company", "{\"name\":\"New\",\"finance\":[{\"year\":2001,\"%s\":1}]}", "revenue");
	}

	@ParameterizedTest(name = "{0} without {1}: {2}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			finance     | INSERT | {"finance": [{"year": 2009}]}               | finance[0]
			finance     | UPDATE | {"finance": [{"id": 1, "year": 2009}]}      | finance[0]
			finance     | UPDATE | {"finance": [{"id": 3}]}                    | finance[0]
			finance     | DELETE | {"finance": [{"id": 1, "_delete": true}]}   | finance[0]
			team        | UPDATE | {"team": [{"id": 1, "_unlink": true}]}      | team[0]
			sector      | INSERT | {"sector": {"code": "n", "label": "N"}}     | sector
			sector      | UPDATE | {"sector": {"code": "it", "label": "N"}}    | sector
			tag         | INSERT | {"tag": [{"name": "n"}]}                    | tag[0]
			company_tag | INSERT | {"tag": [{"id": 2}]}                        | tag[0]
			company_tag | DELETE | {"tag": [{"id": 1, "_unlink": true}]}       | tag[0]
			tag         | DELETE | {"tag": [{"id": 1, "_delete": true}]}       | tag[0]
			""")
	void eachRowNeedsItsRight(String relation, Operation operation, String body, String path) {
		Rig rig = with(relation, (access) -> {
			Set<Operation> operations = EnumSet.copyOf(access.operations());
			operations.remove(operation);
			return new RelationAccess(operations, access.readable(), access.insertable(), access.updatable(),
					Filter.NONE);
		});
		assertRefused(rig, body, path);
	}

	@ParameterizedTest(name = "{0} without {1}: {2}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			finance     | company_id  | {"finance": [{"year": 2009}]}                | finance[0].company_id
			finance     | company_id  | {"finance": [{"id": 3}]}                     | finance[0].company_id
			team        | company_id  | {"team": [{"id": 1, "_unlink": true}]}       | team[0].company_id
			company     | sector_code | {"sector": {"code": "food"}}                 | sector_code
			company     | sector_code | {"sector": null}                             | sector_code
			company_tag | tag_id      | {"tag": [{"id": 2}]}                         | tag[0].tag_id
			""")
	void linkingNeedsTheRightToWriteTheKey(String relation, String column, String body, String path) {
		Rig rig = with(relation, (access) -> new RelationAccess(access.operations(), access.readable(),
				without(access.insertable(), column), without(access.updatable(), column), Filter.NONE));
		assertRefused(rig, body, path);
		// What needs no link needs no right to link.
		rig.update("company", "id=eq.1", "{\"finance\":[{\"id\":1,\"year\":2010}],\"sector\":{\"code\":\"it\"}}");
	}

	@ParameterizedTest(name = "{0} {1}: {2}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			sector | code | {"sector": {"code": "it"}}              | {"sector": {"code": "zz"}}
			team   | name | {"team": [{"id": 3}]}                   | {"team": [{"id": 9}]}
			team   | name | {"team": [{"id": 3, "_unlink": true}]}  | {"team": [{"id": 9, "_unlink": true}]}
			team   | name | {"team": [{"id": 3, "_delete": true}]}  | {"team": [{"id": 9, "_delete": true}]}
			team   | name | {"team": [{"id": 3, "_version": "1"}]}  | {"team": [{"id": 9, "_version": "1"}]}
			team   | name | {"team": [{"id": 3, "name": "x"}]}      | {"team": [{"id": 9, "name": "x"}]}
			tag    | name | {"tag": [{"id": 2}]}                    | {"tag": [{"id": 9}]}
			""")
	void rowThatIsNotSeenIsAsOneThatIsNotThere(String relation, String column, String hidden, String missing) {
		Filter rule = new Filter.Not(new Filter.Or(List.of(Filter.Comparison.of(column, Operator.EQ, "it"),
				Filter.Comparison.of(column, Operator.EQ, "c"), Filter.Comparison.of(column, Operator.EQ, "big"))));
		Rig rig = with(relation, (access) -> new RelationAccess(access.operations(), access.readable(),
				access.insertable(), access.updatable(), rule));
		Problem ofHidden = Rig.problem(() -> rig.update("company", "id=eq.2", hidden));
		Problem ofMissing = Rig.problem(() -> rig.update("company", "id=eq.2", missing));
		assertThat(ofHidden.toString().replaceAll("\\b(3|2|it)\\b", "?"))
			.isEqualTo(ofMissing.toString().replaceAll("\\b(9|zz)\\b", "?"));
	}

	@Test
	void rowsOutsideOfTheRulesAreNotWritten() {
		Rig rig = with("finance", (access) -> new RelationAccess(access.operations(), access.readable(),
				access.insertable(), access.updatable(), Filter.Comparison.of("year", Operator.LT, "2005")));
		Problem problem = Rig
			.problem(() -> rig.insert("company", "{\"name\":\"New\",\"finance\":[{\"year\":2001},{\"year\":2006}]}"));
		assertThat(problem.status()).isEqualTo(403);
		assertThat(problem.column()).isEqualTo("finance[1]");
		assertThat(Rig.problem(() -> rig.update("company", "id=eq.1", "{\"finance\":[{\"id\":1,\"year\":2006}]}"))
			.column()).isEqualTo("finance[0]");
		assertThat(column("SELECT count(*) FROM company")).isEqualTo("2");
	}

	@Test
	void replacingLeavesAloneWhatIsNotSeen() {
		Rig rig = with("team", (access) -> new RelationAccess(access.operations(), access.readable(),
				access.insertable(), access.updatable(), Filter.Comparison.of("name", Operator.NEQ, "a")));
		rig.writer()
			.update(Rig.CALLER, Rig.name("company"), new Payload("{\"team\":[]}", null, false, true),
					Rig.query("id=eq.1"), WriteOptions.DEFAULTS);
		assertThat(column("SELECT name FROM team WHERE company_id = 1")).isEqualTo("a");
	}

	private static void assertUnknown(Rig rig, String relation, String body, String name) {
		Problem hidden = Rig.problem(() -> rig.insert(relation, body.formatted(name)));
		Problem missing = Rig.problem(() -> rig.insert(relation, body.formatted("qqqqqqqqqqq")));
		assertThat(hidden.code()).isEqualTo("PGRST204");
		assertThat(hidden.toString()).isEqualTo(missing.toString().replace("qqqqqqqqqqq", name));
	}

	private static void assertRefused(Rig rig, String body, String path) {
		String before = column("SELECT schema_to_xml('public', true, false, '')::text");
		Problem problem = Rig.problem(() -> rig.update("company", "id=eq.1", body));
		assertThat(problem.status()).as(problem.toString()).isEqualTo(403);
		assertThat(problem.column()).isEqualTo(path);
		assertThat(column("SELECT schema_to_xml('public', true, false, '')::text")).isEqualTo(before);
	}

	private static Set<String> without(Set<String> columns, String column) {
		Set<String> others = new HashSet<>(columns);
		others.remove(column);
		return others;
	}

	private static Rig with(String name, UnaryOperator<RelationAccess> change) {
		return Rig.of(database.dataSource(), (caller, relation) -> {
			RelationAccess all = new PrivilegeAccessPolicy(false).decide(caller, relation);
			return relation.name().name().equals(name) ? change.apply(all) : all;
		}, Rig.SETTINGS);
	}

	private static String column(String sql) {
		return String.join(",", database.jdbc().sql(sql).query(String.class).list());
	}

}
