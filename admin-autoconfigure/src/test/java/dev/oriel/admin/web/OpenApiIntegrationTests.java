package dev.oriel.admin.web;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.testing.PostgresDatabase;
import dev.oriel.admin.web.openapi.OpenApiValidator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how the description is served, and for whether it is true.
 */
class OpenApiIntegrationTests {

	private static final String ROOT = "/shop/back/api/rest";

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/schema/types.sql",
			"dev/oriel/admin/schema/names.sql", "dev/oriel/admin/data/functions.sql");

	static HostApplication host;

	@BeforeAll
	static void start() {
		database.execute("CREATE FUNCTION \"a;b%{c}/d\"(x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT x'; "
				+ "CREATE TABLE \"a;b%{c}/d\" (id int PRIMARY KEY)");
		host = HostApplication.start(database, HostSecurity.Own.class, "server.servlet.context-path=/shop",
				"oriel.path=/back", "spring.application.name=Films", "oriel.live.enabled=false",
				"server.servlet.session.cookie.name=FILMS");
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "application/openapi+json", "application/json", "*/*",
			"text/html,application/xhtml+xml,*/*;q=0.8" })
	void everyAcceptedTypeIsAnsweredWithTheDescription(String accept) {
		for (String path : List.of(ROOT, ROOT + "/")) {
			HttpResponse<String> answer = accept.isEmpty() ? get(path) : get(path, "Accept", accept);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().firstValue("Content-Type")).contains("application/openapi+json;charset=UTF-8");
			assertThat(json(answer).get("openapi").asString()).isEqualTo("3.1.0");
		}
	}

	@Test
	void otherTypesAndMethodsAreRefused() {
		HttpResponse<String> csv = get(ROOT + "/", "Accept", "text/csv");
		assertThat(csv.statusCode()).isEqualTo(406);
		assertThat(json(csv).get("code").asString()).isEqualTo("PGRST107");
		HttpResponse<String> profile = get(ROOT + "/", "Accept-Profile", "nowhere");
		assertThat(profile.statusCode()).isEqualTo(406);
		assertThat(json(profile).get("code").asString()).isEqualTo("PGRST106");
		assertThat(send("POST", ROOT + "/").statusCode()).isEqualTo(405);
		HttpResponse<String> options = send("OPTIONS", ROOT + "/");
		assertThat(options.statusCode()).isEqualTo(200);
		assertThat(options.headers().firstValue("Allow")).contains("OPTIONS,GET,HEAD");
		assertThat(host.send("GET", ROOT + "/", "X-Requested-With", "XMLHttpRequest").statusCode()).isEqualTo(401);
		assertThat(host.send("GET", ROOT + "/", "Authorization", HostApplication.basic("viewer")).statusCode())
			.isEqualTo(403);
	}

	@Test
	void unchangedDescriptionIsNotSentAgain() {
		HttpResponse<String> first = get(ROOT + "/");
		String tag = first.headers().firstValue("ETag").orElseThrow();
		HttpResponse<String> second = get(ROOT + "/", "If-None-Match", tag);
		assertThat(second.statusCode()).isEqualTo(304);
		assertThat(second.body()).isEmpty();
		HttpResponse<String> head = send("HEAD", ROOT + "/");
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(head.headers().firstValue("ETag")).contains(tag);
		assertThat(head.body()).isEmpty();
		assertThat(get(ROOT + "/").body()).isEqualTo(first.body());
		assertThat(get(ROOT + "/", "Accept-Profile", "other", "If-None-Match", tag).statusCode()).isEqualTo(200);
	}

	@Test
	void serverIsWhereTheClientSeesIt() {
		JsonNode document = json(get(ROOT));
		assertThat(document.at("/servers/0/url").asString()).isEqualTo("/shop/back/api/rest");
		assertThat(document.at("/info/title").asString()).isEqualTo("Films");
		assertThat(document.at("/components/securitySchemes/session/name").asString()).isEqualTo("FILMS");
		assertThat(json(get(ROOT, "X-Forwarded-Prefix", "/outer")).at("/servers/0/url").asString())
			.isEqualTo("/outer/shop/back/api/rest");
	}

	@Test
	void everyDescribedPathIsThere() {
		assertThat(get(ROOT + "/rpc/a~3b~b~25~%7Bc%7D~2f~d?x=7").body()).isEqualTo("7");
		JsonNode snapshot = json(
				host.send("GET", "/shop/back/api/schema", "Authorization", HostApplication.basic("admin")));
		int asked = 0;
		for (JsonNode schema : snapshot.get("schemas")) {
			JsonNode document = json(get(ROOT + "/", "Accept-Profile", schema.asString()));
			assertThat(new OpenApiValidator().problems(document)).isEmpty();
			for (String path : document.get("paths").propertyNames()) {
				HttpResponse<String> answer = host.send("OPTIONS", document.at("/servers/0/url").asString() + path,
						"Authorization", HostApplication.basic("admin"), "Accept-Profile", schema.asString());
				assertThat(answer.statusCode()).as(path).isEqualTo(200);
				assertThat(List.of(answer.headers().firstValue("Allow").orElse("").toLowerCase(Locale.ROOT).split(",")))
					.as(path)
					.containsAll(document.get("paths")
						.get(path)
						.propertyNames()
						.stream()
						.filter((name) -> !name.equals("description"))
						.toList());
				asked++;
			}
		}
		assertThat(asked).isGreaterThan(30);
	}

	@Test
	void rowsAreAsDescribed() {
		database.execute(
				"""
						INSERT INTO typed (small, big, exact, name, fixed, letter, bits, at, span, vector, place, feeling, feelings,
						  quoted, grid, cost, list_price, labels, period, home, homes, doc)
						VALUES (1, 9223372036854775807, 1.10, 'x', 'abc', 'q', '0101', '2024-02-29 12:00+01', '1 day', '1 2', '(1,2)',
						  'so-so', '{sad,NULL}', 'y,"z', '{1,2}', 5, 6, '{a,NULL}', '[2024-01-01,2024-02-01)', ROW('a', 1),
						  ARRAY[ROW('a', 1)::address], '{"a": [1]}');
						INSERT INTO typed (list_price) VALUES (1);
						INSERT INTO computed (net) VALUES (1.5)""");
		JsonNode document = json(get(ROOT));
		for (String relation : List.of("typed", "computed", "films")) {
			JsonNode rows = json(get(ROOT + "/" + relation));
			assertThat(rows).as(relation).isNotEmpty();
			rows.forEach((row) -> assertThat(OpenApiValidator.problems(document, relation, row)).as(row.toString())
				.isEmpty());
		}
		JsonNode wrong = JsonMapper.shared().readTree("{\"id\":\"1\",\"title\":2}");
		assertThat(OpenApiValidator.problems(document, "films", wrong)).hasSize(4);
	}

	@Test
	void impactIsAsDescribed() {
		JsonNode document = json(get(ROOT));
		HttpResponse<String> answer = host.send("POST", ROOT + "/computed", "{\"net\":7}",
				new String[] { "Authorization", HostApplication.basic("admin"), "Content-Type", "application/json",
						"Prefer", "tx=rollback, impact, return=representation" });
		JsonNode impact = json(answer);
		assertThat(impact.at("/impact/0/insert").asInt()).as(answer.body()).isOne();
		assertThat(impact.at("/rows/0/net").asInt()).isEqualTo(7);
		assertThat(OpenApiValidator.problems(document, "rest-impact", impact)).isEmpty();
		assertThat(OpenApiValidator.problems(document, "rest-impact", JsonMapper.shared().readTree("{\"rows\":[]}")))
			.isNotEmpty();
	}

	@Test
	void problemsAreAsDescribed() {
		JsonNode document = json(get(ROOT));
		for (String path : List.of("/none", "/films?x=eq.1", "/films?id=eq.x", "/rpc/torn?a=1")) {
			JsonNode problem = json(get(ROOT + path));
			assertThat(OpenApiValidator.problems(document, "rest-problem", problem)).as(problem.toString()).isEmpty();
		}
	}

	private static HttpResponse<String> get(String path, String... headers) {
		return send("GET", path, headers);
	}

	private static HttpResponse<String> send(String method, String path, String... headers) {
		List<String> all = new ArrayList<>(List.of("Authorization", HostApplication.basic("admin")));
		all.addAll(List.of(headers));
		return host.send(method, path, all.toArray(String[]::new));
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JsonMapper.shared().readTree(answer.body());
	}

}
