package dev.oriel.admin.web;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for calls of functions, by the examples of PostgREST's documentation.
 */
class RpcIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/functions.sql");

	static HostApplication host;

	@BeforeAll
	static void start() {
		host = HostApplication.start(database, HostSecurity.Own.class, "oriel.statement-timeout=2s");
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@Test
	void argumentsComeByBodyOrQueryString() {
		assertThat(post("add_them", "{ \"a\": 1, \"b\": 2 }").body()).isEqualTo("3");
		assertThat(get("add_them?a=1&b=2").body()).isEqualTo("3");
		assertThat(get("add_them?a=1&b=x").statusCode()).isEqualTo(400);
	}

	@Test
	void onlyNamelessArgumentTakesTheWholeBody() {
		assertThat(post("mult_them", "{ \"x\": 4, \"y\": 2 }").body()).isEqualTo("8");
		assertThat(send("POST", "shout", "loud, \"ä\"", "Content-Type", "text/plain").body())
			.isEqualTo("\"LOUD, \\\"Ä\\\"\"");
		assertThat(send("POST", "upload_binary", "ab", "Content-Type", "application/octet-stream").statusCode())
			.isEqualTo(204);
		assertThat(database.jdbc().sql("SELECT blob = 'ab'::bytea FROM files").query(Boolean.class).single()).isTrue();
		assertThat(send("POST", "add_them", "ab", "Content-Type", "text/plain").statusCode()).isEqualTo(404);
	}

	@Test
	void arraysAndVariadicArguments() {
		assertThat(post("plus_one", "{\"arr\": [1,2,3,4]}").body()).isEqualTo("[2,3,4,5]");
		assertThat(get("plus_one?arr=%7B1,2,3,4%7D").body()).isEqualTo("[2,3,4,5]");
		assertThat(post("plus_two", "{\"v\": [1,2,3]}").body()).isEqualTo("[3,4,5]");
		assertThat(get("plus_two?v=1&v=2&v=3").body()).isEqualTo("[3,4,5]");
		assertThat(get("plus_two?v=1").body()).isEqualTo("[3]");
	}

	@Test
	void rowsTakeTheWholeLanguage() {
		assertThat(get("best_films?select=title&rating=gt.7.5&order=title.desc").body())
			.isEqualTo("[{\"title\":\"Call me by your name\"},{\"title\":\"Blade Runner 2049\"}]");
		HttpResponse<String> page = send("GET", "best_films?select=id&limit=1&offset=1", "", "Prefer", "count=exact");
		assertThat(page.body()).isEqualTo("[{\"id\":2}]");
		assertThat(page.headers().firstValue("Content-Range")).contains("1-1/3");
		assertThat(page.statusCode()).isEqualTo(206);
		assertThat(get("best_films?select=rating.max()").body()).isEqualTo("[{\"max\":8.1}]");
		assertThat(get("best_films?nme=eq.x").body()).contains("42703");
		assertThat(
				send("GET", "best_films?select=id&id=eq.1", "", "Accept", "application/vnd.pgrst.object+json").body())
			.isEqualTo("{\"id\":1}");
		assertThat(send("GET", "best_films?select=id", "", "Accept", "application/vnd.pgrst.object+json").statusCode())
			.isEqualTo(406);
		assertThat(post("best_films?select=id&limit=1", "").body()).isEqualTo("[{\"id\":3}]");
	}

	@Test
	void resultsHaveTheShapeOfTheFunction() {
		assertThat(get("film?id=1&select=id,title").body()).isEqualTo("{\"id\":1,\"title\":\"Okja\"}");
		assertThat(get("titles?limit=2").body()).isEqualTo("[\"Okja\",\"Call me by your name\"]");
		assertThat(get("ratings?lowest=8&select=stars").body()).isEqualTo("[{\"stars\":8.0},{\"stars\":8.1}]");
		assertThat(get("ratings?select=title&limit=1").body()).isEqualTo("[{\"title\":\"Okja\"}]");
		assertThat(get("only_column").body()).isEqualTo("[{\"one\":1}]");
		assertThat(get("halves?num=8").body()).isEqualTo("{\"half\":4}");
		assertThat(get("both_ways?num=2").body()).isEqualTo("{\"num\":2,\"twice\":4}");
		assertThat(get("nothing").body()).isEqualTo("null");
		assertThat(get("untyped").body()).contains("{\"id\":1,\"title\":\"Okja\"}");
		assertThat(get("untyped?id=eq.1").statusCode()).isEqualTo(400);
	}

	@Test
	void valuesStayAsTheyWereWritten() {
		assertThat(post("echo", "{\"v\": 123456789012345678901234567890.10, \"j\": {\"n\": 0.30000000000000000001}}")
			.body()).isEqualTo("\"123456789012345678901234567890.10 {\\\"n\\\": 0.30000000000000000001}\"");
	}

	@Test
	void onlyPostMayChangeSomething() {
		HttpResponse<String> refused = get("write_log?note=x");
		assertThat(refused.statusCode()).isEqualTo(405);
		assertThat(json(refused).path("code").asString()).isEqualTo("25006");
		assertThat(logged("x")).isZero();
		HttpResponse<String> done = post("write_log", "{\"note\": \"x\"}");
		assertThat(done.statusCode()).isEqualTo(204);
		assertThat(done.body()).isEmpty();
		assertThat(logged("x")).isOne();
	}

	@Test
	void countingCallsOnlyOnce() {
		HttpResponse<String> answer = send("POST", "write_logs?limit=2", "{\"n\": 3}", "Prefer", "count=exact");
		assertThat(answer.headers().firstValue("Content-Range")).contains("0-1/3");
		assertThat(logged("n1")).isOne();
		assertThat(send("POST", "write_logs", "{\"n\": 3}", "Prefer", "max-affected=2").statusCode()).isEqualTo(400);
		assertThat(send("POST", "write_logs", "{\"n\": 3}", "Prefer", "tx=rollback").statusCode()).isEqualTo(200);
		assertThat(send("POST", "write_logs", "{\"n\": 3}", "Accept", "application/vnd.pgrst.object+json").statusCode())
			.isEqualTo(406);
		assertThat(logged("n1")).isOne();
	}

	@Test
	void argumentNamesDecideBetweenOverloads() {
		assertThat(get("rental_duration?customer_id=232").body()).isEqualTo("1");
		assertThat(get("rental_duration?customer_id=232&from_date=2018-07-01").body()).isEqualTo("2");
		HttpResponse<String> torn = get("torn?a=1");
		assertThat(torn.statusCode()).isEqualTo(300);
		assertThat(json(torn).path("code").asString()).isEqualTo("PGRST203");
		assertThat(json(torn).path("message").asString())
			.isEqualTo("Could not choose the best candidate function between: public.torn(a => integer), "
					+ "public.torn(a => text)");
	}

	@Test
	void unknownFunctionsAreToldWithTheNearest() {
		HttpResponse<String> unknown = get("ad_them?a=1&b=2");
		assertThat(unknown.statusCode()).isEqualTo(404);
		assertThat(json(unknown).path("code").asString()).isEqualTo("PGRST202");
		assertThat(json(unknown).path("message").asString())
			.isEqualTo("Could not find the function public.ad_them(a, b) in the schema cache");
		assertThat(json(unknown).path("details").asString())
			.isEqualTo("Searched for the function public.ad_them with parameters a, b, "
					+ "but no matches were found in the schema cache.");
		assertThat(json(unknown).path("hint").asString())
			.isEqualTo("Perhaps you meant to call the function public.add_them");
		assertThat(json(get("add_them?a=1&c=2")).path("hint").asString())
			.isEqualTo("Perhaps you meant to call the function public.add_them(a, b)");
		assertThat(json(post("add_them", "{}")).path("details").asString())
			.isEqualTo("Searched for the function public.add_them without parameters "
					+ "or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache.");
		for (String uncallable : List.of("touch", "any_of", "now", "pg_sleep")) {
			assertThat(post(uncallable, "{}").statusCode()).as(uncallable).isEqualTo(404);
		}
	}

	@Test
	void functionsChooseTheStatusOfTheirErrors() {
		HttpResponse<String> refused = post("refuse", "{}");
		assertThat(refused.statusCode()).isEqualTo(402);
		assertThat(json(refused).path("message").asString()).isEqualTo("Payment Required");
		assertThat(json(refused).path("details").asString()).isEqualTo("Quota exceeded");
		assertThat(json(refused).path("hint").asString()).isEqualTo("Upgrade your plan");
		assertThat(post("sleepy", "{}").statusCode()).isEqualTo(504);
	}

	@Test
	void namesAreNeverPartOfTheStatement() {
		String name = URLEncoder.encode("o'dd \"näme\" --?", StandardCharsets.UTF_8).replace("+", "%20");
		String argument = "?\"x'; --";
		assertThat(post(name, "{\"?\\\"x'; --\": 41}").body()).isEqualTo("42");
		assertThat(get(name + "?" + URLEncoder.encode(argument, StandardCharsets.UTF_8) + "=1&a=1").body())
			.isEqualTo("2");
		assertThat(post("add_them", "{\"a\": 1, \"b) ; DROP TABLE log; --\": 2}").statusCode()).isEqualTo(404);
	}

	@Test
	void optionsOfARelationTellWhatTheCallerMayDo() {
		HttpResponse<String> films = host.send("OPTIONS", "/admin/api/rest/films", "Authorization",
				HostApplication.basic("admin"));
		assertThat(films.headers().firstValue("Allow")).contains("OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE");
	}

	@Test
	void malformedBodiesAreRefused() {
		assertThat(post("add_them", "{\"a\": 1, ").statusCode()).isEqualTo(400);
		assertThat(post("add_them", "{\"a\": 1, \"a\": 2}").statusCode()).isEqualTo(400);
		assertThat(post("add_them", "[1]").statusCode()).isEqualTo(404);
		assertThat(post("mult_them", "[").statusCode()).isEqualTo(400);
		assertThat(post("add_them", "{\"a\": \"x\", \"b\": 1}").statusCode()).isEqualTo(400);
	}

	@Test
	void optionsTellWhatMayBeDone() {
		assertThat(send("OPTIONS", "add_them", "").headers().firstValue("Allow")).contains("OPTIONS,GET,HEAD,POST");
		assertThat(send("OPTIONS", "write_log", "").headers().firstValue("Allow")).contains("OPTIONS,POST");
		assertThat(send("PATCH", "add_them", "{}").statusCode()).isEqualTo(405);
	}

	private static long logged(String note) {
		return database.jdbc().sql("SELECT count(*) FROM log WHERE note = ?").param(note).query(Long.class).single();
	}

	private static HttpResponse<String> get(String call) {
		return send("GET", call, "");
	}

	private static HttpResponse<String> post(String call, String body) {
		return send("POST", call, body, "Content-Type", "application/json");
	}

	private static HttpResponse<String> send(String method, String call, String body, String... headers) {
		List<String> all = new ArrayList<>(List.of("Authorization", HostApplication.basic("admin")));
		all.addAll(List.of(headers));
		return host.send(method, "/admin/api/rest/rpc/" + call, body, all.toArray(String[]::new));
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JsonMapper.shared().readTree(answer.body());
	}

}
