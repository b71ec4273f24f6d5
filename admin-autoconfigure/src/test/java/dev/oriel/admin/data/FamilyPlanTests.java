package dev.oriel.admin.data;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Privileges;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationKind;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.testing.GivenSchema;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FamilyPlanner} and {@link FamilyParser}.
 */
class FamilyPlanTests {

	private final SchemaSnapshot snapshot = new SchemaSnapshot("1", "test", List.of("public"), List.of(
			relation("company", "id", "id name sector? contact?", key("sector_of", "company", "sector", "sector"),
					key("main", "company", "contact", "contact")),
			relation("sector", "code", "code label"),
			relation("contact", "id", "id company name", key("employer", "contact", "company", "company")),
			relation("finance", "id", "id company year", key("earned", "finance", "company", "company")),
			relation("machine", "id", "id company?", key("owner", "machine", "company", "company")),
			relation("tag", "id", "id name"), relation("tagged", "company,tag", "company tag",
					key("tagged_company", "tagged", "company", "company"), key("tagged_tag", "tagged", "tag", "tag"))));

	private final Targets targets = new Targets(new GivenSchema(this.snapshot), new PrivilegeAccessPolicy(false));

	@Test
	void parentsComeBeforeAndChildrenBehind() {
		FamilyPlan plan = plan("company", "{\"finance\":[{\"year\":1},{\"year\":2}],\"sector_of\":{\"code\":\"x\","
				+ "\"label\":\"X\"},\"name\":\"c\"}");
		assertThat(plan.tasks()).extracting(RowTask::path).containsExactly("sector_of", "", "finance[0]", "finance[1]");
		assertThat(dependencies(plan, 1)).containsExactly("NESTED sector_of sector_of");
		assertThat(dependencies(plan, 2)).containsExactly("NESTED earned ");
		assertThat(plan.roots()).containsExactly(plan.tasks().get(1));
	}

	@Test
	void keyAloneHasToBeThere() {
		FamilyPlan plan = plan("company", "{\"finance\":[{\"id\":1},{\"id\":2,\"year\":1},{\"id\":null,\"year\":1}]}");
		assertThat(plan.tasks()).extracting(RowTask::required).containsExactly(false, true, false, false);
		assertThat(plan.tasks()).extracting(RowTask::lookup)
			.containsExactly(List.of(), List.of("id"), List.of("id"), List.of());
		assertThat(plan.tasks().get(2).key()).isEqualTo(Map.of("id", "2"));
		assertThat(plan.tasks().get(2).values()).isEqualTo(Map.of("year", "1"));
	}

	@Test
	void junctionsWaitForBothEnds() {
		FamilyPlan plan = plan("company", "{\"tag\":[{\"name\":\"t\"},{\"id\":3,\"_delete\":true}]}");
		assertThat(plan.tasks()).extracting((task) -> task.target().relation().name().name())
			.containsExactly("company", "tag", "tagged", "tag", "tagged");
		assertThat(dependencies(plan, 2)).containsExactly("NESTED tagged_company ", "NESTED tagged_tag tag[0]");
		assertThat(plan.tasks().get(4).delete()).isTrue();
		assertThat(plan.tasks().get(3).after()).containsExactly(plan.tasks().get(4));
	}

	@Test
	void parentPointsBackWhereItMust() {
		FamilyPlan plan = plan("company", "{\"main\":{\"name\":\"c\"}}");
		assertThat(dependencies(plan, 0)).containsExactly("BACK employer ");
		assertThat(dependencies(plan("company", "{\"main\":{\"name\":\"c\",\"company\":1}}"), 0)).isEmpty();
		assertThat(dependencies(plan("company", "{\"main\":{\"id\":1}}"), 0)).isEmpty();
	}

	@Test
	void givenKeysAreWaitedFor() {
		FamilyPlan plan = plan("company",
				"[{\"sector\":\"x\",\"tag\":[]},{\"sector_of\":{\"code\":\"x\",\"label\":1}}," + "{\"sector\":\"y\"}]");
		assertThat(dependencies(plan, 0)).containsExactly("GIVEN sector_of [1].sector_of");
		assertThat(dependencies(plan, 3)).isEmpty();
	}

	@Test
	void nothingIsLinkedByNull() {
		FamilyPlan plan = plan("company", "{\"sector_of\":null}");
		assertThat(plan.tasks().get(0).values()).isEqualTo(Map.of("sector", "null"));
		assertThat(Rig.problem(() -> plan("finance", "{\"earned\":null}")).code()).isEqualTo("23502");
	}

	@Test
	void listsAreSetsIfAskedFor() {
		assertThat(plan("company", "{\"machine\":[],\"tag\":[]}").sets()).isEmpty();
		Family family = parse("company", "{\"machine\":[{\"id\":1}],\"tag\":[]}");
		assertThat(FamilyPlan.of(family, relations("company"), FamilyRoots.NEW, true).sets())
			.extracting((set) -> set.holder().relation().name().name())
			.containsExactly("machine", "tagged");
	}

	@Test
	void columnsComeBeforeRelationships() {
		assertThat(parse("company", "{\"sector\":{\"a\":[1, 2]}}").rows().get(0).values())
			.isEqualTo(Map.of("sector", "{\"a\":[1, 2]}"));
	}

	@Test
	void valuesStayAsTheyWereSent() {
		String number = "1234567890.12345678901234567890e-5";
		FamilyRow row = parse("company",
				"{ \"name\" : \"\\u00e4\\\"}\" , \"id\":" + number + " ,\"tag\":[{\"name\":true}]}")
			.rows()
			.get(0);
		assertThat(row.values()).isEqualTo(Map.of("name", "\"\\u00e4\\\"}\"", "id", number));
		assertThat(row.links().get(0).rows().get(0).values()).isEqualTo(Map.of("name", "true"));
	}

	@Test
	void brokenBodiesAreToldFrom() {
		for (String body : List.of("{\"tag\":[{\"name\":1}", "{\"tag\":[{\"name\":1}]", "{\"tag\":[{}]} {}",
				"{\"tag\":[{}],}", "[{\"tag\":[]}", "{\"tag\":[{]}")) {
			assertThat(Rig.problem(() -> parse("company", body)).code()).as(body).isEqualTo("PGRST102");
		}
	}

	@Test
	void limitIsThatOfAllRows() {
		String body = "{\"tag\":[{},{},{}]}";
		assertThat(new FamilyParser(relations("company"), Payload.of(body), 4).parse(target("company")).rows())
			.hasSize(1);
		Problem problem = Rig
			.problem(() -> new FamilyParser(relations("company"), Payload.of(body), 3).parse(target("company")));
		assertThat(problem.column()).isEqualTo("tag[2]");
	}

	private FamilyPlan plan(String relation, String body) {
		return FamilyPlan.of(parse(relation, body), relations(relation), FamilyRoots.NEW, false);
	}

	private Family parse(String relation, String body) {
		return new FamilyParser(relations(relation), Payload.of(body), 100).parse(target(relation));
	}

	private FamilyRelations relations(String relation) {
		return new FamilyRelations(this.targets, Rig.CALLER, target(relation));
	}

	private Target target(String relation) {
		return this.targets.find(Rig.CALLER, Rig.name(relation), Operation.INSERT);
	}

	private static List<String> dependencies(FamilyPlan plan, int task) {
		return plan.tasks().get(task).dependencies().stream().map(FamilyPlanTests::describe).toList();
	}

	private static String describe(RowDependency dependency) {
		return dependency.kind() + " " + dependency.key().name() + " " + dependency.source().path();
	}

	private static Relation relation(String name, String key, String columns, ForeignKey... keys) {
		List<Column> all = Stream.of(columns.split(" "))
			.map((column) -> new Column(column.replace("?", ""), 1, new DataType.Base(25, "text", "text", 'S'), "text",
					column.endsWith("?"), column.equals("id") ? "1" : null, Column.Identity.NONE, false, null,
					Privileges.ALL))
			.toList();
		return new Relation(name.hashCode(), Rig.name(name), RelationKind.TABLE, null, all, List.of(key.split(",")),
				List.of(), List.of(keys), null, null, Privileges.ALL);
	}

	private static ForeignKey key(String name, String source, String column, String target) {
		String targetColumn = target.equals("sector") ? "code" : "id";
		return new ForeignKey(name, new RelationName("public", source), List.of(column), Rig.name(target),
				List.of(targetColumn), ForeignKey.Action.NO_ACTION, false);
	}

}
