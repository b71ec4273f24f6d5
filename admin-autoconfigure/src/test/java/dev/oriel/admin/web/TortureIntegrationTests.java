package dev.oriel.admin.web;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Opens, lists, filters and sorts every relation of a database that holds every construct
 * PostgreSQL has.
 */
class TortureIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/schema/torture.sql");

	/** Nothing can be read from these, which is what they are here for. */
	private static final List<String> UNREADABLE = List.of("kinds.unpopulated_view", "kinds.unreachable",
			"kinds.no_columns");

	private static HostApplication host;

	private static List<JsonNode> relations;

	private final List<String> failures = new ArrayList<>();

	@BeforeAll
	static void start() {
		host = HostApplication.start(database, HostSecurity.Own.class);
		JsonNode overview = JsonMapper.shared().readTree(get("/api/schema").body());
		relations = elements(overview.get("relations"));
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@Test
	void everyRelationOfTheCatalogueIsThere() {
		List<String> expected = database.jdbc().sql("""
				SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
				WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'oriel')
				  AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
				""").query(String.class).list();
		assertThat(relations).extracting(TortureIntegrationTests::name)
			.containsExactlyInAnyOrderElementsOf(expected)
			.doesNotContain("public.passing");
		assertThat(relations).filteredOn((relation) -> !relation.get("hidden").asBoolean())
			.extracting(TortureIntegrationTests::name)
			.contains("kinds.measurement", "kinds.truck")
			.noneMatch((name) -> name.startsWith("kinds.measurement_"));
	}

	@Test
	void everyRelationIsDescribedWithAllItsColumns() {
		forEach(relations, (relation) -> {
			JsonNode detail = detail(relation);
			List<String> columns = database.jdbc()
				.sql("""
						SELECT a.attname FROM pg_attribute a
						WHERE a.attrelid = CAST(format('%I.%I', :schema, :name) AS regclass)
						  AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
						""")
				.param("schema", relation.get("schema").asString())
				.param("name", relation.get("name").asString())
				.query(String.class)
				.list();
			assertThat(elements(detail.get("columns"))).extracting((column) -> column.get("name").asString())
				.isEqualTo(columns);
		});
	}

	@Test
	void everyRelationIsListed() {
		forEach(readable(), (relation) -> {
			HttpResponse<String> answer = rows(relation, "limit=3");
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
			assertThat(JsonMapper.shared().readTree(answer.body()).isArray()).isTrue();
		});
	}

	@Test
	void whatCannotBeReadSaysWhy() {
		List<JsonNode> unreadable = relations.stream()
			.filter((relation) -> List.of("unpopulated_view", "unreachable").contains(relation.get("name").asString()))
			.toList();
		assertThat(unreadable).hasSize(2).allSatisfy((relation) -> {
			HttpResponse<String> answer = rows(relation, "limit=3");
			assertThat(answer.statusCode()).isEqualTo(409);
			assertThat(answer.body()).containsPattern("not been populated|has no handler");
		});
	}

	@Test
	void everyColumnIsFilteredByNull() {
		forEachColumn((relation, column) -> {
			JsonNode without = parsed(rows(relation, filter(column, "is.null") + "&limit=100"));
			JsonNode with = parsed(rows(relation, filter(column, "not.is.null") + "&limit=100"));
			Integer all = database.jdbc()
				.sql("SELECT count(*)::integer FROM " + quoted(relation))
				.query(Integer.class)
				.single();
			assertThat(without.size() + with.size()).isEqualTo(all);
		});
	}

	@Test
	void everyColumnThatPostgresqlSortsIsSorted() {
		forEachColumn((relation, column) -> {
			HttpResponse<String> answer = rows(relation,
					"limit=3&order=" + encoded(inQuery(column) + ".desc.nullslast"));
			if (sorts(relation, column)) {
				assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
			}
			else {
				assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
				assertThat(answer.body()).contains("42883");
			}
		});
	}

	@Test
	void everyRowWithAKeyOpensByIt() {
		forEach(readable(), (relation) -> {
			List<JsonNode> key = elements(detail(relation).get("primaryKey"));
			if (key.isEmpty()) {
				return;
			}
			String names = key.stream()
				.map((name) -> identifier(name.asString()))
				.collect(Collectors.joining("::text, "));
			for (Map<String, Object> row : database.jdbc()
				.sql("SELECT " + names + "::text FROM " + quoted(relation))
				.query()
				.listOfRows()) {
				String filters = row.entrySet()
					.stream()
					.map((value) -> filter(value.getKey(), "eq." + value.getValue()))
					.collect(Collectors.joining("&"));
				assertThat(parsed(rows(relation, filters))).as(filters).hasSize(1);
			}
		});
	}

	private interface ColumnCheck {

		void check(JsonNode relation, String column);

	}

	private void forEachColumn(ColumnCheck check) {
		forEach(readable(), (relation) -> {
			for (JsonNode column : detail(relation).get("columns")) {
				attempt(name(relation) + " " + column.get("name"),
						() -> check.check(relation, column.get("name").asString()));
			}
		});
	}

	private void forEach(List<JsonNode> relations, Consumer<JsonNode> check) {
		relations.forEach((relation) -> attempt(name(relation), () -> check.accept(relation)));
		assertThat(this.failures).isEmpty();
		assertThat(relations).hasSizeGreaterThan(50);
	}

	private void attempt(String name, Runnable check) {
		try {
			check.run();
		}
		catch (AssertionError ex) {
			this.failures.add(name + ": " + ex.getMessage());
		}
	}

	private static List<JsonNode> readable() {
		return relations.stream().filter((relation) -> !UNREADABLE.contains(name(relation))).toList();
	}

	private static boolean sorts(JsonNode relation, String column) {
		try {
			database.execute("SELECT FROM " + quoted(relation) + " ORDER BY " + identifier(column));
			return true;
		}
		catch (DataAccessException ex) {
			return false;
		}
	}

	private static JsonNode detail(JsonNode relation) {
		return parsed(get("/api/schema/" + inPath(relation.get("schema")) + "/" + inPath(relation.get("name"))));
	}

	private static HttpResponse<String> rows(JsonNode relation, String query) {
		return get("/api/rest/" + inPath(relation.get("name")) + "?" + query, "Accept-Profile",
				relation.get("schema").asString());
	}

	private static JsonNode parsed(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(answer.body());
	}

	private static HttpResponse<String> get(String path, String... headers) {
		List<String> all = new ArrayList<>(List.of(headers));
		all.addAll(List.of("Authorization", HostApplication.basic("admin")));
		return host.send("GET", "/admin" + path, all.toArray(String[]::new));
	}

	private static List<JsonNode> elements(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false).toList();
	}

	private static String name(JsonNode relation) {
		return relation.get("schema").asString() + "." + relation.get("name").asString();
	}

	private static String quoted(JsonNode relation) {
		return identifier(relation.get("schema").asString()) + "." + identifier(relation.get("name").asString());
	}

	private static String identifier(String name) {
		return '"' + name.replace("\"", "\"\"") + '"';
	}

	/** Spell the characters that firewalls do not let through. */
	private static String inPath(JsonNode name) {
		return name.asString()
			.codePoints()
			.mapToObj((character) -> Character.isLetterOrDigit(character) ? encoded(Character.toString(character))
					: "~" + Integer.toHexString(character) + "~")
			.collect(Collectors.joining());
	}

	private static String inQuery(String column) {
		return '"' + column.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

	private static String filter(String column, String condition) {
		return encoded(inQuery(column)) + "=" + encoded(condition);
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
