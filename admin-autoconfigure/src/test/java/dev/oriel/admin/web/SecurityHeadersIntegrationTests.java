package dev.oriel.admin.web;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what every answer has and no answer tells, on an application that has
 * switched off all headers of its own.
 */
class SecurityHeadersIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/shop.sql");

	static HostApplication host;

	@BeforeAll
	static void start() {
		host = HostApplication.start(database, HostSecurity.PermitAll.class);
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@Test
	void everyAnswerCarriesThem() {
		for (Requests request : Requests.ALL) {
			assertHeaders(request.send(host, "Authorization", HostApplication.basic("admin")));
			assertHeaders(request.send(host, "Authorization", HostApplication.basic("viewer")));
		}
	}

	@Test
	void unchangedAnswerCarriesThem() {
		HttpResponse<String> first = get("/api/schema");
		String tag = first.headers().firstValue("ETag").orElseThrow();
		HttpResponse<String> second = get("/api/schema", "If-None-Match", tag);
		assertThat(second.statusCode()).isEqualTo(304);
		assertThat(second.body()).isEmpty();
		assertHeaders(second);
		assertThat(get("/api/schema", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
	}

	@Test
	void noAnswerOpensTheDoorToOtherOrigins() {
		HttpResponse<String> answer = get("/api/schema", "Origin", "http://evil.example");
		assertThat(answer.headers().map().keySet())
			.noneMatch((name) -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			GET    | /api/rest/nothing                        |                       | 404 | PGRST205
			GET    | /api/rest/item?nope=eq.1                 |                       | 400 | 42703
			GET    | /api/rest/item?id=eq.x                   |                       | 400 | 22P02
			GET    | /api/rest/item?id=foo.1                  |                       | 400 | PGRST100
			GET    | /api/rest/item?id=eq.99999999999         |                       | 400 | 22003
			GET    | /api/rest/item?select=id,                |                       | 400 | PGRST100
			GET    | /api/rest/item?select=id::nope           |                       | 400 | 42704
			GET    | /api/rest/item?select=nothing(name)      |                       | 400 | PGRST200
			GET    | /api/rest/item?order=id.up               |                       | 400 | PGRST100
			GET    | /api/rest/item?limit=-1                  |                       | 416 | PGRST103
			GET    | /api/rest/item?name=eq.%00               |                       | 400 |
			GET    | /api/rest/item?name=match.(              |                       | 400 | 2201B
			GET    | /api/rest/item?id=like.x                 |                       | 404 | 42883
			GET    | /api/rest/item?name=fts.x%26%26          |                       | 400 | 42601
			GET    | /api/rest/item?name=fts(nope).x          |                       | 400 | 42704
			GET    | /api/rest/item?price=is.true             |                       | 400 | 42804
			GET    | /api/rest/item?select=note,id.max()&order=price |                | 400 | 42803
			GET    | /api/rest/mutating                       |                       | 405 | 25006
			POST   | /api/rest/item                           | {                     | 400 | PGRST102
			POST   | /api/rest/item                           | []x                   | 400 | PGRST102
			POST   | /api/rest/item                           | {"name":null}         | 400 | 23502
			POST   | /api/rest/item                           | {"name":"much too long"} | 400 | 22001
			POST   | /api/rest/item                           | {"name":"a","price":-1}  | 400 | 23514
			POST   | /api/rest/item                           | {"name":"a","id":1}   | 409 | 23505
			POST   | /api/rest/item                           | {"name":"a","company_id":77} | 409 | 23503
			POST   | /api/rest/item                           | {"nope":1}            | 400 | PGRST204
			POST   | /api/rest/item                           | {"doubled":1}         | 400 | 428C9
			PATCH  | /api/rest/item                           | {"note":"x"}          | 400 | 21000
			PATCH  | /api/rest/item?id=eq.1                   | [1]                   | 400 | PGRST102
			DELETE | /api/rest/item                           |                       | 400 | 21000
			DELETE | /api/rest/company?id=eq.1                |                       | 409 | 23503
			PUT    | /api/rest/item?id=eq.1                   | {"id":1}              | 400 | 23502
			PUT    | /api/rest/item?id=eq.1                   | {"id":2,"name":"a"}   | 400 | PGRST115
			PUT    | /api/rest/item                           | {"id":1}              | 405 | PGRST105
			GET    | /api/schema/public/nothing               |                       | 404 | PGRST205
			PUT    | /api/settings/public/item                | [1]                   | 400 | PGRST102
			PUT    | /api/settings/public/item                | {                     | 400 | PGRST102
			POST   | /api/settings/public/item                | {}                    | 405 | PGRST117
			GET    | /api/nothing                             |                       | 404 | ORIEL404
			""")
	void errorsTellNothingOfTheInside(String method, String path, String body, int status, String code) {
		HttpResponse<String> answer = new Requests(method, path, (body != null) ? body : "").send(host, "Authorization",
				HostApplication.basic("admin"));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
		JsonNode problem = new JsonMapper().readTree(answer.body());
		assertThat(problem.propertyNames()).contains("code", "message", "details", "hint");
		if (code != null) {
			assertThat(problem.path("code").asString()).isEqualTo(code);
		}
		assertThat(answer.body()).doesNotContain("SELECT", "FROM", "INSERT INTO", "RETURNING", "LATERAL",
				"json_to_record", "Exception", "java.", "org.", "dev.oriel", "\\tat ", "CAST(", "Position");
		assertHeaders(answer);
	}

	@Test
	void bodiesOfOtherTypesAndSizesAreRefused() {
		String[] headers = { "Authorization", HostApplication.basic("admin"), "Content-Type", "text/plain" };
		assertThat(host.send("POST", "/admin/api/rest/item", "{}", headers).statusCode()).isEqualTo(415);
		headers[3] = "nonsense";
		assertThat(host.send("POST", "/admin/api/rest/item", "{}", headers).statusCode()).isEqualTo(400);
		headers[3] = "application/json";
		String settings = "{\"a\":\"" + "x".repeat(70_000) + "\"}";
		assertThat(host.send("PUT", "/admin/api/settings/public/item", settings, headers).statusCode()).isEqualTo(413);
		assertThat(get("/api/rest/item", "Accept", "image/png").statusCode()).isEqualTo(406);
		assertThat(get("/api/rest/item", "Accept", "nonsense").statusCode()).isEqualTo(406);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/administrator", "/admins", "/admin.html", "/xadmin", "/x/admin", "/Admin" })
	void pathsBesideAreNotOurs(String path) {
		HttpResponse<String> answer = host.send("GET", path, "Authorization", HostApplication.basic("admin"));
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.headers().firstValue("Content-Security-Policy")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "//admin/api/schema", "/admin//api/schema", "/admin;x=1/api/schema",
			"/admin/api/schema;x=1", "/admin/api/%2e%2e/api/schema", "/%61dmin/api/schema", "/admin/./api/schema",
			"/admin/x/../api/schema", "/admin/api/schema/", "/admin%2Fapi%2Fschema", "/admin/api%2fschema",
			"/admin/api/schema%00", "/admin/api/schema%0a", "/admin\\api", "/ADMIN/api/schema", "/admin/api/rest/item/",
			"/admin/%2e/api/schema" })
	void tricksWithPathsDoNotGetAroundTheGuard(String path) {
		String wire = path.replace("\\", "%5c");
		HttpResponse<String> nobody = host.send("GET", wire, "X-Requested-With", "XMLHttpRequest");
		assertThat(nobody.statusCode()).as(nobody.body()).isIn(400, 401, 404);
		HttpResponse<String> viewer = host.send("GET", wire, "Authorization", HostApplication.basic("viewer"));
		assertThat(viewer.statusCode()).as(viewer.body()).isIn(400, 403, 404);
		assertThat(nobody.body() + viewer.body()).doesNotContain("relations", "primaryKey");
	}

	static void assertHeaders(HttpResponse<String> answer) {
		String name = answer.request().method() + " " + answer.uri().getPath() + " " + answer.statusCode();
		Map<String, List<String>> headers = answer.headers().map();
		assertThat(headers.get("X-Content-Type-Options")).as(name).containsExactly("nosniff");
		assertThat(headers.get("X-Frame-Options")).as(name).containsExactly("DENY");
		assertThat(headers.get("Referrer-Policy")).as(name).containsExactly("same-origin");
		assertThat(headers.get("Cross-Origin-Opener-Policy")).as(name).containsExactly("same-origin");
		assertThat(headers.get("Cross-Origin-Resource-Policy")).as(name).containsExactly("same-origin");
		assertThat(headers.get("Content-Security-Policy")).as(name)
			.singleElement()
			.asString()
			.contains("default-src 'none'", "frame-ancestors 'none'")
			.doesNotContain("unsafe");
		assertThat(headers.get("Cache-Control")).as(name).hasSize(1);
	}

	private static HttpResponse<String> get(String path, String... headers) {
		return new Requests("GET", path, "").send(host, concat(headers));
	}

	private static String[] concat(String... headers) {
		String[] all = Arrays.copyOf(headers, headers.length + 2);
		all[headers.length] = "Authorization";
		all[headers.length + 1] = HostApplication.basic("admin");
		return all;
	}

}
