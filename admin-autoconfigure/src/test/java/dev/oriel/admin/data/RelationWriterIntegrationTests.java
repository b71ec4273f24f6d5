package dev.oriel.admin.data;

import java.util.Set;

import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.sql.VersionMode;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RelationWriter}.
 */
class RelationWriterIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/shop.sql");

	Rig rig;

	@BeforeEach
	void reset() {
		database.execute("TRUNCATE item, counter, measurement RESTART IDENTITY; "
				+ "INSERT INTO item (company_id, name, price) VALUES (1, 'a', 1), (1, 'b', 2), (2, 'c', 3)");
		this.rig = Rig.of(database);
	}

	@Test
	void insertFillsDefaultsIdentityAndGeneratedColumns() {
		assertThat(this.rig.insert("item", "{\"name\":\"x\",\"price\":\"1.50\"}"))
			.isEqualTo("[{\"id\":4,\"company_id\":null,\"name\":\"x\",\"note\":\"none\",\"price\":1.50,\"small\":null,"
					+ "\"mood\":null,\"size\":null,\"day\":null,\"doubled\":3.00}]");
		assertThat(this.rig.insert("item", "{\"name\":\"y\",\"note\":null}")).contains("\"note\":null");
		assertThat(this.rig.insert("item", "{\"name\":\"z\",\"note\":\"\"}")).contains("\"note\":\"\"");
	}

	@Test
	void bulkInsertIsAllOrNothing() {
		assertThat(this.rig.insert("item", "[{\"name\":\"x\"},{\"name\":\"y\"}]")).contains("\"x\"", "\"y\"");
		Problem problem = Rig.problem(() -> this.rig.insert("item", "[{\"name\":\"p\"},{\"name\":null}]"));
		assertThat(problem.code()).isEqualTo("23502");
		assertThat(names()).isEqualTo("a,b,c,x,y");
		assertThat(this.rig.insert("item", "[]")).isEqualTo("[]");
	}

	@Test
	void emptyObjectInsertsDefaults() {
		database.execute("CREATE TABLE IF NOT EXISTS defaults (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
				+ "t text DEFAULT 'd')");
		this.rig.source().refresh();
		assertThat(this.rig.insert("defaults", "{}")).contains("\"t\":\"d\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"name\":\"x\",\"doubled\":1}", "{\"doubled\":1}" })
	void generatedColumnsAreRefused(String body) {
		Problem problem = Rig.problem(() -> this.rig.insert("item", body));
		assertThat(problem.code()).isEqualTo("428C9");
		assertThat(problem.column()).isEqualTo("doubled");
		assertThat(Rig.problem(() -> this.rig.update("item", "id=eq.1", body)).column()).isEqualTo("doubled");
		assertThat(Rig.problem(() -> this.rig.insert("company", "{\"id\":7,\"name\":\"q\"}")).column()).isEqualTo("id");
	}

	@ParameterizedTest(name = "{0}: {1} on {2}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"name": null}                          | 23502 | name       | 400
			{"name": "much too long"}               | 22001 | name       | 400
			{"name": "x", "price": "abc"}           | 22P02 | price      | 400
			{"name": "x", "price": 100000}          | 22003 | price      | 400
			{"name": "x", "small": 40000}           | 22003 | small      | 400
			{"name": "x", "price": -1}              | 23514 | price      | 400
			{"name": "x", "size": 0}                | 23514 | size       | 400
			{"name": "x", "mood": "angry"}          | 22P02 | mood       | 400
			{"name": "x", "day": "2024-02-30"}      | 22008 | day        | 400
			{"name": "x", "day": "soon"}            | 22007 | day        | 400
			{"name": "x", "company_id": 99}         | 23503 | company_id | 409
			{"name": "x", "id": 1}                  | 23505 | id         | 409
			{"name": "x", "nme": 1}                 | PGRST204 | nme     | 400
			{"name": "x", "note": "\\u0000"}        | 22P05 | note       | 400
			{"name": "x", "note": "\\ud800"}        | 22P05 | note       | 400
			""")
	void errorsNameTheColumn(String body, String code, String column, int status) {
		Problem problem = Rig.problem(() -> this.rig.insert("item", body));
		assertThat(problem.code()).isEqualTo(code);
		assertThat(problem.status()).isEqualTo(status);
		assertThat(problem.column()).isEqualTo(column);
		assertThat(problem.message()).doesNotContainIgnoringCase("json_to_record").doesNotContain("SELECT", "INSERT");
		assertThat(String.valueOf(problem.details())).doesNotContain("Failing row");
		assertThat(names()).isEqualTo("a,b,c");
	}

	@Test
	void uniqueKeyOfOneColumnNamesIt() {
		assertThat(Rig.problem(() -> this.rig.insert("company", "{\"name\":\"one\"}")).column()).isEqualTo("name");
		assertThat(Rig.problem(() -> this.rig.insert("coupon", "{\"id\":2,\"a \\\"code\\\"\":\"x\"}")).column())
			.isEqualTo("a \"code\"");
		assertThat(Rig.problem(() -> this.rig.insert("item", "{\"company_id\":1,\"name\":\"a\"}")).column()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1", "\"x\"", "null", "[1]", "{", "[{}", "{} {}", "{\"name\":\"a\",\"name\":\"b\"}",
			"[{\"name\":\"x\"},{\"note\":\"y\"}]", "{'name':1}", "{\"name\":01}", "{\"name\":NaN}" })
	void bodiesThatAreNoRowsAreRefused(String body) {
		Problem problem = Rig.problem(() -> this.rig.insert("item", body));
		assertThat(problem.status()).isEqualTo(400);
		assertThat(problem.code()).isEqualTo("PGRST102");
	}

	@Test
	void updateChangesOnlyWhatIsSent() {
		assertThat(this.rig.update("item", "id=eq.1", "{\"note\":null}")).contains("\"name\":\"a\"", "\"note\":null");
		assertThat(this.rig.update("item", "id=eq.99", "{\"note\":\"x\"}")).isEqualTo("[]");
		assertThat(this.rig.update("item", "id=eq.1", "{}")).isEqualTo("[]");
		assertThat(Rig.problem(() -> this.rig.update("item", "id=eq.1", "[{}]")).code()).isEqualTo("PGRST102");
	}

	@Test
	void deleteReturnsWhatWasThere() {
		assertThat(this.rig.delete("item", "id=eq.2&select=name", WriteOptions.DEFAULTS))
			.isEqualTo("[{\"name\":\"b\"}]");
		assertThat(names()).isEqualTo("a,c");
	}

	@Test
	void writesThatFilterNothingAreRefused() {
		assertThat(Rig.problem(() -> this.rig.update("item", "", "{\"note\":\"x\"}")).code()).isEqualTo("21000");
		assertThat(Rig.problem(() -> this.rig.delete("item", "", WriteOptions.DEFAULTS)).code()).isEqualTo("21000");
		assertThat(Rig.problem(() -> this.rig.delete("item", "limit=1", WriteOptions.DEFAULTS)).status())
			.isEqualTo(400);
		assertThat(names()).isEqualTo("a,b,c");
		assertThat(this.rig.update("item", "", "{\"note\":\"x\"}", Rig.atMost(3))).contains("\"note\":\"x\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=1&order=id", "id=gt.0&limit=1&order=id", "id=gt.0&offset=1" })
	void limitsThatWouldNotBeKeptAreRefused(String query) {
		assertThat(Rig.problem(() -> this.rig.update("item", query, "{\"note\":\"x\"}")).code()).isEqualTo("ORIEL400");
		assertThat(Rig.problem(() -> this.rig.delete("item", query, Rig.atMost(1))).code()).isEqualTo("ORIEL400");
		assertThat(this.rig.read("item", "select=count()")).isEqualTo("[{\"count\":3}]");
	}

	@Test
	void writesBeyondTheAllowedNumberAreUndone() {
		Problem problem = Rig.problem(() -> this.rig.delete("item", "id=gt.0", Rig.atMost(2)));
		assertThat(problem.code()).isEqualTo("PGRST124");
		assertThat(names()).isEqualTo("a,b,c");
		assertThat(Rig
			.problem(() -> this.rig.update("item", "id=gt.0", "{\"note\":\"x\"}",
					new WriteOptions(VersionMode.NONE, null, null, true, false)))
			.code()).isEqualTo("PGRST116");
	}

	@Test
	void dryRunChangesNothing() {
		WriteOptions dry = new WriteOptions(VersionMode.NONE, null, null, false, true);
		assertThat(this.rig.insert("item", "{\"name\":\"x\"}", dry)).contains("\"x\"");
		assertThat(this.rig.delete("item", "id=gt.0", dry)).contains("\"a\"");
		assertThat(names()).isEqualTo("a,b,c");
	}

	@Test
	void versionThatIsStillRightIsTakenOnce() {
		String version = this.rig.version("item", "id=eq.1");
		this.rig.update("item", "id=eq.1", "{\"note\":\"mine\"}", Rig.expecting(version));
		assertThatExceptionOfType(StaleRowException.class)
			.isThrownBy(() -> this.rig.update("item", "id=eq.1", "{\"note\":\"other\"}", Rig.expecting(version)))
			.satisfies((ex) -> {
				assertThat(ex.current()).isNotNull();
				assertThat(ex.current().json()).contains("\"note\":\"mine\"", "\"_version\"");
			});
		assertThatExceptionOfType(StaleRowException.class)
			.isThrownBy(() -> this.rig.delete("item", "id=eq.1", Rig.expecting(version)));
		this.rig.delete("item", "id=eq.1", Rig.expecting(this.rig.version("item", "id=eq.1")));
		assertThatExceptionOfType(StaleRowException.class)
			.isThrownBy(() -> this.rig.delete("item", "id=eq.1", Rig.expecting(version)))
			.satisfies((ex) -> assertThat(ex.current()).isNull());
	}

	@Test
	void versionOfAViewSeesEveryColumn() {
		String version = this.rig.version("item_view", "id=eq.1");
		database.execute("UPDATE item SET price = 4 WHERE id = 1");
		assertThat(this.rig.version("item_view", "id=eq.1")).isNotEqualTo(version);
		assertThatExceptionOfType(StaleRowException.class)
			.isThrownBy(() -> this.rig.update("item_view", "id=eq.1", "{\"t\":\"x\"}", Rig.expecting(version)));
		assertThat(this.rig.update("item_view", "id=eq.1", "{\"t\":\"x\"}",
				Rig.expecting(this.rig.version("item_view", "id=eq.1"))))
			.contains("\"t\":\"x\"");
	}

	@Test
	void partitionedTablesHaveVersionsToo() {
		WriteOptions versions = new WriteOptions(VersionMode.IN_ROW, null, null, false, false);
		assertThat(this.rig.insert("measurement", "{\"id\":1,\"at\":\"2010-01-01\",\"v\":\"a\"}", versions))
			.contains("\"_version\":\"");
		String version = this.rig.version("measurement", "id=eq.1");
		assertThat(this.rig.update("measurement", "id=eq.1", "{\"at\":\"2030-01-01\"}", Rig.expecting(version)))
			.contains("2030-01-01");
		assertThatExceptionOfType(StaleRowException.class)
			.isThrownBy(() -> this.rig.delete("measurement", "id=eq.1", Rig.expecting(version)));
	}

	@Test
	void versionBelongsToOneRow() {
		String version = this.rig.version("item", "id=eq.1");
		assertThat(Rig.problem(() -> this.rig.update("item", "id=in.(1,2)", "{\"note\":\"x\"}", Rig.expecting(version)))
			.code()).isEqualTo("ORIEL400");
	}

	@Test
	void rowsOutsideOfTheRulesCannotBeWrittenNorMovedThere() {
		Filter rule = Filter.Comparison.of("company_id", Operator.EQ, "1");
		Rig ruled = Rig.of(database.dataSource(), (caller, relation) -> {
			RelationAccess all = new PrivilegeAccessPolicy(false).decide(caller, relation);
			return new RelationAccess(all.operations(), all.readable(), all.insertable(), Set.of("company_id"),
					relation.name().name().equals("item") ? rule : Filter.NONE);
		}, Rig.SETTINGS);
		assertThat(ruled.update("item", "id=eq.3", "{\"company_id\":1}")).isEqualTo("[]");
		assertThat(ruled.delete("item", "id=eq.3", WriteOptions.DEFAULTS)).isEqualTo("[]");
		assertThat(Rig.problem(() -> ruled.update("item", "id=eq.1", "{\"company_id\":2}")).status()).isEqualTo(403);
		assertThat(Rig.problem(() -> ruled.insert("item", "{\"name\":\"x\",\"company_id\":2}")).status())
			.isEqualTo(403);
		assertThat(Rig.problem(() -> ruled.update("item", "id=eq.1", "{\"note\":\"x\"}")).column()).isEqualTo("note");
		assertThat(database.jdbc()
			.sql("SELECT string_agg(name || company_id, ',' ORDER BY id) FROM item")
			.query(String.class)
			.single()).isEqualTo("a1,b1,c2");
	}

	@Test
	void readOnlyWritesNothing() {
		Rig readOnly = Rig.of(database.dataSource(), new PrivilegeAccessPolicy(true), Rig.SETTINGS);
		assertThat(Rig.problem(() -> readOnly.insert("item", "{\"name\":\"x\"}")).status()).isEqualTo(403);
		assertThat(Rig.problem(() -> readOnly.update("item", "id=eq.1", "{\"name\":\"x\"}")).status()).isEqualTo(403);
		assertThat(Rig.problem(() -> readOnly.delete("item", "id=eq.1", WriteOptions.DEFAULTS)).status())
			.isEqualTo(403);
	}

	private static String names() {
		return database.jdbc().sql("SELECT string_agg(name, ',' ORDER BY id) FROM item").query(String.class).single();
	}

}
