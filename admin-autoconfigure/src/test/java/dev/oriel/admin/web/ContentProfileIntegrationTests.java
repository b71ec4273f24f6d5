package dev.oriel.admin.web;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ContentProfile}.
 */
class ContentProfileIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	static HostApplication host;

	@BeforeAll
	static void start() {
		database.execute("""
				CREATE SCHEMA v2;
				CREATE SCHEMA "jé";
				CREATE TABLE parent (id integer PRIMARY KEY, name text);
				CREATE TABLE v2.parent (id integer PRIMARY KEY, name text);
				CREATE TABLE "jé".parent (id integer PRIMARY KEY, name text);
				INSERT INTO v2.parent VALUES (3, 'parent v2-3');
				CREATE FUNCTION v2.parents() RETURNS SETOF v2.parent LANGUAGE sql STABLE AS 'SELECT * FROM v2.parent';
				CREATE FUNCTION v2.nothing() RETURNS void LANGUAGE sql AS ''
				""");
		host = HostApplication.start(database, HostSecurity.Own.class, "oriel.plan-enabled=true");
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@ParameterizedTest
	@CsvSource({ "GET, parent, application/json", "HEAD, parent, application/json", "GET, parent, text/csv",
			"GET, parent?id=eq.3, application/vnd.pgrst.object+json", "GET, parent, application/vnd.pgrst.plan",
			"GET, rpc/parents, application/json", "GET, rpc/parents, application/vnd.pgrst.plan",
			"GET, '', application/openapi+json", "HEAD, '', application/openapi+json" })
	void readsTellTheSchema(String method, String path, String accept) {
		assertThat(profile(send(method, path, "", "Accept", accept, "Accept-Profile", "v2"))).isEqualTo("v2");
	}

	@Test
	void defaultSchemaIsToldToo() {
		assertThat(profile(send("GET", "parent", ""))).isEqualTo("public");
		assertThat(profile(send("GET", "", ""))).isEqualTo("public");
	}

	@ParameterizedTest
	@CsvSource({ "POST, parent, '{\"id\": 4}'", "PUT, parent?id=eq.5, '{\"id\": 5, \"name\": \"a\"}'",
			"PATCH, parent?id=eq.3, '{\"name\": \"b\"}'", "DELETE, parent?id=eq.3, ''", "POST, rpc/parents, '{}'" })
	void writesTellTheSchemaOfTheRowsTheyReturn(String method, String path, String body) {
		HttpResponse<String> answer = send(method, path, body, "Content-Profile", "v2", "Prefer",
				"return=representation,tx=rollback");
		assertThat(profile(answer)).as(answer.body()).isEqualTo("v2");
	}

	@Test
	void answersWithoutContentAndProblemsTellNone() {
		assertThat(profile(send("PATCH", "parent?id=eq.3", "{\"name\": \"b\"}", "Content-Profile", "v2"))).isNull();
		assertThat(profile(send("POST", "rpc/nothing", "{}", "Content-Profile", "v2"))).isNull();
		assertThat(profile(send("GET", "missing", "", "Accept-Profile", "v2"))).isNull();
	}

	@Test
	void relationOfAnotherSchemaIsFoundByTheHint() {
		database.execute("CREATE TABLE IF NOT EXISTS v2.elsewhere (id integer PRIMARY KEY)");
		await().atMost(Duration.ofSeconds(30))
			.until(() -> send("GET", "elsewhere", "", "Accept-Profile", "v2").statusCode() == 200);
		assertThat(send("GET", "elsewhere", "").body()).contains("PGRST205", "'v2.elsewhere'", "'Accept-Profile'");
		assertThat(send("POST", "elsewhere", "{\"id\": 1}").body()).contains("PGRST205", "'Content-Profile'");
	}

	@Test
	void nameThatNoHeaderHoldsIsToldAsItMayBeAskedFor() {
		String profile = profile(send("GET", "parent", "", "Accept-Profile", "j~e9~"));
		assertThat(profile).isEqualTo("j~e9~");
	}

	@Test
	void schemaWithoutAChoiceIsNotTold() {
		try (HostApplication single = HostApplication.start(database, HostSecurity.Own.class, "oriel.schemas=v2")) {
			assertThat(profile(
					single.send("GET", "/admin/api/rest/parent", "Authorization", HostApplication.basic("admin"))))
				.isNull();
		}
	}

	private static String profile(HttpResponse<String> answer) {
		return answer.headers().firstValue("Content-Profile").orElse(null);
	}

	private static HttpResponse<String> send(String method, String path, String body, String... headers) {
		List<String> all = new ArrayList<>(List.of(headers));
		all.addAll(List.of("Authorization", HostApplication.basic("admin"), "Content-Type", "application/json"));
		return host.send(method, "/admin/api/rest/" + path, body, all.toArray(String[]::new));
	}

}
