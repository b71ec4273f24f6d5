package dev.oriel.admin.data;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.sql.VersionMode;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link FamilyWrites}.
 */
class FamilyWritesIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/family.sql");

	Rig rig;

	@BeforeEach
	void reset() {
		String tables = database.jdbc()
			.sql("SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables WHERE schemaname = 'public'")
			.query(String.class)
			.single();
		database.execute("TRUNCATE " + tables + " RESTART IDENTITY; ALTER SEQUENCE ticket_number RESTART; "
				+ "INSERT INTO sector VALUES ('it', 'Software'), ('food', 'Food'); "
				+ "INSERT INTO company (name, sector_code) VALUES ('One', 'it'), ('Two', NULL); "
				+ "INSERT INTO finance (company_id, year) VALUES (1, 2001), (1, 2002), (2, 2001); "
				+ "INSERT INTO team (company_id, name) VALUES (1, 'a'), (1, 'b'), (2, 'c'); "
				+ "INSERT INTO tag (name) VALUES ('old'), ('big'), ('new'); "
				+ "INSERT INTO company_tag (company_id, tag_id) VALUES (1, 1), (1, 2), (2, 2)");
		this.rig = Rig.of(database);
	}

	@Test
	void companyAndItsFinanceLandInBothTables() {
		assertThat(insert("company", """
				{"name": "New", "turnover": 12345678901234567890.123456789012345678901, "finance": [
				  {"year": 2020, "revenue": 1.50}, {"year": 2021, "quarter": 2, "revenue": null}]}
				""")).isEqualTo(
				"""
						[{"id":3,"name":"New","sector_code":null,"turnover":12345678901234567890.123456789012345678901,"finance":[\
						{"id":4,"company_id":3,"year":2020,"quarter":1,"revenue":1.50},\
						{"id":5,"company_id":3,"year":2021,"quarter":2,"revenue":null}]}]""");
	}

	@ParameterizedTest(name = "{0}: {1} at {2}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"name": "X", "finance": [{"year": 1}]}                               | 23514    | finance[0].year
					{"name": "X", "finance": [{"year": 2001}, {}]}                        | 23502    | finance[1].year
					{"name": "X", "finance": [{"year": 2001}, {"year": "n"}]}             | 22P02    | finance[1].year
					{"name": "X", "finance": [{"year": 2001}, {"year": 2001}]}            | 23505    | finance[1]
					{"name": "X", "finance": [{"yaer": 2001}]}                            | PGRST204 | finance[0].yaer
					{"name": "X", "finance": [{"year": 2001, "year": 2}]}                 | PGRST102 | finance[0].year
					{"name": "X", "finance": [{"year": "\\u0000"}]}                       | 22P05    | finance[0].year
					{"name": "X", "finance": [2001]}                                      | PGRST102 | finance[0]
					{"name": "X", "finance": {"year": 2001}}                              | PGRST102 | finance
					{"name": "X", "finance": null}                                        | PGRST102 | finance
					{"name": "X", "address": [{"city": "c"}]}                             | PGRST102 | address
					{"name": "X", "finance": [{"year": 2001, "company_id": 1}]}           | ORIEL400 | finance[0].company_id
					{"name": "X", "finance": [{"year": 2001, "company_id": null}]}        | ORIEL400 | finance[0].company_id
					{"name": "X", "team": [{"name": "t", "task": [{}]}]}                  | 23502    | team[0].task[0].title
					{"name": "X", "team": [{"id": 99}]}                                   | 23503    | team[0]
					{"name": "X", "team": [{"id": 99, "name": "q"}]}                      | 23503    | team[0]
					{"name": "X", "sector": {"code": "none"}}                             | 23503    | sector
					{"name": "X", "company_tag": [{"tag": {"id": 99}}]}                   | 23503    | company_tag[0].tag
					{"name": "X", "tag": [{"name": "q"}, {"name": "old"}]}                | 23505    | tag[1].name
					{"name": "X", "tag": [{"id": "q"}]}                                   | 22P02    | tag[0].id
					{"name": "X", "team": [{"id": 1, "_version": "0"}]}                   | ORIEL412 | team[0]
					{"name": "X", "team": [{"name": "t", "_version": "0"}]}               | ORIEL400 | team[0]._version
					{"name": "X", "team": [{"id": 1, "_unlink": 1}]}                      | PGRST102 | team[0]._unlink
					{"name": "X", "team": [{"id": 1, "_unlink": true}]}                   | 23503    | team[0]
					{"name": "X", "team": [{"id": 1}, {"id": 1}]}                         | ORIEL400 | team[1]
					{"name": "O", "finance": [{"year": 2001}]}                            | 23514    | name
					{"name": "One", "finance": [{"year": 2001}]}                          | 23505    | name
					[{"name": "P", "team": []}, {"name": "X", "finance": [{"year": 2001}, {"year": 1}]}] | 23514 | [1].name
					[{"name": "Pp", "team": []}, {"name": "Xx", "finance": [{"year": 2001}, {"year": 1}]}] | 23514 | [1].finance[1].year
					""")
	void errorsNameThePath(String body, String code, String path) {
		String before = content();
		Problem problem = Rig.problem(() -> this.rig.insert("company", body.replace("\"X\"", "\"Xy\"")));
		assertThat(problem.code()).as(problem.message()).isEqualTo(code);
		assertThat(problem.column()).as(problem.message()).isEqualTo(path.startsWith("[1].name") ? "[0].name" : path);
		assertThat(content()).isEqualTo(before);
	}

	@Test
	void parentIsInsertedLinkedOrUpdated() {
		assertThat(insert("company", "{\"name\":\"New\",\"sector\":{\"code\":\"x\",\"label\":\"X\"}}"))
			.contains("\"sector_code\":\"x\"", "\"sector\":{\"code\":\"x\",\"label\":\"X\"}");
		assertThat(insert("company", "{\"name\":\"Newer\",\"sector\":{\"code\":\"it\"}}"))
			.contains("\"sector\":{\"code\":\"it\",\"label\":\"Software\"}");
		assertThat(insert("company", "{\"name\":\"Newest\",\"sector_of\":{\"code\":\"it\",\"label\":\"IT\"}}"))
			.contains("\"sector_of\":{\"code\":\"it\",\"label\":\"IT\"}");
		assertThat(insert("company", "{\"name\":\"None\",\"sector\":null}")).contains("\"sector\":null");
		assertThat(column("SELECT label FROM sector ORDER BY code")).isEqualTo("Food,IT,X");
	}

	@Test
	void childrenAreInsertedUpdatedAndMoved() {
		assertThat(insert("company", """
				{"name": "New", "team": [{"id": 3, "name": "moved"}, {"name": "d"}, {"id": 1}]}
				""")).contains("{\"id\":1,\"company_id\":3,\"name\":\"a\"}",
				"{\"id\":3,\"company_id\":3,\"name\":\"moved\"}", "{\"id\":4,\"company_id\":3,\"name\":\"d\"}");
		assertThat(column("SELECT company_id FROM team ORDER BY id")).isEqualTo("3,1,3,3");
	}

	@Test
	void manyToManyRowsAreInsertedAndLinked() {
		assertThat(insert("company",
				"{\"name\":\"New\",\"tag\":[{\"id\":1},{\"name\":\"mine\"},{\"id\":2,\"name\":\"BIG\"}]}"))
			.contains("\"tag\":[{\"id\":1,\"name\":\"old\"},{\"id\":2,\"name\":\"BIG\"},{\"id\":4,\"name\":\"mine\"}]");
		assertThat(column("SELECT tag_id FROM company_tag WHERE company_id = 3 ORDER BY 1")).isEqualTo("1,2,4");
		assertThat(column("SELECT count(*) FROM company_tag WHERE since = '2000-01-01'")).isEqualTo("6");
	}

	@Test
	void changeLeavesAloneWhatIsNotListed() {
		assertThat(update("company", "id=eq.1", """
				{"name": "One!", "team": [{"id": 2, "name": "B"}, {"name": "new"}], "tag": [{"id": 2}, {"id": 3}]}
				""")).contains("\"name\":\"One!\"", "{\"id\":1,\"company_id\":1,\"name\":\"a\"}",
				"{\"id\":2,\"company_id\":1,\"name\":\"B\"}", "{\"id\":4,\"company_id\":1,\"name\":\"new\"}");
		assertThat(column("SELECT tag_id FROM company_tag WHERE company_id = 1 ORDER BY 1")).isEqualTo("1,2,3");
	}

	@Test
	void childrenAreUnlinkedAndDeletedByMarks() {
		update("company", "id=eq.1", """
				{"team": [{"id": 1, "_unlink": true}, {"id": 2, "_delete": true}],
				 "tag": [{"id": 1, "_delete": true}, {"id": 2, "_unlink": true}],
				 "finance": [{"id": 1, "_delete": true}, {"id": 2, "_unlink": false, "quarter": 4}]}
				""");
		assertThat(column("SELECT id || '-' || coalesce(company_id, 0) FROM team ORDER BY id")).isEqualTo("1-0,3-2");
		assertThat(column("SELECT company_id || '-' || tag_id FROM company_tag ORDER BY 1")).isEqualTo("2-2");
		assertThat(column("SELECT id FROM tag ORDER BY 1")).isEqualTo("2,3");
		assertThat(column("SELECT id || '-' || quarter FROM finance ORDER BY 1")).isEqualTo("2-4,3-1");
	}

	@ParameterizedTest(name = "{0}: {1} at {2}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"finance": [{"id": 1, "_unlink": true}]}                | 23502    | finance[0]
			{"team": [{"id": 3, "_unlink": true}]}                   | 23503    | team[0]
			{"team": [{"id": 3, "_delete": true}]}                   | 23503    | team[0]
			{"tag": [{"id": 3, "_unlink": true}]}                    | 23503    | tag[0]
			{"tag": [{"id": 2, "_delete": true}]}                    | 23503    | tag[0]
			{"team": [{"name": "a", "_delete": true}]}               | ORIEL400 | team[0]
			{"team": [{"id": 1, "name": "a", "_delete": true}]}      | ORIEL400 | team[0]
			{"team": [{"id": 1, "_unlink": true, "_delete": true}]}  | ORIEL400 | team[0]._delete
			{"sector": {"code": "it", "_delete": true}}              | ORIEL400 | sector
			{"sector": {"code": "it"}, "sector_code": "food"}        | ORIEL400 | sector_code
			{"sector": null, "sector_code": "food"}                  | ORIEL400 | sector_code
			{"team": [{"id": 1}, {"id": 2, "_version": "0"}]}        | ORIEL412 | team[1]
			""")
	void changesThatCannotBeMeantAreRefused(String body, String code, String path) {
		String before = content();
		Problem problem = Rig.problem(() -> this.rig.update("company", "id=eq.1", body));
		assertThat(problem.code()).as(problem.message()).isEqualTo(code);
		assertThat(problem.column()).as(problem.message()).isEqualTo(path);
		assertThat(content()).isEqualTo(before);
	}

	@Test
	void listIsTheWholeSetIfAskedFor() {
		Payload payload = new Payload(
				"""
						{"team": [{"id": 2}, {"name": "new"}], "tag": [{"id": 2}, {"name": "q"}], "finance": [{"id": 2}, {"year": 2001}]}
						""",
				null, false, true);
		this.rig.writer().update(Rig.CALLER, Rig.name("company"), payload, Rig.query("id=eq.1"), WriteOptions.DEFAULTS);
		assertThat(column("SELECT id || '-' || coalesce(company_id, 0) FROM team ORDER BY id"))
			.isEqualTo("1-0,2-1,3-2,4-1");
		assertThat(column("SELECT company_id || '-' || tag_id FROM company_tag ORDER BY 1")).isEqualTo("1-2,1-4,2-2");
		assertThat(column("SELECT id || '-' || company_id FROM finance ORDER BY 1")).isEqualTo("2-1,3-2,4-1");
	}

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

	private static String array(int size, String row) {
		return Collections.nCopies(size, row).stream().collect(Collectors.joining(",", "[", "]"));
	}

	@Test
	void listOfTooManyRowsIsNotReplaced() {
		Rig small = Rig.of(database.dataSource(), new PrivilegeAccessPolicy(false),
				new DataSettings(3, Duration.ofSeconds(10), Duration.ofSeconds(2), false));
		database.execute("INSERT INTO team (company_id, name) VALUES (1, 'c')");
		Payload payload = new Payload("{\"team\":[]}", null, false, true);
		small.writer().update(Rig.CALLER, Rig.name("company"), payload, Rig.query("id=eq.1"), WriteOptions.DEFAULTS);
		database.execute("UPDATE team SET company_id = 1");
		assertThat(column("SELECT count(*) FROM team WHERE company_id = 1")).isEqualTo("4");
		Problem problem = Rig.problem(() -> small.writer()
			.update(Rig.CALLER, Rig.name("company"), payload, Rig.query("id=eq.1"), WriteOptions.DEFAULTS));
		assertThat(problem.status()).isEqualTo(400);
		assertThat(problem.column()).isEqualTo("team");
		assertThat(column("SELECT count(*) FROM team WHERE company_id = 1")).isEqualTo("4");
	}

	@Test
	void rowThatMovesWithinTheBodyIsNotRemoved() {
		Payload payload = new Payload("""
				[{"id": 1, "name": "One", "finance": []}, {"id": 2, "name": "Two", "finance": [{"id": 2}, {"id": 3}]}]
				""", null, false, true);
		this.rig.writer()
			.insert(Rig.CALLER, Rig.name("company"), payload, new Duplicates(Duplicates.Resolution.MERGE, null),
					Query.ALL, WriteOptions.DEFAULTS);
		assertThat(column("SELECT id || '-' || company_id FROM finance ORDER BY 1")).isEqualTo("2-2,3-2");
	}

	@Test
	void onlyChildIsInsertedUpdatedAndUnlinked() {
		assertThat(insert("company", "{\"name\":\"New\",\"address\":{\"city\":\"Ulm\"},\"logo\":{\"text\":\"N\"}}"))
			.contains("\"address\":{\"company_id\":3,\"city\":\"Ulm\"}",
					"\"logo\":{\"id\":1,\"company_id\":3,\"text\":\"N\"}");
		assertThat(update("company", "id=eq.3", "{\"address\":{\"city\":\"Bonn\"},\"logo\":{\"text\":\"M\"}}"))
			.contains("\"city\":\"Bonn\"", "{\"id\":1,\"company_id\":3,\"text\":\"M\"}");
		assertThat(update("company", "id=eq.3", "{\"logo\":null}")).contains("\"logo\":null");
		assertThat(column("SELECT coalesce(company_id, 0) || text FROM logo")).isEqualTo("0M");
		Problem problem = Rig.problem(() -> this.rig.update("company", "id=eq.3", "{\"address\":null}"));
		assertThat(problem.code()).isEqualTo("23502");
		assertThat(problem.column()).isEqualTo("address");
	}

	@Test
	void onlyParentCanComeFromTheChild() {
		assertThat(insert("address", "{\"city\":\"Ulm\",\"company\":{\"name\":\"Neu\"}}")).contains("\"company_id\":3",
				"\"name\":\"Neu\"");
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
	void keyOfATriggerFlows() {
		assertThat(insert("ticket", "{\"title\":\"t\",\"reply\":[{\"words\":\"w\"},{\"words\":\"v\"}]}"))
			.contains("\"number\":\"T-1\",\"title\"", "{\"id\":2,\"number\":\"T-1\",\"words\":\"v\"}");
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

	@Test
	void hintsTellOneOfSeveralRelationships() {
		assertThat(insert("trip", "{\"place!starts\":{\"name\":\"a\"},\"ends\":{\"name\":\"b\"}}"))
			.contains("\"place!starts\":{\"id\":1,\"name\":\"a\"}", "\"ends\":{\"id\":2,\"name\":\"b\"}");
		Problem problem = Rig.problem(() -> this.rig.insert("trip", "{\"place\":{\"name\":\"a\"}}"));
		assertThat(problem.status()).isEqualTo(300);
		assertThat(problem.code()).isEqualTo("PGRST201");
		assertThat(problem.column()).isEqualTo("place");
		assertThat(problem.candidates()).hasSize(2);
	}

	@Test
	void viewsCannotBeWrittenThrough() {
		assertThat(Rig.problem(() -> this.rig.insert("company_view", "{\"name\":\"Xy\",\"finance\":[]}")).message())
			.isEqualTo("'finance' can be read, but not written");
		assertThat(
				Rig.problem(() -> this.rig.insert("finance", "{\"year\":2001,\"company_view\":{\"id\":1}}")).column())
			.isEqualTo("company_view");
	}

	@Test
	void changeWithChildrenIsOfOneRow() {
		assertThat(Rig.problem(() -> this.rig.update("company", "id=gt.0", "{\"team\":[]}")).details())
			.contains("several");
		assertThat(Rig.problem(() -> this.rig.update("company", "id=eq.9", "{\"team\":[]}")).details())
			.contains("none");
		assertThat(Rig.problem(() -> this.rig.update("company", "", "{\"team\":[]}")).code()).isEqualTo("21000");
		assertThat(Rig.problem(() -> this.rig.update("company", "id=eq.1", "[{\"id\":1,\"team\":[]}]")).column())
			.isEqualTo("team");
	}

	@Test
	void versionsAreCheckedAtEachLevel() {
		String version = this.rig.version("company", "id=eq.1");
		String team = this.rig.version("team", "id=eq.1");
		String body = "{\"name\":\"n1\",\"team\":[{\"id\":1,\"name\":\"t\",\"_version\":\"%s\"}]}".formatted(team);
		this.rig.update("company", "id=eq.1", body, Rig.expecting(version));
		StaleRowException stale = catchThrowableOfType(StaleRowException.class,
				() -> this.rig.update("company", "id=eq.1", "{\"name\":\"n2\",\"team\":[]}", Rig.expecting(version)));
		assertThat(stale.current().json()).contains("\"name\":\"n1\"", "\"_version\"");
		StaleRowException child = catchThrowableOfType(StaleRowException.class,
				() -> this.rig.update("company", "id=eq.1", body));
		assertThat(child.problem().column()).isEqualTo("team[0]");
		assertThat(child.current().json()).contains("\"name\":\"t\"");
		StaleRowException gone = catchThrowableOfType(StaleRowException.class,
				() -> this.rig.update("company", "id=eq.1", body.replace("\"id\":1", "\"id\":77")));
		assertThat(gone.current()).isNull();
	}

	@Test
	void rowMayHaveAnyVersionOrOneOfSeveral() {
		String body = "{\"name\":\"n1\",\"team\":[]}";
		String version = this.rig.version("company", "id=eq.1");
		WriteOptions any = Rig.expecting(WriteOptions.ANY_VERSION);
		this.rig.update("company", "id=eq.2", "{\"team\":[]}", any);
		assertThat(Rig.problem(() -> this.rig.update("company", "id=eq.9", body, any)).status()).isEqualTo(412);
		assertThat(Rig.problem(
				() -> this.rig.update("company", "id=eq.1", body, WriteOptions.DEFAULTS.withVersions("0", Set.of("1"))))
			.status()).isEqualTo(412);
		this.rig.update("company", "id=eq.1", body, WriteOptions.DEFAULTS.withVersions("0", Set.of(version)));
		String both = "{\"name\":\"n2\",\"_version\":\"%s\",\"team\":[]}"
			.formatted(this.rig.version("company", "id=eq.1"));
		assertThat(Rig.problem(() -> this.rig.update("company", "id=eq.1", both, Rig.expecting("0"))).status())
			.isEqualTo(412);
		this.rig.update("company", "id=eq.1", both, any);
		Payload put = Payload.of("{\"id\":9,\"name\":\"Nine\",\"team\":[]}");
		assertThat(Rig
			.problem(() -> this.rig.writer().replace(Rig.CALLER, Rig.name("company"), put, Rig.query("id=eq.9"), any))
			.status()).isEqualTo(412);
	}

	@Test
	void upsertAppliesToTheRoots() {
		Written written = upsert(
				"[{\"id\":1,\"name\":\"Uno\",\"team\":[{\"name\":\"t\"}]},{\"id\":7,\"name\":\"Seven\"}]",
				Duplicates.Resolution.MERGE, null);
		assertThat(written.created()).isTrue();
		assertThat(written.page().rows()).extracting((row) -> row.key().get(0)).containsExactly("1", "7");
		assertThat(upsert("{\"name\":\"Uno\",\"team\":[],\"turnover\":1}", Duplicates.Resolution.MERGE, List.of("name"))
			.created()).isFalse();
		upsert("[{\"name\":\"Uno\",\"turnover\":2,\"team\":[{\"name\":\"no\"}]},{\"name\":\"Uni\",\"team\":[{\"name\":\"yes\"}]}]",
				Duplicates.Resolution.IGNORE, List.of("name"));
		assertThat(column("SELECT name || coalesce(turnover, 0) FROM company ORDER BY id"))
			.isEqualTo("Uno1,Two0,Uni0,Seven0");
		assertThat(column("SELECT name FROM team WHERE id > 3")).isEqualTo("t,yes");
		assertThat(Rig
			.problem(() -> upsert("{\"name\":\"Uno\",\"sector_code\":\"it\",\"team\":[]}", Duplicates.Resolution.MERGE,
					List.of("sector_code")))
			.code()).isEqualTo("42P10");
	}

	@Test
	void replacementHasChildren() {
		Written written = this.rig.writer()
			.replace(Rig.CALLER, Rig.name("company"),
					Payload.of("{\"id\":9,\"name\":\"Nine\",\"team\":[{\"name\":\"t\"}]}"), Rig.query("id=eq.9"),
					WriteOptions.DEFAULTS);
		assertThat(written.created()).isTrue();
		assertThat(Rig
			.problem(() -> this.rig.writer()
				.replace(Rig.CALLER, Rig.name("company"), Payload.of("{\"id\":9,\"name\":\"Nine\",\"team\":[]}"),
						Rig.query("id=eq.8"), WriteOptions.DEFAULTS))
			.code()).isEqualTo("PGRST115");
	}

	@Test
	void parentsMayBeRepeatedAsAnswersDoIt() {
		insert("finance",
				"""
						[{"year": 2011, "company": {"id": 1, "name": "Uno"}}, {"year": 2012, "company": {"id": 1, "name": "Uno"}},
						 {"year": 2013, "company": {"id": 1}}]
						""");
		assertThat(column("SELECT company_id FROM finance WHERE year > 2010")).isEqualTo("1,1,1");
		Problem problem = Rig.problem(() -> this.rig.insert("finance",
				"""
						[{"year": 2021, "company": {"id": 1, "name": "Ena"}}, {"year": 2022, "company": {"id": 1, "name": "Dio"}}]
						"""));
		assertThat(problem.column()).isEqualTo("[1].company");
	}

	@Test
	void selectSaysWhatIsReturned() {
		assertThat(this.rig.writer()
			.insert(Rig.CALLER, Rig.name("company"), "{\"name\":\"New\",\"finance\":[{\"year\":2020},{\"year\":2021}]}",
					Rig.query("select=name,finance(year)&finance.year=gt.2020"), WriteOptions.DEFAULTS)
			.json()).isEqualTo("[{\"name\":\"New\",\"finance\":[{\"year\":2021}]}]");
	}

	@Test
	void columnsSayWhatIsWritten() {
		Payload payload = new Payload("{\"name\":\"New\",\"turnover\":1,\"finance\":[{\"year\":2020}],\"team\":[{}]}",
				List.of("name", "finance"), false);
		assertThat(this.rig.writer()
			.insert(Rig.CALLER, Rig.name("company"), payload, null, Query.ALL, WriteOptions.DEFAULTS)
			.page()
			.json()).contains("\"turnover\":null", "\"year\":2020").doesNotContain("team");
	}

	@Test
	void dryRunChangesNothing() {
		String before = content();
		this.rig.insert("company", "{\"name\":\"New\",\"finance\":[{\"year\":2020}]}",
				new WriteOptions(VersionMode.NONE, null, null, false, true));
		assertThat(content()).isEqualTo(before);
	}

	@Test
	void deepBodiesAreRefused() {
		String body = "{\"name\":\"x\",\"node\":[".repeat(17) + "]}".repeat(17);
		Problem problem = Rig.problem(() -> this.rig.insert("node", body));
		assertThat(problem.status()).isEqualTo(400);
		assertThat(problem.message()).contains("too deeply");
		String bomb = "{\"name\":\"x\",\"node\":[".repeat(5_000) + "]}".repeat(5_000);
		assertThat(Rig.problem(() -> this.rig.insert("node", bomb)).status()).isEqualTo(400);
		assertThat(insert("node", "{\"name\":\"x\",\"node\":[".repeat(16) + "]}".repeat(16))).contains("\"node\":[]");
	}

	@Test
	void manyChildrenAreOneStatementAndTooManyAreRefused() {
		String children = IntStream.range(0, 9_999)
			.mapToObj((i) -> "{\"name\":\"n" + i + "\"}")
			.collect(Collectors.joining(","));
		insert("company", "{\"name\":\"New\",\"team\":[" + children + "]}");
		assertThat(column("SELECT count(*) FROM team WHERE company_id = 3 AND name = 'n' || id - 4")).isEqualTo("9999");
		Problem problem = Rig.problem(
				() -> this.rig.insert("company", "{\"name\":\"N2\",\"team\":[{\"name\":\"q\"}," + children + "]}"));
		assertThat(problem.message()).contains("too many rows");
		Problem last = Rig.problem(() -> this.rig.insert("company",
				"{\"name\":\"N3\",\"team\":[" + children.replace("\"n9998\"", "null") + "]}"));
		assertThat(last.column()).isEqualTo("team[9998].name");
	}

	private String insert(String relation, String body) {
		return compact(this.rig.insert(relation, body));
	}

	private String update(String relation, String query, String body) {
		return compact(this.rig.update(relation, query, body));
	}

	private Written upsert(String body, Duplicates.Resolution resolution, List<String> key) {
		return this.rig.writer()
			.insert(Rig.CALLER, Rig.name("company"), Payload.of(body), new Duplicates(resolution, key), Query.ALL,
					WriteOptions.DEFAULTS);
	}

	private static String compact(String json) {
		return json.replaceAll(",\\s+\\{", ",{");
	}

	private static String column(String sql) {
		return String.join(",", database.jdbc().sql(sql).query(String.class).list());
	}

	private static String content() {
		return database.jdbc()
			.sql("SELECT schema_to_xml('public', true, false, '')::text")
			.query(String.class)
			.single();
	}

}
