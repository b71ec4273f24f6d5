package dev.oriel.admin.web;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no query string, header or body makes the server fail: it answers, or says
 * in JSON what is wrong with the request, and never shows a statement.
 */
class HostileRequestsIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/shop.sql");

	/** Understood, but not supported yet. */
	private static final int NOT_IMPLEMENTED = 501;

	private static final List<String> METHODS = List.of("GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "PATCH", "PUT",
			"DELETE");

	private static final List<String> PATHS = List.of("item", "item", "company", "item_view", "measurement", "many",
			"nothing", "rpc/touch", "rpc/nothing", "");

	private static final List<String> TOKENS = List.of("select=", "select=\"\":", "select=\"\0\":", "order=", "limit=",
			"offset=", "and=", "or=", "q=", "columns=", "on_conflict=", "id=", "name=", "price=", "mood=", "day=",
			"company_id=", "company.", "not.", "id", "name", "mood", "day", "doubled", "company", "item", "*", "eq.",
			"in.", "is.", "like.", "ilike(any).", "match.", "fts(english).", "wfts.", "cs.", "ov.", "sl.", "within.",
			"within(UTC).", "last 7 days", "null", "empty", "sum()", "count()", "::", "text", "int4", "regclass",
			"!inner", "!left", "->", "->>", "...", "asc", "desc", ".nullsfirst", "1", "0", "-1", "9223372036854775808",
			"1e999", "NaN", "2024-01-01", "infinity", "(", ")", "{", "}", "[", "]", "\"", "'", "\\", ",", ".", ":", "!",
			"%", "&", "&", "=", "+", " ", "\t", "\n", "\0", "é", "\uD83D\uDE00", "\u202E", ";", "--", "/*", "$$", "?",
			"'; DROP TABLE item; --", "\" OR 1=1");

	private static final List<String> HEADERS = List.of("Prefer", "Range", "Range-Unit", "Accept", "Accept-Profile",
			"Content-Profile", "If-Match", "If-None-Match", "Content-Type", "Accept-Encoding", "Accept-Language");

	private static final List<String> HEADER_PARTS = List.of("return=", "representation", "minimal", "count=", "exact",
			"planned", "estimated", "handling=", "strict", "lenient", "max-affected=", "tx=", "rollback", "row-version",
			"timezone=", "Europe/Berlin", "Mars/Olympus", "resolution=", "merge-duplicates", "missing=", "default",
			"page=", "keyset", "0", "9", "-", "99999999999999999999", "items", "bytes", "=", ",", ";", " ", "\"",
			"W/\"", "*", "*/*", "/", "text/csv", "application/json", "application/vnd.pgrst.object+json",
			"application/geo+json", "nulls=stripped", "q=0.", "charset=", "utf-7", "public", "nothing", "pg_catalog",
			"'", "\\", "%00", "{}");

	private static final List<String> BODIES = List.of("{}", "[]", "", "null", "1", "\"a\"", "[null]", "[[]]", "[{}]",
			"{\"name\":\"x\"}", "[{\"name\":\"x\"},{\"note\":\"y\"}]", "{\"name\":null}", "{\"name\":{\"a\":1}}",
			"{\"id\":\"x\"}", "{\"price\":1e999}", "{\"price\":\"NaN\"}", "{\"day\":\"tomorrow's\"}",
			"{\"name\":\"\\u0000\"}", "{\"name\":\"\\ud800\"}", "{\"mood\":\"angry\"}", "{\"doubled\":1}",
			"{\"nothing\":1}", "{\"\":1}", "{\"name\":1,\"name\":2}", "{", "}", "[{]", "{\"a\":}", "\u0000", "<a/>",
			"name,note\nx,y", "{\"name\":\"" + "x".repeat(5_000) + "\"}", "[".repeat(2_000), "{\"a\":".repeat(2_000));

	private static final JsonMapper JSON = new JsonMapper();

	private static HostApplication host;

	@BeforeAll
	static void start() {
		host = HostApplication.start(database, HostSecurity.Own.class, "oriel.max-rows=50",
				"oriel.statement-timeout=30s");
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4 })
	void everyRequestIsAnsweredOrRefused(int seed) {
		Random random = new Random(seed);
		int accepted = 0;
		int refused = 0;
		for (int i = 0; i < 250; i++) {
			String method = one(METHODS, random);
			String path = "/admin/api/rest/" + one(PATHS, random) + "?"
					+ encode(text(TOKENS, 1 + random.nextInt(9), random));
			List<String> headers = new ArrayList<>(
					List.of("Authorization", HostApplication.basic("admin"), "X-Requested-With", "XMLHttpRequest"));
			for (int count = random.nextInt(3); count > 0; count--) {
				headers.addAll(List.of(one(HEADERS, random), text(HEADER_PARTS, 1 + random.nextInt(4), random)));
			}
			boolean writes = Set.of("POST", "PATCH", "PUT").contains(method);
			String body = writes ? one(BODIES, random) : "";
			if (writes && !headers.contains("Content-Type")) {
				headers.addAll(List.of("Content-Type", "application/json"));
			}
			HttpResponse<String> answer = host.send(method, path, body, headers.toArray(String[]::new));
			check(answer, method + " " + path + " " + headers.subList(4, headers.size()) + " " + body);
			accepted += (answer.statusCode() < 300) ? 1 : 0;
			refused += (answer.statusCode() >= 400) ? 1 : 0;
		}
		assertThat(accepted).isGreaterThan(10);
		assertThat(refused).isGreaterThan(50);
	}

	private static void check(HttpResponse<String> answer, String request) {
		int status = answer.statusCode();
		assertThat(status).as("%s%n%s", request, answer.body())
			.matches((code) -> (code >= 200 && code < 500) || code == NOT_IMPLEMENTED);
		assertThat(answer.body()).as(request)
			.doesNotContain("row_to_json", "CAST(", " FROM ", "\tat ", "org.postgresql", "java.lang", "dev.oriel");
		if (status >= 400 && !answer.body().isEmpty()) {
			assertThat(answer.headers().firstValue("Content-Type").orElse("")).as(request).contains("application/json");
			JsonNode problem = JSON.readTree(answer.body());
			assertThat(problem.path("code").asString("")).as(request).isNotBlank();
			assertThat(problem.path("message").asString("")).as(request).isNotBlank();
			assertThat(problem.propertyNames()).as(request).contains("details", "hint");
		}
	}

	private static String text(List<String> parts, int count, Random random) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < count; i++) {
			text.append(one(parts, random));
		}
		return text.toString();
	}

	private static <T> T one(List<T> list, Random random) {
		return list.get(random.nextInt(list.size()));
	}

	/**
	 * Encode what cannot stand in a query string at all, and leave what is special there.
	 */
	private static String encode(String text) {
		StringBuilder encoded = new StringBuilder();
		for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
			boolean plain = octet > 0x20 && octet < 0x7F && "\"<>\\^`{|}%[]#".indexOf(octet) < 0;
			encoded.append(plain ? Character.toString(octet) : "%%%02X".formatted(octet & 0xFF));
		}
		return encoded.toString();
	}

}
