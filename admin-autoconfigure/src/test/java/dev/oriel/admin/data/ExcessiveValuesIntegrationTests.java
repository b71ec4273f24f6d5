package dev.oriel.admin.data;

import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static dev.oriel.admin.data.Rig.problem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values that are too much for PostgreSQL are a mistake of who sends them, not of the
 * server.
 */
class ExcessiveValuesIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private static Rig rig;

	@BeforeAll
	static void start() {
		database.execute("""
				CREATE TABLE doc (id int PRIMARY KEY, note text, words tsvector, query tsquery, numbers int[]);
				INSERT INTO doc VALUES (1, 'a');
				CREATE TABLE circular (id int PRIMARY KEY);
				CREATE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS
					$$ BEGIN INSERT INTO circular VALUES (NEW.id + 1); RETURN NEW; END $$;
				CREATE TRIGGER again BEFORE INSERT ON circular FOR EACH ROW EXECUTE FUNCTION again()""");
		rig = Rig.of(database);
	}

	@Test
	void valueIsTooLarge() {
		refuses(problem(() -> rig.insert("doc", "{\"id\":2,\"words\":\"" + "a".repeat(3000) + "\"}")), "54000");
		refuses(problem(() -> rig.insert("doc", "{\"id\":2,\"numbers\":\"{{{{{{{{1}}}}}}}}\"}")), "54000");
	}

	@Test
	void valueIsNestedTooDeeply() {
		String deep = "(".repeat(200_000) + "a" + ")".repeat(200_000);
		refuses(problem(() -> rig.insert("doc", "{\"id\":2,\"query\":\"" + deep + "\"}")), "54001");
		refuses(problem(() -> rig.read("doc", "note=fts." + "!".repeat(40) + "a")), "54001");
	}

	@Test
	void whatTheDatabaseDoesByItselfIsNobodysMistake() {
		Problem refused = problem(() -> rig.insert("circular", "{\"id\":1}"));
		assertThat(refused.code()).isEqualTo("54001");
		assertThat(refused.status()).isEqualTo(500);
	}

	private static void refuses(Problem problem, String code) {
		assertThat(problem.code()).isEqualTo(code);
		assertThat(problem.status()).isEqualTo(400);
		assertThat(problem.toString()).doesNotContain("max_stack_depth");
	}

}
