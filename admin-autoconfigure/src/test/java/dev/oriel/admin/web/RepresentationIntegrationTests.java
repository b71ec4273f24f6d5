package dev.oriel.admin.web;

import java.net.URI;
import java.net.http.HttpResponse;
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
 * Tests for what answers look like, by the examples of PostgREST's documentation.
 */
class RepresentationIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/web/representations.sql");

	static HostApplication host;

	@BeforeAll
	static void start() {
		host = HostApplication.start(database, HostSecurity.Own.class, "oriel.statement-timeout=5s",
				"oriel.plan-enabled=true");
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@Test
	void theMostWantedTypeIsAnswered() {
		assertThat(type(get("projects?id=eq.11"))).isEqualTo("application/json;charset=UTF-8");
		assertThat(type(get("projects?id=eq.11", "Accept", "text/html, application/*;q=0.9")))
			.isEqualTo("application/json;charset=UTF-8");
		assertThat(type(get("projects?id=eq.11", "Accept", "application/json;q=0.1, application/vnd.pgrst.object")))
			.isEqualTo("application/vnd.pgrst.object+json;charset=UTF-8");
	}

	@Test
	void nothingAcceptableIsRefused() {
		HttpResponse<String> refused = get("projects", "Accept", "unknown/unknown, image/png;q=0.5");
		assertThat(refused.statusCode()).isEqualTo(406);
		assertThat(json(refused).path("code").asString()).isEqualTo("PGRST107");
		assertThat(json(refused).path("message").asString())
			.isEqualTo("None of these media types are available: unknown/unknown, image/png;q=0.5");
		assertThat(get("projects", "Accept", "application/json;q=0").statusCode()).isEqualTo(406);
		assertThat(get("projects", "Accept", "no media type").statusCode()).isEqualTo(406);
	}

	@Test
	void timeZonesAreThoseOfTheServer() {
		HttpResponse<String> tokyo = get("projects?select=due&id=eq.11", "Prefer", "timezone=Asia/Tokyo");
		assertThat(tokyo.body()).isEqualTo("[{\"due\":\"2024-03-01T21:00:00+09:00\"}]");
		assertThat(applied(tokyo)).isEqualTo("timezone=Asia/Tokyo");
		HttpResponse<String> jupiter = get("projects?select=due&id=eq.11", "Prefer", "timezone=Jupiter/Red_Spot");
		assertThat(jupiter.body()).isEqualTo("[{\"due\":\"2024-03-01T12:00:00+00:00\"}]");
		assertThat(applied(jupiter)).isEmpty();
		HttpResponse<String> strict = get("projects", "Prefer", "handling=strict, timezone=Jupiter/Red_Spot");
		assertThat(strict.statusCode()).isEqualTo(400);
		assertThat(json(strict).path("details").asString()).isEqualTo("Invalid preferences: timezone=Jupiter/Red_Spot");
	}

	@Test
	void timeZonesHoldForWritesAndCalls() {
		HttpResponse<String> written = send("PATCH", "projects?id=eq.12&select=due", "{\"due\":\"2024-03-01 12:00\"}",
				"Prefer", "return=representation, tx=rollback, timezone=America/New_York");
		assertThat(written.body()).isEqualTo("[{\"due\":\"2024-03-01T12:00:00-05:00\"}]");
		assertThat(applied(written)).isEqualTo("return=representation, tx=rollback, timezone=America/New_York");
		assertThat(get("rpc/due?id=11", "Prefer", "timezone=America/New_York").body())
			.isEqualTo("\"2024-03-01T07:00:00-05:00\"");
		assertThat(send("POST", "rpc/due", "{\"id\":11}", "Prefer", "timezone=Asia/Tokyo").body())
			.isEqualTo("\"2024-03-01T21:00:00+09:00\"");
	}

	@Test
	void readsTellThePreferencesOfReads() {
		HttpResponse<String> answer = get("projects?limit=1", "Prefer",
				"return=representation, count=exact, handling=lenient, max-affected=3, foo");
		assertThat(applied(answer)).isEqualTo("count=exact, handling=lenient");
		assertThat(answer.headers().firstValue("Content-Range")).contains("0-0/3");
		assertThat(answer.statusCode()).isEqualTo(206);
	}

	@Test
	void writesTellHowManyRowsThereWere() {
		HttpResponse<String> updated = send("PATCH", "projects?id=lt.13", "{\"name\":\"x\"}", "Prefer",
				"count=exact, tx=rollback");
		assertThat(updated.headers().firstValue("Content-Range")).contains("0-1/2");
		assertThat(updated.statusCode()).isEqualTo(204);
		HttpResponse<String> none = send("PATCH", "projects?id=eq.0", "{\"name\":\"x\"}");
		assertThat(none.headers().firstValue("Content-Range")).contains("*/*");
		HttpResponse<String> deleted = send("DELETE", "projects?id=lt.13", "", "Prefer", "count=exact, tx=rollback");
		assertThat(deleted.headers().firstValue("Content-Range")).contains("*/2");
		HttpResponse<String> inserted = send("POST", "projects", "[{\"id\":1},{\"id\":2}]", "Prefer",
				"count=exact, tx=rollback");
		assertThat(inserted.headers().firstValue("Content-Range")).contains("*/2");
	}

	@Test
	void oneRowHasItsPlaceInTheAnswer() {
		HttpResponse<String> inserted = send("POST", "projects", "{\"id\":77}", "Prefer",
				"return=headers-only, tx=rollback");
		assertThat(inserted.statusCode()).isEqualTo(201);
		assertThat(inserted.headers().firstValue("Location")).contains("projects?id=eq.77");
		assertThat(inserted.body()).isEmpty();
		HttpResponse<String> several = send("POST", "projects", "[{\"id\":77},{\"id\":78}]", "Prefer",
				"return=headers-only, tx=rollback");
		assertThat(several.headers().firstValue("Location")).isEmpty();
	}

	@Test
	void thePlaceOfARowLeadsToIt() {
		assertFollowed("tasks", "{\"id\":77}");
		assertFollowed("odd%3A%20keys", "{\"order\":1,\"a.b\":\"x,&y\",\"q\":\"5\"}");
	}

	private static void assertFollowed(String relation, String row) {
		HttpResponse<String> inserted = send("POST", relation, row, "Prefer", "return=headers-only");
		assertThat(inserted.statusCode()).isEqualTo(201);
		URI place = inserted.uri().resolve(inserted.headers().firstValue("Location").orElseThrow());
		assertThat(place.getRawPath()).isEqualTo(inserted.uri().getRawPath());
		HttpResponse<String> found = get(relation + "?" + place.getRawQuery(), "Accept",
				"application/vnd.pgrst.object+json;nulls=stripped");
		assertThat(found.body()).isEqualTo(row);
	}

	@Test
	void nullsCanBeLeftOut() {
		HttpResponse<String> rows = get("projects?select=id,name,client_id,details&order=id&limit=2", "Accept",
				"application/vnd.pgrst.array+json;nulls=stripped");
		assertThat(type(rows)).isEqualTo("application/vnd.pgrst.array+json;nulls=stripped;charset=UTF-8");
		assertThat(rows.body()).isEqualTo("[{\"id\":11,\"name\":\"OSX\",\"client_id\":1,\"details\":{\"b\":1}},"
				+ "{\"id\":12,\"name\":\"Project \\\"X\\\", the first\"}]");
		HttpResponse<String> row = get("projects?select=id,due&id=eq.13", "Accept",
				"application/vnd.pgrst.object+json; nulls=stripped");
		assertThat(row.body()).isEqualTo("{\"id\":13}");
		assertThat(type(row)).isEqualTo("application/vnd.pgrst.object+json;nulls=stripped;charset=UTF-8");
		HttpResponse<String> written = send("PATCH", "projects?id=eq.13&select=id,name", "{\"name\":null}", "Prefer",
				"return=representation, tx=rollback", "Accept", "application/vnd.pgrst.array+json;nulls=stripped");
		assertThat(written.body()).isEqualTo("[{\"id\":13}]");
		assertThat(get("rpc/project?id=13", "Accept", "application/vnd.pgrst.array+json;nulls=stripped").body())
			.isEqualTo("{\"id\":13,\"name\":\"Y\"}");
	}

	@Test
	void rowsCanBeCommaSeparated() {
		HttpResponse<String> rows = get("projects?select=id,name,label:details,due&order=id", "Accept", "text/csv");
		assertThat(type(rows)).isEqualTo("text/csv;charset=UTF-8");
		assertThat(rows.body())
			.isEqualTo("id,name,label,due\n" + "11,OSX,\"{\"\"a\"\": null, \"\"b\"\": 1}\",2024-03-01 12:00:00+00\n"
					+ "12,\"Project \"\"X\"\", the first\",,\n13,Y,,");
		assertThat(get("projects?select=id,name&id=eq.0", "Accept", "text/csv").body()).isEqualTo("id,name");
		assertThat(get("projects?select=id&id=lt.13", "Accept", "text/csv", "Prefer", "count=exact").headers()
			.firstValue("Content-Range")).contains("0-1/2");
		assertThat(send("POST", "projects?select=id,name", "[{\"id\":90,\"name\":\"\"},{\"id\":91,\"name\":null}]",
				"Prefer", "return=representation, tx=rollback", "Accept", "text/csv")
			.body()).isEqualTo("id,name\n90,\"\"\n91,");
		assertThat(get("rpc/project?id=12", "Accept", "text/csv").body())
			.isEqualTo("id,name,client_id,details,due\n12,\"Project \"\"X\"\", the first\",,,");
		assertThat(get("rpc/words?limit=2", "Accept", "text/csv").body())
			.isEqualTo("words\n\"a \"\"b\"\", \\c\"\n\"line\nbreak\"");
	}

	@Test
	void withoutPostGisThereIsNoGeoJson() {
		assertThat(get("projects", "Accept", "application/geo+json").statusCode()).isEqualTo(406);
		assertThat(type(get("projects", "Accept", "application/geo+json, application/json;q=0.5")))
			.startsWith("application/json");
	}

	@Test
	void plansAreTextOrJson() {
		HttpResponse<String> text = get("projects?id=eq.11", "Accept", "application/vnd.pgrst.plan");
		assertThat(type(text)).isEqualTo("application/vnd.pgrst.plan+text;for=\"application/json\";charset=UTF-8");
		assertThat(text.body()).contains("Scan", "cost=").doesNotContain("SELECT", "actual time");
		HttpResponse<String> analyzed = get("projects?id=eq.11", "Accept",
				"application/vnd.pgrst.plan+json; for=\"application/vnd.pgrst.object+json\"; options=analyze|buffers|wal|x;");
		assertThat(type(analyzed)).isEqualTo("application/vnd.pgrst.plan+json;"
				+ "for=\"application/vnd.pgrst.object+json\";options=analyze|buffers|wal;charset=UTF-8");
		assertThat(json(analyzed).path(0).path("Plan").path("Actual Rows").isNumber()).isTrue();
		assertThat(get("projects", "Accept", "application/vnd.pgrst.plan;options=wal").statusCode()).isEqualTo(400);
		assertThat(get("projects", "Accept", "application/vnd.pgrst.plan;for=\"image/png\"").statusCode())
			.isEqualTo(406);
	}

	@Test
	void plansOfWritesAndCallsKeepNothing() {
		String plan = "application/vnd.pgrst.plan+text;options=analyze";
		assertThat(send("POST", "projects", "{\"id\":99}", "Accept", plan).body()).contains("Insert", "actual time");
		assertThat(send("PUT", "projects?id=eq.99", "{\"id\":99}", "Accept", plan).body()).contains("Insert");
		assertThat(send("PATCH", "projects?id=eq.11", "{\"name\":\"z\"}", "Accept", plan).body()).contains("Update");
		assertThat(send("DELETE", "projects?id=eq.11", "", "Accept", plan).body()).contains("Delete");
		assertThat(send("POST", "rpc/due", "{\"id\":11}", "Accept", plan).body()).contains("actual time");
		assertThat(send("POST", "rpc/rename", "{\"id\":11}", "Accept", plan).body()).contains("actual time");
		assertThat(get("projects?select=id,name&order=id").body()).isEqualTo(
				"[{\"id\":11,\"name\":\"OSX\"},{\"id\":12,\"name\":\"Project \\\"X\\\", the first\"},{\"id\":13,\"name\":\"Y\"}]");
	}

	private static HttpResponse<String> get(String path, String... headers) {
		return send("GET", path, "", headers);
	}

	private static HttpResponse<String> send(String method, String path, String body, String... headers) {
		List<String> all = new ArrayList<>(List.of("Authorization", HostApplication.basic("admin")));
		all.addAll(List.of(headers));
		if (!body.isEmpty() && !all.contains("Content-Type")) {
			all.addAll(List.of("Content-Type", "application/json"));
		}
		return host.send(method, "/admin/api/rest/" + path, body, all.toArray(String[]::new));
	}

	private static String type(HttpResponse<String> answer) {
		return answer.headers().firstValue("Content-Type").orElse("");
	}

	private static String applied(HttpResponse<String> answer) {
		return answer.headers().firstValue("Preference-Applied").orElse("");
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JsonMapper.shared().readTree(answer.body());
	}

}
