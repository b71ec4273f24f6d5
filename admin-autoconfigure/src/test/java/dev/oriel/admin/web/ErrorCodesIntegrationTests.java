package dev.oriel.admin.web;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every code of PostgREST that there is a way to, by a request that leads to it. There is
 * none to 000 to 003, which need a database that is away or busy; to 117, because servers
 * and firewalls refuse such methods before; to 111, 112 and 3xx, for responses and tokens
 * that are not made here; to 123 and 126, for what cannot be switched off; and to 104,
 * 109, 110, 113, 119 and 120, which PostgREST itself no longer answers.
 */
class ErrorCodesIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/web/representations.sql");

	static HostApplication host;

	@BeforeAll
	static void start() {
		host = HostApplication.start(database, HostSecurity.Own.class, "oriel.server-timing=true");
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			PGRST100 | 400 | GET    | projects?id=equals.1 | - | -
			PGRST100 | 400 | POST   | projects?columns=a.b | {} | -
			PGRST101 | 405 | PUT    | rpc/due | {} | -
			PGRST102 | 400 | POST   | projects | {"id": | -
			PGRST102 | 400 | POST   | projects | [{"id":1},{"name":"x"}] | -
			PGRST102 | 415 | POST   | projects | <id/> | Content-Type: text/xml
			PGRST103 | 416 | GET    | projects?limit=-1 | - | -
			PGRST103 | 416 | GET    | projects | - | Range: 5-2
			PGRST103 | 416 | GET    | projects?offset=99 | - | Prefer: count=exact
			PGRST105 | 405 | PUT    | projects?name=eq.x | {"id":1} | -
			PGRST106 | 406 | GET    | projects | - | Accept-Profile: nowhere
			PGRST107 | 406 | GET    | projects | - | Accept: image/png
			PGRST108 | 400 | GET    | projects?select=id&tasks.id=eq.1 | - | -
			PGRST114 | 400 | PUT    | projects?id=eq.1&limit=1 | {"id":1} | -
			PGRST115 | 400 | PUT    | projects?id=eq.1 | {"id":2} | -
			PGRST116 | 406 | GET    | projects | - | Accept: application/vnd.pgrst.object+json
			PGRST118 | 400 | GET    | projects?select=id,tasks!project_id(id)&order=tasks(id) | - | -
			PGRST121 | 500 | POST   | rpc/raise | {"message":"no JSON"} | -
			PGRST122 | 400 | GET    | projects | - | Prefer: handling=strict, foo
			PGRST124 | 400 | DELETE | projects?id=gt.0 | - | Prefer: handling=strict, max-affected=1
			PGRST125 | 404 | GET    | projects/11 | - | -
			PGRST128 | 400 | POST   | rpc/due | {"id":11} | Prefer: handling=strict, max-affected=1
			PGRST200 | 400 | GET    | projects?select=products(sku) | - | -
			PGRST201 | 300 | GET    | tasks?select=projects(id) | - | -
			PGRST202 | 404 | GET    | rpc/deu?id=11 | - | -
			PGRST203 | 300 | GET    | rpc/double?a=1 | - | -
			PGRST204 | 400 | POST   | projects?columns=nme | {} | -
			PGRST205 | 404 | GET    | project | - | -
			""")
	void everyCodeHasItsStatus(String code, int status, String method, String path, String body, String header) {
		HttpResponse<String> answer = send(method, path, (body != null) ? body : "", header);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		JsonNode problem = JsonMapper.shared().readTree(answer.body());
		assertThat(problem.propertyNames()).contains("code", "message", "details", "hint");
		assertThat(problem.path("code").asString()).isEqualTo(code);
		assertThat(answer.headers().firstValue("Proxy-Status")).contains("Oriel; error=\"" + code + "\"");
	}

	@ParameterizedTest
	@CsvSource({ "54000, GET, notes?tags=eq.%7B%7B%7B%7B%7B%7B%7Ba%7D%7D%7D%7D%7D%7D%7D, ''",
			"54000, POST, notes, {\"tags\":[[[[[[[\"a\"]]]]]]]}" })
	void whatExceedsALimitOfTheDatabaseIsRefused(String code, String method, String path, String body) {
		assertRefused(code, send(method, path, body, null));
	}

	@Test
	void moreColumnsThanTheDatabaseHasAreRefused() {
		assertRefused("54011", send("GET", "projects?select=id" + ",id".repeat(1_700), "", null));
	}

	private static void assertRefused(String code, HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
		assertThat(JsonMapper.shared().readTree(answer.body()).path("code").asString()).isEqualTo(code);
	}

	@Test
	void functionsCanDescribeTheirErrorsInFull() {
		String message = "{\"code\":\"123\",\"message\":\"Payment Required\",\"details\":\"Quota exceeded\"}";
		String detail = "{\"status\":402,\"headers\":{\"X-Powered-By\":\"Nerd Rage\",\"Set-Cookie\":\"a=b\","
				+ "\"X-Frame-Options\":\"ALLOWALL\",\"X-Split\":\"a\\r\\nb: c\"}}";
		HttpResponse<String> answer = raise(message, detail);
		assertThat(answer.statusCode()).isEqualTo(402);
		assertThat(answer.body()).isEqualTo(
				"{\"code\":\"123\",\"message\":\"Payment Required\",\"details\":\"Quota exceeded\",\"hint\":null}");
		assertThat(answer.headers().firstValue("X-Powered-By")).contains("Nerd Rage");
		assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
		assertThat(answer.headers().allValues("X-Frame-Options")).containsExactly("DENY");
		assertThat(answer.headers().firstValue("X-Split")).isEmpty();
		assertThat(raise(message, "{\"status\":1,\"headers\":{}}").body()).contains("PGRST121");
		assertThat(raise(message, "{\"status\":402}").body()).contains("PGRST121");
		assertThat(raise("{\"code\":1}", detail).body()).contains("PGRST121");
	}

	@Test
	void answersTellHowLongTheirPartsTook() {
		String metrics = "parse;dur=\\d+\\.\\d, plan;dur=\\d+\\.\\d, transaction;dur=\\d+\\.\\d, response;dur=\\d+\\.\\d";
		for (HttpResponse<String> answer : List.of(send("GET", "projects", "", null),
				send("POST", "rpc/due", "{\"id\":11}", null),
				send("PATCH", "projects?id=eq.11", "{\"name\":\"x\"}", "Prefer: tx=rollback"))) {
			String timing = answer.headers().firstValue("Server-Timing").orElse("");
			assertThat(timing).matches(metrics).doesNotContain("transaction;dur=0.0");
		}
	}

	private static HttpResponse<String> raise(String message, String detail) {
		return send("POST", "rpc/raise",
				JsonMapper.shared().writeValueAsString(Map.of("message", message, "detail", detail)), null);
	}

	private static HttpResponse<String> send(String method, String path, String body, String header) {
		List<String> headers = new ArrayList<>(List.of("Authorization", HostApplication.basic("admin")));
		if (header != null) {
			headers.addAll(List.of(header.split(": ", 2)));
		}
		if (!body.isEmpty() && !headers.contains("Content-Type")) {
			headers.addAll(List.of("Content-Type", "application/json"));
		}
		return host.send(method, "/admin/api/rest/" + path, body, headers.toArray(String[]::new));
	}

}
