package dev.oriel.admin.data;

import java.util.Collections;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for rows that are written with their relatives: which keys point where, in trees
 * and in circles.
 */
class FamilyKeysIntegrationTests extends FamilyWritesFixture {

	@Test
	void circlesAreWrittenTogether() {
		database.execute("CREATE TABLE statement_log (relation text); "
				+ "CREATE FUNCTION log_statement() RETURNS trigger LANGUAGE plpgsql AS "
				+ "$$ BEGIN INSERT INTO statement_log VALUES (TG_TABLE_NAME); RETURN NULL; END $$; "
				+ "CREATE TRIGGER log_statement AFTER INSERT OR UPDATE ON firm EXECUTE FUNCTION log_statement(); "
				+ "CREATE TRIGGER log_statement AFTER INSERT OR UPDATE ON city EXECUTE FUNCTION log_statement()");
		try {
			insert("firm", array(30, "{\"name\":\"f\",\"main_contact\":{\"name\":\"c\"}}"));
			insert("country", array(30, "{\"name\":\"c\",\"capital\":{\"name\":\"c\"}}"));
			assertThat(column("SELECT count(*) FROM firm WHERE main_contact_id IS NOT NULL")).isEqualTo("30");
			assertThat(column("SELECT count(*) FROM country")).isEqualTo("30");
			assertThat(column("SELECT relation || ' ' || count(*) FROM statement_log GROUP BY relation ORDER BY 1"))
				.isEqualTo("city 1,firm 2");
		}
		finally {
			database.execute("DROP FUNCTION log_statement CASCADE; DROP TABLE statement_log");
		}
	}

	@Test
	void treesAreWrittenFromTheirRoots() {
		assertThat(insert("node", """
				{"name": "a", "parent": {"name": "top"}, "node": [
				  {"name": "b", "node": [{"name": "c"}, {"name": "d", "node": [{"name": "e"}]}]}, {"name": "f"}]}
				""")).contains("\"name\":\"top\"", "\"name\":\"e\"");
		assertThat(column("SELECT c.name || coalesce(p.name, '') FROM node c LEFT JOIN node p ON p.id = c.parent_id "
				+ "ORDER BY c.id"))
			.isEqualTo("top,atop,ba,fa,cb,db,ed");
	}

	@Test
	void keysAreMadeOfKeys() {
		assertThat(insert("orders", """
				{"customer": "c", "line": [{"no": 2, "product": "p", "serial_no": [{"serial": "x"}, {"serial": "y"}]},
				  {"no": 1, "product": "q"}]}
				""")).contains("\"no\":1,\"product\":\"q\"", "{\"order_id\":1,\"no\":2,\"serial\":\"y\"}");
		update("orders", "id=eq.1", "{\"line\":[{\"no\":2,\"product\":\"P\"},{\"no\":3,\"product\":\"r\"}]}");
		assertThat(column("SELECT no || product FROM line ORDER BY no")).isEqualTo("1q,2P,3r");
	}

	@Test
	void keysMayShareAColumn() {
		assertThat(insert("assignment", """
				{"project": {"tenant": 1, "id": 5, "name": "p"}, "member": {"tenant": 1, "id": 6, "name": "m"}}
				""")).contains("\"tenant\":1,\"project_id\":5,\"member_id\":6");
		assertThat(update("assignment", "id=eq.1", "{\"project\":null}"))
			.contains("\"tenant\":1,\"project_id\":null,\"member_id\":6");
		assertThat(update("project", "tenant=eq.1&id=eq.5",
				"{\"assignment\":[{\"member\":{\"tenant\":1,\"id\":6}},{\"member_id\":6,\"tenant\":\" 01\"}]}"))
			.contains("\"member_id\":6");
		Problem problem = Rig.problem(() -> this.rig.insert("assignment", """
				{"project": {"tenant": 1, "id": 5}, "member": {"tenant": 2, "id": 6, "name": "m"}}
				"""));
		assertThat(problem.column()).isEqualTo("tenant");
		assertThat(Rig
			.problem(() -> this.rig.update("project", "tenant=eq.1&id=eq.5",
					"{\"assignment\":[{\"member_id\":6,\"tenant\":1.5}]}"))
			.column()).isEqualTo("assignment[0].tenant");
	}

	@Test
	void circleIsCutAtTheKeyThatMayBeMissing() {
		assertThat(insert("firm",
				"{\"name\":\"F\",\"main_contact\":{\"name\":\"C\"},\"contact!firm_of\":[{\"name\":\"D\"}]}"))
			.contains("\"main_contact_id\":1", "\"main_contact\":{\"id\":1,\"firm_id\":1,\"name\":\"C\"}",
					"{\"id\":2,\"firm_id\":1,\"name\":\"D\"}");
	}

	@Test
	void circleOfRequiredKeysIsCheckedLater() {
		assertThat(insert("country", "{\"name\":\"F\",\"capital\":{\"name\":\"P\"}}"))
			.contains("\"id\":1,\"name\":\"F\"", "\"country_id\":1,\"name\":\"P\"");
		assertThat(insert("city", "{\"name\":\"B\",\"country_of\":{\"name\":\"D\"}}"))
			.contains("\"id\":2,\"name\":\"D\"");
		assertThat(column("SELECT c.name FROM country c JOIN city s ON s.id = c.capital_id AND s.country_id = c.id "
				+ "ORDER BY c.id"))
			.isEqualTo("F,D");
	}

	@Test
	void circleThatCannotBeCutIsTold() {
		Problem problem = Rig.problem(() -> this.rig.insert("hen", "{\"hatched\":{\"name\":\"e\"}}"));
		assertThat(problem.status()).isEqualTo(400);
		assertThat(problem.details()).contains("'hen'", "'egg (hatched)'", "egg_id", "hen_id");
	}

	@Test
	void rowsPointAtEachOtherByGivenKeys() {
		insert("node", "{\"id\":10,\"name\":\"a\",\"parent_id\":12,\"node\":[{\"id\":11,\"name\":\"b\",\"node\":"
				+ "[{\"id\":12,\"name\":\"c\"}]}]}");
		assertThat(column("SELECT parent_id FROM node ORDER BY id")).isEqualTo("12,10,11");
		insert("company", "[{\"name\":\"Pp\",\"sector_code\":\"later\"},{\"name\":\"Qq\",\"sector\":"
				+ "{\"code\":\"later\",\"label\":\"L\"}}]");
		assertThat(column("SELECT sector_code FROM company WHERE id > 2")).isEqualTo("later,later");
	}

	private static String array(int size, String row) {
		return Collections.nCopies(size, row).stream().collect(Collectors.joining(",", "[", "]"));
	}

}
