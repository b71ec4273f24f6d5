package dev.oriel.admin.data;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.oriel.admin.data.Rig.problem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What hinders a write is told by its name only to those who may know that name. All that
 * is hidden here begins with {@code hush}.
 */
class ViolatedConstraintIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private static Rig guest;

	private static Rig owner;

	@BeforeAll
	static void start() {
		database.execute(
				"""
						CREATE TABLE item (id int PRIMARY KEY, note text UNIQUE, amount int CONSTRAINT positive CHECK (amount > 0));
						INSERT INTO item VALUES (1, 'a', 1), (2, 'b', 1);
						CREATE TABLE hush_table (id int PRIMARY KEY, item_id int REFERENCES item);
						INSERT INTO hush_table VALUES (1, 1);
						CREATE TABLE box (id int PRIMARY KEY, item_id int REFERENCES item, closed_id int REFERENCES hush_table);
						INSERT INTO box VALUES (1, 2);
						CREATE TABLE twice (id int PRIMARY KEY, hush_code text UNIQUE DEFAULT 'hush gold');
						INSERT INTO twice VALUES (1);
						CREATE TABLE pair (id int PRIMARY KEY, note text, hush_code text DEFAULT 'hush gold', UNIQUE (note, hush_code));
						INSERT INTO pair VALUES (1, 'a');
						CREATE TABLE needing (id int PRIMARY KEY, hush_code text NOT NULL);
						CREATE TABLE checked (id int PRIMARY KEY, hush_code text DEFAULT 'hush gold' CHECK (hush_code < 'a'));
						CREATE TABLE keyed (hush_key int PRIMARY KEY DEFAULT 7, note text);
						INSERT INTO keyed VALUES (7, 'a');
						CREATE TABLE room (id int PRIMARY KEY, owner text, slot int4range, EXCLUDE USING gist (slot WITH &&));
						INSERT INTO room VALUES (1, 'you', '[77,1234)');
						CREATE TABLE logged (id int PRIMARY KEY);
						CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS
							$$ BEGIN INSERT INTO hush_table VALUES (1, 1); RETURN NEW; END $$;
						CREATE TRIGGER log BEFORE INSERT ON logged FOR EACH ROW EXECUTE FUNCTION log();
						CREATE TABLE plan (id int PRIMARY KEY, owner text, slot int4range, EXCLUDE USING gist (slot WITH &&));
						INSERT INTO plan VALUES (1, 'you', '[77,1234)');
						CREATE TABLE planned (id int PRIMARY KEY);
						CREATE FUNCTION plan() RETURNS trigger LANGUAGE plpgsql AS
							$$ BEGIN INSERT INTO plan VALUES (2, 'me', '[1,100)'); RETURN NEW; END $$;
						CREATE TRIGGER plan BEFORE INSERT ON planned FOR EACH ROW EXECUTE FUNCTION plan();
						CREATE TABLE pass (id int PRIMARY KEY, name text, write_code text, write_slot int4range,
							UNIQUE (name, write_code), EXCLUDE USING gist (write_slot WITH &&));
						INSERT INTO pass VALUES (1, 'a', 'gold', '[77,1234)'), (2, 'b', 'gold', '[7777,8888)');
						CREATE VIEW shown AS SELECT id, hush_code AS code FROM twice""");
		guest = Rig.of(database.dataSource(), new Hushed(), Rig.SETTINGS);
		owner = Rig.of(database);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			twice   | 23505 | {"id":2}
			pair    | 23505 | {"id":2,"note":"a"}
			keyed   | 23505 | {"note":"b"}
			needing | 23502 | {"id":1}
			checked | 23514 | {"id":1}
			box     | 23503 | {"id":2,"closed_id":9}
			logged  | 23505 | {"id":1}
			""")
	void hiddenNamesAndValuesAreNotTold(String relation, String code, String body) {
		Problem refused = problem(() -> guest.insert(relation, body));
		assertThat(refused.code()).isEqualTo(code);
		assertThat(refused.toString()).doesNotContain("hush");
		assertThat(refused.details()).isNull();
		assertThat(refused.hint()).isNotNull();
		assertThat(problem(() -> owner.insert(relation, body)).toString()).contains("hush");
	}

	@Test
	void nothingIsToldOfHiddenRelationsThatPointAtARow() {
		Problem refused = problem(() -> guest.delete("item", "id=eq.1", WriteOptions.DEFAULTS));
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.toString()).doesNotContain("hush");
		assertThat(problem(() -> guest.delete("item", "id=eq.2", WriteOptions.DEFAULTS)).details())
			.contains("still referenced from table \"box\"");
	}

	@Test
	void valuesOfHiddenRowsAreNotTold() {
		String body = "{\"id\":2,\"owner\":\"me\",\"slot\":\"[1,100)\"}";
		Problem refused = problem(() -> guest.insert("room", body));
		assertThat(refused.code()).isEqualTo("23P01");
		assertThat(refused.toString()).contains("room_slot_excl").doesNotContain("1234");
		assertThat(problem(() -> owner.insert("room", body)).details()).contains("[77,1234)");
	}

	@Test
	void valuesOfHiddenRowsThatATriggerMeetsAreNotTold() {
		Problem refused = problem(() -> guest.insert("planned", "{\"id\":1}"));
		assertThat(refused.code()).isEqualTo("23P01");
		assertThat(refused.toString()).doesNotContain("1234");
		assertThat(problem(() -> owner.insert("planned", "{\"id\":1}")).details()).contains("[77,1234)");
	}

	@Test
	void valuesThatMayOnlyBeWrittenAreNotTold() {
		Problem taken = problem(() -> guest.update("pass", "id=eq.2", "{\"name\":\"a\"}"));
		assertThat(taken.code()).isEqualTo("23505");
		assertThat(taken.toString()).doesNotContain("gold");
		Problem overlapping = problem(() -> guest.insert("pass", "{\"id\":3,\"write_slot\":\"[80,81)\"}"));
		assertThat(overlapping.code()).isEqualTo("23P01");
		assertThat(overlapping.toString()).doesNotContain("1234");
		assertThat(problem(() -> owner.update("pass", "id=eq.2", "{\"name\":\"a\"}")).toString()).contains("gold");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			item | 23505 | note      | {"id":3,"note":"a"}
			item | 23514 | amount    | {"id":3,"amount":0}
			item | 23502 | id        | {"note":"c"}
			box  | 23503 | item_id   | {"id":2,"item_id":9}
			box  | 23503 | closed_id | {"id":2,"closed_id":9}
			""")
	void whatIsKnownIsTold(String relation, String code, String column, String body) {
		Problem refused = problem(() -> guest.insert(relation, body));
		assertThat(refused.code()).isEqualTo(code);
		assertThat(refused.column()).isEqualTo(column);
		if (!"closed_id".equals(column)) {
			assertThat(refused.message()).contains("constraint").contains((column == null) ? "positive" : relation);
		}
	}

	@Test
	void whatIsBelowAViewIsNotTold() {
		assertThat(problem(() -> guest.insert("shown", "{\"id\":3,\"code\":\"hush gold\"}")).toString())
			.doesNotContain("hush_code");
	}

	@Test
	void hiddenKeysAreNotFoundByReplacing() {
		String body = "{\"note\":\"b\"}";
		Problem hidden = replacing("hush_key=eq.7", body);
		assertThat(hidden).isEqualTo(replacing("hush_kex=eq.7", body)).isEqualTo(replacing("hush_key=eq.8", body));
	}

	private static Problem replacing(String query, String body) {
		return problem(() -> guest.writer()
			.replace(Rig.CALLER, Rig.name("keyed"), Payload.of(body), Rig.query(query), WriteOptions.DEFAULTS));
	}

	/**
	 * Hides what begins with {@code hush}, and rows that somebody else owns.
	 */
	private static final class Hushed implements AccessPolicy {

		@Override
		public RelationAccess decide(Caller caller, Relation relation) {
			if (relation.name().name().startsWith("hush")) {
				return new RelationAccess(Set.of(), Set.of(), Set.of(), Set.of(), Filter.NONE);
			}
			Set<String> columns = new LinkedHashSet<>(relation.columnsByName().keySet());
			columns.removeIf((name) -> name.startsWith("hush"));
			Filter rows = columns.contains("owner") ? Filter.Comparison.of("owner", Operator.EQ, "me") : Filter.NONE;
			Set<String> readable = new LinkedHashSet<>(columns);
			readable.removeIf((name) -> name.startsWith("write"));
			return new RelationAccess(EnumSet.allOf(Operation.class), readable, columns, columns, rows);
		}

	}

}
