package dev.oriel.admin.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.data.DataSettings;
import dev.oriel.admin.data.FunctionCaller;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.testing.PostgresDatabase;
import dev.oriel.admin.web.openapi.ApiServer;
import dev.oriel.admin.web.openapi.OpenApiDocument;
import dev.oriel.admin.web.openapi.OpenApiValidator;
import dev.oriel.admin.web.openapi.RestLanguage;
import dev.oriel.admin.web.openapi.VisibleApi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for descriptions of everything that a database can hold.
 */
class OpenApiDocumentIntegrationTests {

	private static final Caller CALLER = new Caller("admin", Set.of("ROLE_ADMIN"));

	private static final AccessPolicy ALL = new PrivilegeAccessPolicy(false);

	private static final OpenApiValidator VALIDATOR = new OpenApiValidator();

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/schema/types.sql",
			"dev/oriel/admin/schema/names.sql", "dev/oriel/admin/schema/keys.sql",
			"dev/oriel/admin/schema/partitions.sql", "dev/oriel/admin/data/functions.sql");

	@RegisterExtension
	static final PostgresDatabase views = PostgresDatabase.create("dev/oriel/admin/schema/views.sql");

	@RegisterExtension
	static final PostgresDatabase torture = PostgresDatabase.create("dev/oriel/admin/schema/torture.sql");

	@RegisterExtension
	static final PostgresDatabase hushed = PostgresDatabase.create("dev/oriel/admin/web/hushed.sql");

	static PostgresSchemaSource source;

	@BeforeAll
	static void reflect() {
		source = new PostgresSchemaSource(database.dataSource(), ReflectionSettings.ALL);
	}

	@Test
	void everySchemaIsDescribedValidly() {
		assertValid(database, source);
		assertValid(torture, new PostgresSchemaSource(torture.dataSource(), ReflectionSettings.ALL));
		PostgresSchemaSource ofViews = new PostgresSchemaSource(views.dataSource(), ReflectionSettings.ALL);
		JsonNode document = describe(views, ofViews, "public", ALL);
		assertThat(VALIDATOR.problems(document)).isEmpty();
		assertThat(document.at("/paths/~1grouped").propertyNames()).containsExactly("get", "head");
		assertThat(document.at("/paths/~1by_trigger").propertyNames()).contains("get", "post", "patch");
		assertThat(document.at("/paths/~1base/description").asString()).isEqualTo("base table");
	}

	private static void assertValid(PostgresDatabase database, PostgresSchemaSource source) {
		List<String> schemas = source.snapshot().schemas();
		assertThat(schemas).hasSizeGreaterThan(1);
		for (String schema : schemas) {
			assertThat(VALIDATOR.problems(describe(database, source, schema, ALL))).as(schema).isEmpty();
		}
	}

	@Test
	void brokenDescriptionsAreNotValid() {
		ObjectNode broken = (ObjectNode) describe("public");
		ObjectNode get = (ObjectNode) broken.at("/paths/~1films/get");
		get.putArray("parameters").addObject().put("name", "id");
		assertThat(VALIDATOR.problems(broken)).anyMatch((problem) -> problem.contains("parameters"));

		broken = (ObjectNode) describe("public");
		((ObjectNode) broken.at("/components/schemas/films/properties/id")).put("type", "int");
		assertThat(VALIDATOR.problems(broken)).anyMatch((problem) -> problem.contains("type"));

		broken = (ObjectNode) describe("public");
		((ObjectNode) broken.at("/components/schemas")).remove("films-insert");
		assertThat(VALIDATOR.problems(broken)).anyMatch((problem) -> problem.contains("films-insert"));

		broken = (ObjectNode) describe("public");
		((ObjectNode) broken.at("/paths/~1films/get")).put("operationId", "list_log");
		((ObjectNode) broken.get("paths")).set("/a/{b}", broken.at("/paths/~1films"));
		assertThat(VALIDATOR.problems(broken)).anyMatch((problem) -> problem.contains("'list_log'"))
			.anyMatch((problem) -> problem.contains("does not declare b"));
	}

	@Test
	void rowsKnowTheTypesOfTheirColumns() {
		JsonNode row = describe("public").at("/components/schemas/typed");
		assertThat(row.get("required")).hasSize(row.get("properties").size());
		JsonNode properties = row.get("properties");
		assertThat(properties.get("small")).hasToString("{\"type\":[\"integer\",\"null\"],\"format\":\"int16\"}");
		assertThat(properties.get("number")).hasToString("{\"type\":\"integer\",\"format\":\"int32\"}");
		assertThat(properties.get("big")).hasToString("{\"type\":[\"integer\",\"null\"],\"format\":\"int64\"}");
		assertThat(properties.get("exact")).hasToString("{\"type\":[\"number\",\"null\"]}");
		assertThat(properties.get("name")).hasToString("{\"type\":[\"string\",\"null\"],\"maxLength\":40}");
		assertThat(properties.get("at")).hasToString("{\"type\":[\"string\",\"null\"],\"format\":\"date-time\"}");
		assertThat(properties.get("span")).hasToString("{\"type\":[\"string\",\"null\"],\"format\":\"interval\"}");
		assertThat(properties.get("feeling"))
			.hasToString("{\"type\":[\"string\",\"null\"],\"enum\":[\"sad\",\"so-so\",\"ok\",\"happy\",null]}");
		assertThat(properties.get("grid")).hasToString(
				"{\"type\":[\"array\",\"null\"],\"items\":{\"type\":[\"integer\",\"null\"],\"format\":\"int32\"}}");
		assertThat(properties.get("list_price")).hasToString("{\"type\":\"number\"}");
		assertThat(properties.get("period")).hasToString("{\"type\":[\"string\",\"null\"]}");
		assertThat(properties.get("home"))
			.hasToString("{\"type\":[\"object\",\"null\"],\"properties\":{\"street\":{\"type\":[\"string\",\"null\"]},"
					+ "\"number\":{\"type\":[\"integer\",\"null\"],\"format\":\"int32\"}}}");
		assertThat(properties.get("doc")).hasToString("{}");
	}

	@Test
	void writtenRowsHoldWhatCanBeWritten() {
		JsonNode schemas = describe("public").at("/components/schemas");
		assertThat(schemas.at("/computed/properties/id/readOnly").asBoolean()).isTrue();
		assertThat(schemas.at("/computed/properties/gross/readOnly").asBoolean()).isTrue();
		assertThat(schemas.at("/computed-insert/properties").propertyNames()).containsExactly("other", "serial", "net");
		assertThat(schemas.at("/computed-update/properties").propertyNames()).containsExactly("other", "serial", "net");
		assertThat(schemas.at("/computed-insert/required").isMissingNode()).isTrue();
		assertThat(schemas.at("/company-insert/required")).hasToString("[\"id\",\"code\",\"region\",\"number\"]");
		assertThat(schemas.at("/typed-insert/properties/number/default").asInt()).isEqualTo(7);
		assertThat(schemas.at("/typed-insert/properties/name/default").asString()).isEqualTo("it's");
		assertThat(schemas.at("/typed-insert/properties/feeling/default").asString()).isEqualTo("ok");
		assertThat(schemas.at("/typed-insert/properties/at/default").isMissingNode()).isTrue();
	}

	@Test
	void editedRowsAreNamedByTheirKeys() {
		JsonNode document = describe("public");
		JsonNode edit = document.at("/components/schemas/computed-edit");
		assertThat(edit.get("required")).hasToString("[\"id\"]");
		assertThat(edit.get("properties").propertyNames()).containsExactly("id", "_version", "other", "serial", "net");
		JsonNode body = document.at("/paths/~1computed/patch/requestBody/content/application~1json/schema/oneOf");
		assertThat(body.get(0).get("$ref").asString()).isEqualTo("#/components/schemas/computed-update");
		assertThat(body.get(1))
			.hasToString("{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/computed-edit\"}}");
		assertThat(document.at("/components/schemas/no_columns-edit").isMissingNode()).isTrue();
	}

	@Test
	void filesAreSaidToBeElsewhere() {
		assertThat(describe("public").at("/info/description").asString()).contains("'/admin/api/export/{relation}'",
				"'/admin/api/import/{relation}'", "'/admin/api/jobs/{id}'");
	}

	@Test
	void namesOfAllSortsStayApart() {
		JsonNode document = describe("public");
		assertThat(document.get("paths").propertyNames()).contains("/a%3Fb", "/~25~", "/__proto__", "/%F0%9F%A6%8B",
				"/%20", "/a.b", "/no_columns");
		assertThat(document.at("/components/schemas").propertyNames()).contains("a.3f.b", ".25.", "a.2e.b");
		JsonNode odd = describe("we\"ird; drop table t;--");
		assertThat(odd.get("paths").propertyNames()).containsExactly("/we%22ird~3b~%20drop%20table%20t~3b~--");
		assertThat(odd.at("/components/parameters").valueStream().map((parameter) -> parameter.get("name").asString()))
			.contains("\"a?b\"", "\"a.b\"", "\"back\\\\slash\"", "Accept-Profile");
	}

	@Test
	void partitionsAreReachedByTheWhole() {
		Set<String> paths = Set.copyOf(describe("public").get("paths").propertyNames());
		assertThat(paths).contains("/measurement", "/note").doesNotContain("/measurement_2025", "/note_0");
	}

	@Test
	void functionsThatShareANameShareAPath() {
		JsonNode document = describe("public");
		JsonNode overloaded = document.at("/paths/~1rpc~1rental_duration");
		assertThat(overloaded.at("/post/requestBody/content/application~1json/schema/oneOf")).hasSize(2);
		assertThat(overloaded.at("/get/parameters/0")).hasToString("{\"name\":\"customer_id\",\"in\":\"query\","
				+ "\"required\":true,\"schema\":{\"type\":\"integer\",\"format\":\"int32\"}}");
		assertThat(overloaded.at("/get/parameters/1/required").asBoolean()).isFalse();
		assertThat(document.at("/paths/~1rpc~1write_log").propertyNames()).containsExactly("post");
		assertThat(document.at("/paths/~1rpc~1write_log/post/responses").propertyNames()).containsExactly("default",
				"204");
		assertThat(document.at("/paths/~1rpc~1shout/post/requestBody/content").propertyNames())
			.containsExactly("text/plain");
		assertThat(document.at("/paths/~1rpc~1mult_them").propertyNames()).containsExactly("post");
		assertThat(document.at("/paths/~1rpc~1add_them/description").asString()).isEqualTo("Adds");
		assertThat(document.at("/paths/~1rpc~1best_films/get/responses/200/content/application~1json/schema"))
			.hasToString("{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/films\"}}");
		assertThat(document.at("/paths/~1rpc~1ratings/get/responses/200/content/application~1json/schema/items")
			.get("properties")
			.propertyNames()).containsExactly("title", "stars");
	}

	@Test
	void answersAreDescribedInEveryMediaType() {
		JsonNode document = describe("public");
		String workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
		assertThat(document.at("/components/responses/films/content").has(workbook)).isTrue();
		for (String response : List.of("/components/responses/films-written/content",
				"/paths/~1rpc~1best_films/get/responses/200/content")) {
			JsonNode content = document.at(response);
			assertThat(content.propertyNames()).containsExactly("application/json",
					"application/vnd.pgrst.array+json;nulls=stripped", "text/csv", "application/x-ndjson",
					"application/vnd.pgrst.object+json", "application/vnd.pgrst.object+json;nulls=stripped");
			assertThat(content.at("/text~1csv/schema")).hasToString("{\"type\":\"string\"}");
			assertThat(content.at("/application~1x-ndjson/schema")).hasToString("{\"type\":\"string\"}");
			assertThat(content.at("/application~1vnd.pgrst.object+json;nulls=stripped/schema").has("$ref")).isFalse();
		}
		RestLanguage withPostGis = OpenApiHandler.language(new Representation.GeoJson("public"));
		JsonNode content = JsonMapper.shared()
			.readTree(text(document(database, source, "public", ALL, withPostGis)))
			.at("/components/responses/films/content");
		assertThat(content.at("/application~1geo+json/schema/type").asString()).isEqualTo("object");
	}

	@Test
	void whatACallerMayNotDoIsNowhere() {
		AccessPolicy policy = new AccessPolicy() {

			@Override
			public RelationAccess decide(Caller caller, Relation relation) {
				return switch (relation.name().toString()) {
					case "public.film" -> new RelationAccess(Set.of(Operation.SELECT, Operation.UPDATE),
							Set.of("id", "title", "stars"), Set.of(), Set.of("title", "stars"), Filter.NONE);
					case "public.log" ->
						new RelationAccess(Set.of(Operation.INSERT), Set.of(), Set.of("note"), Set.of(), Filter.NONE);
					default -> new RelationAccess(Set.of(), Set.of(), Set.of(), Set.of(), Filter.NONE);
				};
			}

			@Override
			public boolean mayCall(Caller caller, Function function) {
				boolean hidden = function.inputs().stream().anyMatch((argument) -> argument.name().startsWith("hush"));
				return Set.of("best_films", "all_hushed", "titles").contains(function.name()) && !hidden;
			}

		};
		PostgresSchemaSource reflected = new PostgresSchemaSource(hushed.dataSource(), ReflectionSettings.ALL);
		assertThat(text(hushed, reflected, "public", ALL)).contains("hush_table", "hush_rating", "hush_sad",
				"hush: another comment", "hush_argument", "/rpc/all_hushed");
		String text = text(hushed, reflected, "public", policy);
		assertThat(text).doesNotContain("hush");
		JsonNode document = JsonMapper.shared().readTree(text);
		assertThat(VALIDATOR.problems(document)).isEmpty();
		assertThat(document.get("paths").propertyNames()).containsExactly("/film", "/log", "/rpc/best_films",
				"/rpc/titles");
		assertThat(document.at("/paths/~1film").propertyNames()).containsExactly("get", "head", "patch");
		assertThat(document.at("/paths/~1log").propertyNames()).containsExactly("post");
		JsonNode schemas = document.at("/components/schemas");
		assertThat(schemas.at("/film/properties").propertyNames()).containsExactly("id", "title", "stars");
		assertThat(schemas.at("/film/properties/title/description").asString()).isEqualTo("What it is called");
		assertThat(schemas.at("/film-update/properties").propertyNames()).containsExactly("title", "stars");
		assertThat(schemas.at("/log-insert"))
			.hasToString("{\"type\":\"object\",\"properties\":" + "{\"note\":{\"type\":[\"string\",\"null\"]}}}");
	}

	@Test
	void identityDiffersWhereRightsDo() {
		String all = document(database, source, "public", ALL).identity();
		assertThat(document(database, source, "public", new PrivilegeAccessPolicy(false)).identity()).isEqualTo(all);
		assertThat(document(database, source, "public", new PrivilegeAccessPolicy(true)).identity()).isNotEqualTo(all);
		assertThat(document(database, source, "other", ALL).identity()).isNotEqualTo(all);
		assertThat(document(database, source, "public", ALL, OpenApiHandler.LANGUAGE.withRows("x/y")).identity())
			.isNotEqualTo(all);
		AccessPolicy withoutRating = (caller, relation) -> {
			RelationAccess access = ALL.decide(caller, relation);
			Set<String> readable = new TreeSet<>(access.readable());
			readable.remove("rating");
			return new RelationAccess(access.operations(), readable, access.insertable(), access.updatable(),
					access.rows());
		};
		AccessPolicy withoutFunctions = ALL::decide;
		assertThat(document(database, source, "public", withoutRating).identity())
			.isNotEqualTo(document(database, source, "public", withoutFunctions).identity());
	}

	private static JsonNode describe(String schema) {
		return describe(database, source, schema, ALL);
	}

	private static JsonNode describe(PostgresDatabase database, PostgresSchemaSource source, String schema,
			AccessPolicy policy) {
		return JsonMapper.shared().readTree(text(database, source, schema, policy));
	}

	private static String text(PostgresDatabase database, PostgresSchemaSource source, String schema,
			AccessPolicy policy) {
		return text(document(database, source, schema, policy));
	}

	private static String text(OpenApiDocument document) {
		ByteArrayOutputStream text = new ByteArrayOutputStream();
		document.write(text);
		return text.toString(StandardCharsets.UTF_8);
	}

	private static OpenApiDocument document(PostgresDatabase database, PostgresSchemaSource source, String schema,
			AccessPolicy policy) {
		return document(database, source, schema, policy, OpenApiHandler.LANGUAGE);
	}

	private static OpenApiDocument document(PostgresDatabase database, PostgresSchemaSource source, String schema,
			AccessPolicy policy, RestLanguage language) {
		FunctionCaller functions = new FunctionCaller(database.dataSource(), source, policy,
				new DataSettings(100, Duration.ofSeconds(10), Duration.ofSeconds(2), false));
		SchemaSnapshot snapshot = source.snapshot();
		VisibleApi api = VisibleApi.of(snapshot, schema, CALLER, policy, functions.callable(CALLER, snapshot, schema),
				language);
		return new OpenApiDocument(api, language,
				new ApiServer("Test", "/admin/api/rest", "JSESSIONID", "X-CSRF-TOKEN"));
	}

}
