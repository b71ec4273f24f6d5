package dev.oriel.admin.web;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.testing.PostgresDatabase;
import org.jspecify.annotations.Nullable;
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
 * Tests for keyset pages over HTTP, below a context path.
 */
class KeysetLinksIntegrationTests {

	private static final String REST = "/context/admin/api/rest/";

	private static final Pattern LINK = Pattern.compile("<([^>]*)>; rel=\"(\\w+)\"");

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	static HostApplication host;

	@BeforeAll
	static void start() {
		database.execute(
				"""
								CREATE TABLE trip (id int PRIMARY KEY, "before" text, "after" int, note text);
								INSERT INTO trip SELECT n, 'b ' || n % 3, nullif(n % 4, 0), repeat('long ', 100 * (n % 8)) FROM generate_series(1, 30) n;
								CREATE TABLE "a:b?" AS SELECT n AS id FROM generate_series(1, 2) n;
						ALTER TABLE "a:b?" ADD PRIMARY KEY (id);
						CREATE VIEW trips AS SELECT * FROM trip UNION ALL SELECT * FROM trip;
								CREATE FUNCTION late() RETURNS SETOF trip LANGUAGE sql STABLE AS 'SELECT * FROM trip WHERE id > 20';
								CREATE FUNCTION echo("after" text) RETURNS text LANGUAGE sql STABLE AS 'SELECT $1';
								""");
		host = HostApplication.start(database, HostSecurity.Own.class, "server.servlet.context-path=/context",
				"oriel.max-rows=10");
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@Test
	void linksLeadThroughAllRowsAndBack() {
		List<String> forwards = new ArrayList<>();
		String path = REST + "trip?select=id&order=before.desc,after&limit=4&id=not.in.(3,4)";
		HttpResponse<String> answer = get(path, "Prefer", "page=keyset");
		assertThat(answer.headers().firstValue("Preference-Applied")).contains("page=keyset");
		assertThat(link(answer, "prev")).isNull();
		while (true) {
			forwards.add(answer.body());
			String next = link(answer, "next");
			if (next == null) {
				break;
			}
			assertThat(next).startsWith("trip?");
			path = URI.create("http://localhost" + path)
				.resolve(next)
				.toString()
				.substring("http://localhost".length());
			assertThat(path).startsWith(REST + "trip?");
			answer = get(path);
		}
		assertThat(forwards).hasSize(7);
		List<String> backwards = new ArrayList<>();
		while (true) {
			String previous = link(answer, "prev");
			if (previous == null) {
				break;
			}
			answer = get(REST + previous);
			backwards.add(0, answer.body());
		}
		assertThat(backwards).isEqualTo(forwards.subList(0, 6));
	}

	@Test
	void linksHoldForNamesThatNeedEncoding() {
		HttpResponse<String> first = get(REST + "a:b%3F?limit=1", "Prefer", "page=keyset");
		assertThat(link(first, "next")).startsWith("a%3Ab%3F?limit=1&after=~");
		assertThat(get(REST + link(first, "next")).body()).isEqualTo("[{\"id\":2}]");
	}

	@Test
	void capHoldsAndNothingIsMissedByIt() {
		HttpResponse<String> first = get(REST + "trip?select=id&limit=1000", "Prefer", "page=keyset");
		assertThat(rows(first)).hasSize(10);
		assertThat(rows(get(REST + link(first, "next"))).get(0)).isEqualTo("{\"id\":11}");
		assertThat(rows(get(REST + "trip?select=id&limit=0", "Prefer", "page=keyset"))).isEmpty();
	}

	@Test
	void rangeIsAPageAndStaysOne() {
		HttpResponse<String> first = get(REST + "trip?select=id", "Prefer", "page=keyset", "Range", "0-2");
		assertThat(first.headers().firstValue("Content-Range")).contains("0-2/*");
		HttpResponse<String> second = get(REST + link(first, "next"), "Prefer", "count=exact");
		assertThat(second.body()).isEqualTo("[{\"id\":4},{\"id\":5},{\"id\":6}]");
		assertThat(second.headers().firstValue("Content-Range")).contains("*/30");
		assertThat(second.statusCode()).isEqualTo(206);
	}

	@Test
	void countIsOfTheWholeFilterEvenOfAnEmptyPage() {
		HttpResponse<String> first = get(REST + "trip?id=gt.20&limit=5&order=id", "Prefer", "page=keyset");
		String next = link(first, "next");
		assertThat(get(REST + next, "Prefer", "count=exact").headers().firstValue("Content-Range")).contains("*/10");
		HttpResponse<String> empty = get(REST + next + "&id=lt.22", "Prefer", "count=exact");
		assertThat(empty.body()).isEqualTo("[]");
		assertThat(empty.headers().firstValue("Content-Range")).contains("*/1");
		assertThat(get(REST + link(empty, "prev")).body()).contains("\"id\":21");
	}

	@Test
	void columnsMayBeCalledAfterAndBefore() {
		assertThat(rows(get(REST + "trip?select=id&after=eq.3&before=like.b*1&order=after,before")))
			.containsExactly("{\"id\":7}", "{\"id\":19}");
		assertThat(get(REST + "rpc/echo?after=~e30").body()).isEqualTo("\"~e30\"");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			trip?offset=5                          | ORIEL416 | 'offset' does not go with cursors
			trips                                  | ORIEL416 | These rows cannot be read page by page with cursors
			rpc/late                               | ORIEL416 | These rows cannot be read page by page with cursors
			trip?select=id,note&order=note.desc&limit=1 | ORIEL416 | These rows cannot be read page by page with cursors
			trip?after=~                           | ORIEL410 | The cursor in 'after' does not belong here
			trip?before=~e30                       | ORIEL410 | The cursor in 'before' does not belong here
			trip?after=~WzEsIngiLCIxIl0            | ORIEL410 | The cursor in 'after' does not belong here
			trip?after=~a&before=~a                | PGRST100 | A page has only one cursor
			trip?after=~a.b                        | PGRST100 | The value of 'after' is not a cursor
			trip?order=nothing                     | 42703    | column trip.nothing does not exist
			""")
	void whatCannotBeIsSaid(String path, String code, String message) {
		HttpResponse<String> answer = get(REST + path, "Prefer", "page=keyset");
		assertThat(answer.statusCode()).isEqualTo(400);
		JsonNode problem = JsonMapper.shared().readTree(answer.body());
		assertThat(problem.get("code").asString()).isEqualTo(code);
		assertThat(problem.get("message").asString()).isEqualTo(message);
		assertThat(problem.get("code").asString().startsWith("ORIEL") && problem.get("hint").isNull()).isFalse();
	}

	@Test
	void longQueriesAreRefusedBeforeTheirLinksAreTooLong() {
		String filter = "&note=neq." + "x".repeat(6_200);
		HttpResponse<String> answer = get(REST + "trip?select=id&limit=1" + filter, "Prefer", "page=keyset");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("ORIEL416", "Shorten the query");
	}

	@Test
	void writesHaveNoPages() {
		HttpResponse<String> answer = host.send("DELETE", REST + "trip?id=eq.1&after=~e30", "Authorization",
				HostApplication.basic("admin"));
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(database.jdbc().sql("SELECT count(*) FROM trip").query(Long.class).single()).isEqualTo(30);
	}

	private static HttpResponse<String> get(String path, String... headers) {
		List<String> all = new ArrayList<>(List.of("Authorization", HostApplication.basic("admin")));
		all.addAll(List.of(headers));
		return host.send("GET", path, all.toArray(String[]::new));
	}

	private static List<String> rows(HttpResponse<String> answer) {
		List<String> rows = new ArrayList<>();
		JsonMapper.shared().readTree(answer.body()).forEach((row) -> rows.add(row.toString()));
		return rows;
	}

	private static @Nullable String link(HttpResponse<String> answer, String relation) {
		Matcher links = LINK.matcher(answer.headers().firstValue("Link").orElse(""));
		while (links.find()) {
			if (links.group(2).equals(relation)) {
				return links.group(1);
			}
		}
		return null;
	}

}
