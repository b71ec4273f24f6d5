package dev.oriel.admin.data;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.oriel.admin.sql.VersionMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for rows that are written with their relatives.
 */
class FamilyWritesIntegrationTests extends FamilyWritesFixture {

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
	void keyOfATriggerFlows() {
		assertThat(insert("ticket", "{\"title\":\"t\",\"reply\":[{\"words\":\"w\"},{\"words\":\"v\"}]}"))
			.contains("\"number\":\"T-1\",\"title\"", "{\"id\":2,\"number\":\"T-1\",\"words\":\"v\"}");
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

	private static String content() {
		return database.jdbc()
			.sql("SELECT schema_to_xml('public', true, false, '')::text")
			.query(String.class)
			.single();
	}

}
