package dev.oriel.admin.data;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whatever the family: what was written is what is read, and what fails leaves nothing.
 */
class FamilyPropertyIntegrationTests {

	private static final long ROUNDS = 150;

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/family.sql");

	static Rig rig;

	@BeforeAll
	static void start() {
		database.execute(
				"""
						CREATE SEQUENCE step;
						CREATE TABLE failure (at bigint);
						INSERT INTO failure VALUES (NULL);
						CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
						BEGIN
						  IF nextval('step') >= (SELECT at FROM failure) THEN
						    RAISE EXCEPTION 'step failed';
						  END IF;
						  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
						END $$;
						DO $$
						DECLARE
						  name text;
						BEGIN
						  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'failure' LOOP
						    EXECUTE format('CREATE TRIGGER fail BEFORE INSERT OR UPDATE OR DELETE ON %I '
						      'FOR EACH ROW EXECUTE FUNCTION fail()', name);
						  END LOOP;
						END $$;
						""");
		rig = Rig.of(database);
	}

	@BeforeEach
	void work() {
		database.execute("UPDATE failure SET at = NULL");
	}

	static LongStream seeds() {
		return LongStream.range(0, ROUNDS);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void whatIsWrittenIsRead(long seed) {
		RandomFamily random = new RandomFamily(seed);
		RandomFamily.Made made = random.make();
		long before = rows();
		ObjectNode answer = FamilyJson.only(rig.insert(made.relation(), made.family().toString()));
		assertThat(FamilyJson.isSame(made.family(), withoutPointers(answer))).as("%s%n%s", made.family(), answer)
			.isTrue();
		assertThat(rows() - before).isEqualTo(random.rows());
		String key = answer.get("id").asString();
		assertThat(FamilyJson.only(rig.read(made.relation(), "id=eq." + key + "&select=" + made.select())))
			.isEqualTo(answer);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void whatIsChangedIsRead(long seed) {
		RandomFamily random = new RandomFamily(seed + ROUNDS);
		ObjectNode written = FamilyJson.only(rig.insert("company", random.company().toString()));
		ObjectNode changed = written.deepCopy();
		change(changed, random, 0);
		Payload payload = new Payload(changed.toString(), null, false, true);
		RowPage page = rig.writer()
			.update(Rig.CALLER, Rig.name("company"), payload, Rig.query("id=eq." + written.get("id")),
					WriteOptions.DEFAULTS);
		ObjectNode answer = FamilyJson.only(page.json());
		assertThat(FamilyJson.isSame(changed, answer)).as("%s%n%s", changed, answer).isTrue();
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void whatFailsLeavesNothing(long seed) {
		RandomFamily random = new RandomFamily(seed + 2 * ROUNDS);
		RandomFamily.Made made = random.make();
		String before = content();
		int step = random.random().nextInt(random.rows());
		Rig failing = rig;
		switch (random.random().nextInt(3)) {
			case 0 -> database.execute("UPDATE failure SET at = nextval('step') + %d".formatted(step + 1));
			case 1 -> spoil(made.family(), random.random());
			default -> failing = withoutRight(made, random.random());
		}
		String failed = content();
		Rig used = failing;
		assertThatExceptionOfType(ProblemException.class).as(made.family().toString())
			.isThrownBy(() -> used.insert(made.relation(), made.family().toString()))
			.matches((ex) -> ex.problem().status() < 500);
		assertThat(content()).isEqualTo(failed);
		database.execute("UPDATE failure SET at = NULL");
		assertThat(content()).isEqualTo(before);
	}

	/**
	 * Leave out the parents that only point back, which an answer does not tell from
	 * others.
	 */
	private static ObjectNode withoutPointers(ObjectNode answer) {
		ObjectNode family = answer.deepCopy();
		for (String list : List.of("contact!firm_of", "city!country_of")) {
			JsonNode one = family.get(list.startsWith("contact") ? "main_contact" : "capital");
			if (one != null && family.get(list) instanceof ArrayNode rows) {
				for (int i = rows.size() - 1; i >= 0; i--) {
					if (rows.get(i).get("id").equals(one.get("id"))) {
						rows.remove(i);
					}
				}
			}
		}
		return family;
	}

	/**
	 * Drop rows, change values and add rows.
	 */
	private static void change(ObjectNode row, RandomFamily random, int depth) {
		if (row.has("turnover")) {
			row.put("turnover", random.random().nextInt());
		}
		for (String name : List.copyOf(row.propertyNames())) {
			if (!(row.get(name) instanceof ArrayNode list)) {
				continue;
			}
			for (int i = list.size() - 1; i >= 0; i--) {
				if (random.random().nextInt(3) == 0) {
					list.remove(i);
				}
				else {
					ObjectNode child = (ObjectNode) list.get(i);
					if (child.has("title")) {
						child.put("title", child.get("title").asString() + "'");
					}
					change(child, random, depth + 1);
				}
			}
			if (depth == 0 && random.random().nextBoolean()) {
				list.add(switch (name) {
					case "finance" -> random.finance();
					case "team" -> random.team(false);
					default -> random.tag();
				});
			}
		}
		dropGeneratedKeys(row);
	}

	/**
	 * Keys that point at the parent say the same as the structure does, or nothing.
	 */
	private static void dropGeneratedKeys(ObjectNode row) {
		if (row.get("id") != null && row.get("name") != null && row.get("id").asInt() % 2 == 0) {
			row.remove("company_id");
		}
	}

	/**
	 * Break a rule in one of the rows.
	 */
	private static void spoil(ObjectNode family, Random random) {
		List<ObjectNode> rows = RandomFamily.rows(family);
		ObjectNode row = rows.get(random.nextInt(rows.size()));
		String name = List.of("name", "title", "label", "city", "text", "year", "customer", "product", "serial")
			.stream()
			.filter(row::has)
			.findFirst()
			.orElseThrow();
		switch (random.nextInt(3)) {
			case 0 -> row.putNull(name);
			case 1 -> row.put("unknown", 1);
			default -> row.putArray("no_relation");
		}
	}

	private static Rig withoutRight(RandomFamily.Made made, Random random) {
		List<String> relations = switch (made.relation()) {
			case "firm", "country" -> List.of(made.relation());
			case "task" -> List.of("task", "team", "company");
			default -> List.of(made.relation());
		};
		String denied = relations.get(random.nextInt(relations.size()));
		AccessPolicy policy = new PrivilegeAccessPolicy(false);
		return Rig.of(database.dataSource(), new AccessPolicy() {

			@Override
			public RelationAccess decide(Caller caller, Relation relation) {
				RelationAccess access = policy.decide(caller, relation);
				if (!relation.name().name().equals(denied)) {
					return access;
				}
				Set<Operation> operations = EnumSet.copyOf(access.operations());
				operations.remove(Operation.INSERT);
				return new RelationAccess(operations, access.readable(), Set.of(), access.updatable(), access.rows());
			}

			@Override
			public boolean mayCall(Caller caller, Function function) {
				return false;
			}

		}, Rig.SETTINGS);
	}

	private static long rows() {
		return database.jdbc()
			.sql("SELECT sum((xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I', tablename), "
					+ "false, true, '')))[1]::text::bigint) FROM pg_tables WHERE schemaname = 'public'")
			.query(Long.class)
			.single();
	}

	private static String content() {
		return database.jdbc()
			.sql("SELECT string_agg(table_to_xml(format('%I', tablename), true, false, '')::text, '' ORDER BY tablename) "
					+ "FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'failure'")
			.query(String.class)
			.single();
	}

}
