package dev.oriel.admin.web;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The writing half of PostgREST's language, request by request: status, range, place,
 * applied preferences and body. Everything is undone, which must not change the answer.
 */
class WritingIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/web/writing.sql");

	private static final String ROLLBACK = "tx=rollback";

	static HostApplication host;

	@BeforeAll
	static void start() {
		host = HostApplication.start(database, HostSecurity.Own.class);
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@ParameterizedTest(name = "{0} {1} {2}")
	@CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`',
			textBlock = """
					POST | item                       | -                        | {"id":9,"rank":1}        | 201 | */* | - | - | -
					POST | item?select=id             | return=minimal           | {"id":9,"rank":1}        | 201 | */* | - | return=minimal | -
					POST | item?select=name           | return=representation    | {"id":9,"rank":1}        | 201 | */* | - | return=representation | [{"name":"none"}]
					POST | item?select=i:id::text     | return=representation    | {"id":9}                 | 201 | */* | - | return=representation | [{"i":"9"}]
					POST | item?select=name           | return=headers-only      | {"id":9}                 | 201 | */* | item?id=eq.9 | return=headers-only | -
					POST | item                       | return=headers-only      | {}                       | 201 | */* | item?id=eq.#  | return=headers-only | -
					POST | item                       | return=headers-only      | [{"id":8},{"id":9}]      | 201 | */* | - | return=headers-only | -
					POST | pair                       | return=headers-only      | {"a":12,"b":"Rock & R+ll"} | 201 | */* | pair?a=eq.12&b=eq.Rock%20%26%20R%2Bll | return=headers-only | -
					POST | car                        | return=headers-only      | {"name":"Enzo","year":2021} | 201 | */* | car?name=eq.Enzo&year=eq.2021 | return=headers-only | -
					POST | keyless                    | return=headers-only      | {"a":"x"}                | 201 | */* | - | return=headers-only | -
					POST | keyless                    | return=representation    | {"a":null,"b":"x"}       | 201 | */* | - | return=representation | [{"a":null,"b":"x"}]
					POST | item?select=id             | return=representation,count=exact | [{"id":8},{"id":9}] | 201 | */2 | - | return=representation, count=exact | [{"id":8},{"id":9}]
					POST | item?select=id             | return=representation    | []                       | 201 | */* | - | return=representation | []
					POST | item?select=name           | return=representation    | [{},{}]                  | 201 | */* | - | return=representation | [{"name":"none"},{"name":"none"}]
					POST | item?columns=id&select=id,name | return=representation | {"id":9,"name":"x","other":1} | 201 | */* | - | return=representation | [{"id":9,"name":"none"}]
					POST | item?columns=id,name&select=id,name | return=representation | [{"id":8},{"id":9,"name":"x"}] | 201 | */* | - | return=representation | [{"id":8,"name":null},{"id":9,"name":"x"}]
					POST | item?columns=id,name&select=id,name | return=representation,missing=default | [{"id":8},{"id":9,"name":null}] | 201 | */* | - | missing=default, return=representation | [{"id":8,"name":"none"},{"id":9,"name":null}]
					POST | item?columns=id,name&select=name | return=representation,missing=default | [{"name":"x"}] | 201 | */* | - | missing=default, return=representation | [{"name":"x"}]
					POST | asked?columns=id,name      | return=representation,missing=default | {"name":"Lu"} | 201 | */* | - | missing=default, return=representation | [{"id":42,"name":"Lu"}]
					POST | doc?select=body,bodyb      | return=representation    | {"id":1,"body":{"a":1,"a":2},"bodyb":{"a":1,"a":2}} | 201 | */* | - | return=representation | [{"body":{"a":1,"a":2},"bodyb":{"a":2}}]
					POST | doc?select=bodyb,tags      | return=representation    | {"id":1,"bodyb":[1,2,3],"tags":["x",null]} | 201 | */* | - | return=representation | [{"bodyb":[1,2,3],"tags":["x",null]}]
					POST | doc?select=flags,code      | return=representation    | {"id":1,"flags":"10101","code":"abcde"} | 201 | */* | - | return=representation | [{"flags":"10101","code":"abcde"}]
					POST | item?select=id             | resolution=merge-duplicates,return=representation | [] | 200 | */* | - | resolution=merge-duplicates, return=representation | []
					POST | item?select=id,name        | resolution=merge-duplicates,return=representation | [{"id":1,"name":"x"},{"id":9,"name":"y"}] | 201 | */* | - | resolution=merge-duplicates, return=representation | [{"id":1,"name":"x"},{"id":9,"name":"y"}]
					POST | item?select=id,name        | resolution=merge-duplicates,return=representation | [{"id":1,"name":"x"}] | 200 | */* | - | resolution=merge-duplicates, return=representation | [{"id":1,"name":"x"}]
					POST | pair                       | resolution=merge-duplicates,return=representation | [{"a":1,"b":"x","note":"n"}] | 200 | */* | - | resolution=merge-duplicates, return=representation | [{"a":1,"b":"x","note":"n"}]
					POST | car?select=brand           | resolution=merge-duplicates,return=representation | [{"name":"Roma","year":2021,"brand":"F"}] | 200 | */* | - | resolution=merge-duplicates, return=representation | [{"brand":"F"}]
					POST | item?on_conflict=rank&select=rank,name | resolution=merge-duplicates,return=representation | [{"rank":11,"name":"x"},{"rank":99,"name":"y"}] | 201 | */* | - | resolution=merge-duplicates, return=representation | [{"rank":11,"name":"x"},{"rank":99,"name":"y"}]
					POST | only_key                   | resolution=merge-duplicates,return=representation | [{"id":1},{"id":4}] | 201 | */* | - | resolution=merge-duplicates, return=representation | [{"id":1},{"id":4}]
					POST | only_key                   | resolution=ignore-duplicates,return=representation | [{"id":1},{"id":4}] | 201 | */* | - | resolution=ignore-duplicates, return=representation | [{"id":4}]
					POST | item?select=id             | resolution=ignore-duplicates,return=representation | [{"id":1}] | 201 | */* | - | resolution=ignore-duplicates, return=representation | []
					POST | keyless                    | resolution=merge-duplicates,return=representation | [{"a":"1","b":"0"}] | 201 | */* | - | return=representation | [{"a":"1","b":"0"}]
					POST | child?select=id,parent(name) | return=representation  | {"id":9,"parent_id":2}   | 201 | */* | - | return=representation | [{"id":9,"parent":{"name":"p2"}}]
					PATCH | item?id=eq.1              | -                        | {"name":"x"}             | 204 | 0-0/* | - | - | -
					PATCH | item?id=in.(1,2)          | count=exact              | {"name":"x"}             | 204 | 0-1/2 | - | count=exact | -
					PATCH | item?id=eq.999            | -                        | {"name":"x"}             | 204 | */* | - | - | -
					PATCH | item?id=eq.999            | return=representation    | {"name":"x"}             | 200 | */* | - | return=representation | []
					PATCH | item?id=eq.1&select=id,name | return=representation  | {"name":null}            | 200 | 0-0/* | - | return=representation | [{"id":1,"name":null}]
					PATCH | item?id=eq.1&select=id    | return=representation    | {"id":99}                | 200 | 0-0/* | - | return=representation | [{"id":99}]
					PATCH | item?id=eq.1              | return=headers-only      | {"name":"x"}             | 204 | 0-0/* | - | return=headers-only | -
					PATCH | item                      | -                        | {}                       | 204 | */* | - | - | -
					PATCH | item                      | return=representation    | {}                       | 200 | */* | - | return=representation | []
					PATCH | item?id=eq.1&columns=name&select=id,name,rank | return=representation | {"name":"x","rank":77,"other":1} | 200 | 0-0/* | - | return=representation | [{"id":1,"name":"x","rank":11}]
					PATCH | item?id=eq.1&columns=name&select=name | return=representation,missing=default | {} | 200 | 0-0/* | - | missing=default, return=representation | [{"name":"none"}]
					PATCH | parent?id=eq.1&select=name,child(name) | return=representation | {"name":"x"} | 200 | 0-0/* | - | return=representation | [{"name":"x","child":[{"name":"c1"},{"name":"c2"}]}]
					PATCH | item_view?id=eq.2&select=name | return=representation | {"name":"x"}            | 200 | 0-0/* | - | return=representation | [{"name":"x"}]
					PATCH | item?id=gt.0              | handling=strict,max-affected=3 | {"name":"x"}       | 204 | 0-2/* | - | handling=strict, max-affected=3 | -
					PUT  | item?id=eq.1               | return=representation    | {"id":1,"name":"x","rank":null} | 200 | - | - | return=representation | [{"id":1,"name":"x","rank":null}]
					PUT  | item?id=eq.9               | return=representation    | {"id":9,"name":"x"}      | 201 | - | - | return=representation | [{"id":9,"name":"x","rank":null}]
					PUT  | item?id=eq.9               | -                        | {"id":9,"name":"x"}      | 204 | - | - | - | -
					PUT  | item?id=eq.1&select=name   | return=representation    | [{"id":1,"name":"x"}]    | 200 | - | - | return=representation | [{"name":"x"}]
					PUT  | pair?a=eq.1&b=eq.x         | return=representation    | {"a":1,"b":"x","note":null} | 200 | - | - | return=representation | [{"a":1,"b":"x","note":null}]
					DELETE | child?id=eq.1            | -                        | -                        | 204 | */* | - | - | -
					DELETE | child?id=eq.1&select=i:id::text | return=representation,count=exact | -          | 200 | */1 | - | return=representation, count=exact | [{"i":"1"}]
					DELETE | child?id=eq.2&select=id,parent(id) | return=representation | -                  | 200 | */* | - | return=representation | [{"id":2,"parent":{"id":1}}]
					DELETE | child?id=eq.77           | return=representation    | -                        | 200 | */* | - | return=representation | []
					POST | rpc/add_item?select=name   | -                        | {"name":"x"}             | 200 | 0-0/* | - | - | [{"name":"x"}]
					POST | rpc/clear_items            | -                        | {}                       | 204 | */* | - | - | -
					""")
	void writesAnswerAsPostgrestDoes(String method, String path, String prefer, String body, int status, String range,
			String location, String applied, String answer) {
		String before = content();
		HttpResponse<String> response = send(method, path, (prefer != null) ? prefer + "," + ROLLBACK : ROLLBACK,
				(body != null) ? body : "");
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		if (range != null) {
			assertThat(response.headers().firstValue("Content-Range")).contains(range);
		}
		assertPlace(response, location);
		assertThat(preferences(response)).isEqualTo((applied != null) ? applied : "");
		assertThat(response.body().replaceAll("(?<=[,:]) ", "")).isEqualTo((answer != null) ? answer : "");
		assertThat(response.headers().firstValue("Content-Type").isPresent()).isEqualTo(!response.body().isEmpty());
		assertThat(content()).isEqualTo(before);
	}

	private static void assertPlace(HttpResponse<String> response, String location) {
		String place = response.headers().firstValue("Location").orElse(null);
		if (location == null) {
			assertThat(place).isNull();
		}
		else {
			assertThat(place.replaceAll("(?<=eq\\.)1\\d\\d$", "#")).isEqualTo(location);
		}
	}

	/**
	 * Return the preferences that were applied, without the one that all requests have.
	 */
	private static String preferences(HttpResponse<String> response) {
		List<String> applied = new ArrayList<>(
				List.of(response.headers().firstValue("Preference-Applied").orElse("").split(", ")));
		assertThat(applied.remove(ROLLBACK)).isTrue();
		return String.join(", ", applied);
	}

	@ParameterizedTest(name = "{0} {1} {3}")
	@CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`',
			textBlock = """
					POST   | item?columns=            | -  | [{"id":9}]              | 400 | PGRST100
					POST   | item?columns=helicopter  | -  | [{"id":9}]              | 400 | PGRST204
					POST   | garlic?columns=x         | -  | [{"id":9}]              | 404 | PGRST205
					POST   | item?columns=id          | -  | [{"id":9},333]          | 400 | PGRST102
					POST   | computed?columns=a,b     | missing=default | [{"a":1},{"a":1,"b":2}] | 400 | 428C9
					POST   | item                     | return=representation,handling=strict,nothing | {"id":9} | 400 | PGRST122
					PATCH  | fake                     | -  | {"real":false}          | 404 | PGRST205
					PATCH  | item?id=eq.1             | -  | }{ x = 2                | 400 | PGRST102
					PATCH  | item                     | -  | {"name":"x"}            | 400 | 21000
					PATCH  | item?and=()              | -  | {"name":"x"}            | 400 | *
					PATCH  | item?select=id           | -  | {"name":"x"}            | 400 | 21000
					PATCH  | parent?select=id,child(id)&child.id=eq.1 | - | {"name":"x"} | 400 | 21000
					PATCH  | item?order=id            | -  | {"name":"x"}            | 400 | 21000
					DELETE | item                     | -  | -                       | 400 | 21000
					DELETE | item?select=id           | return=representation | -    | 400 | 21000
					DELETE | child?limit=1            | -  | -                       | 400 | ORIEL400
					DELETE | item?q=                  | -  | -                       | 400 | 21000
					DELETE | item?id=gt.0             | handling=strict,max-affected=2 | - | 400 | PGRST124
					PUT    | item                     | -  | {"id":1}                | 405 | PGRST105
					PUT    | item?id=gt.1             | -  | {"id":1}                | 405 | PGRST105
					PUT    | item?id=eq.1&name=eq.one | -  | {"id":1}                | 405 | PGRST105
					PUT    | item?id=not.eq.1         | -  | {"id":1}                | 405 | PGRST105
					PUT    | keyless?a=eq.1           | -  | {"a":"1"}               | 405 | PGRST105
					PUT    | pair?a=eq.1              | -  | {"a":1,"b":"x"}         | 405 | PGRST105
					PUT    | item?id=eq.1&limit=1     | -  | {"id":1}                | 400 | PGRST114
					PUT    | item?id=eq.1             | -  | {"id":2}                | 400 | PGRST115
					PUT    | item?id=eq.1             | -  | [{"id":1},{"id":2}]     | 400 | PGRST115
					PUT    | item?id=eq.1             | -  | []                      | 400 | PGRST115
					PUT    | item?id=eq.1             | -  | {}                      | 400 | PGRST115
					POST   | item                     | impact | {"id":9}            | 400 | ORIEL400
					""")
	void whatCannotBeDoneIsRefused(String method, String path, String prefer, String body, int status, String code) {
		String before = content();
		HttpResponse<String> response = send(method, path, prefer, (body != null) ? body : "");
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		if (!code.equals("*")) {
			assertThat(response.body()).contains("\"code\":\"" + code + "\"");
		}
		assertThat(content()).isEqualTo(before);
	}

	@Test
	void filtersThatAreAlwaysTrueAreFilters() {
		assertThat(send("PATCH", "item?or=(id.is.null,id.not.is.null)", ROLLBACK, "{\"name\":\"x\"}").statusCode())
			.isEqualTo(204);
		assertThat(send("DELETE", "child?q=c1", ROLLBACK, "").statusCode()).isEqualTo(204);
	}

	@Test
	void theImpactOfEveryKindOfWriteIsTold() {
		String before = content();
		assertThat(impact("POST", "item", "{\"id\":9}"))
			.contains("\"table\":\"item\",\"insert\":1,\"update\":0,\"delete\":0");
		assertThat(impact("PUT", "item?id=eq.1", "{\"id\":1,\"name\":\"x\"}")).contains("\"insert\":0,\"update\":1");
		assertThat(impact("PATCH", "item_view?id=eq.1", "{\"name\":\"x\"}")).contains("\"table\":\"item\"",
				"\"before\":{\"id\":1,\"name\":\"one\",\"rank\":11}",
				"\"after\":{\"id\":1,\"name\":\"x\",\"rank\":11}");
		assertThat(impact("DELETE", "item?id=gt.1", "")).contains("\"delete\":2");
		assertThat(impact("POST", "rpc/clear_items", "{}")).contains("\"table\":\"item\"", "\"delete\":3")
			.doesNotContain("\"result\"");
		assertThat(impact("POST", "rpc/add_item?select=id", "{\"name\":\"x\"}")).contains("\"insert\":1",
				"\"result\":[{\"id\":50}]");
		assertThat(impact("POST", "parent?select=id",
				"{\"id\":9,\"name\":\"x\",\"child\":[{\"id\":8,\"name\":\"a\"},{\"id\":9,\"name\":\"b\"}]}"))
			.contains("\"table\":\"parent\",\"insert\":1", "\"table\":\"child\",\"insert\":2");
		assertThat(content()).isEqualTo(before);
		assertThat(send("POST", "rpc/clear_items", "impact", "{}").statusCode()).isEqualTo(400);
		assertThat(content()).isEqualTo(before);
	}

	private static String impact(String method, String path, String body) {
		HttpResponse<String> answer = send(method, path, "tx=rollback, impact", body);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Preference-Applied")).contains("tx=rollback, impact");
		return answer.body();
	}

	@Test
	void commitsAreToldAndKept() {
		HttpResponse<String> inserted = send("POST", "only_key", "tx=commit", "{\"id\":70}");
		assertThat(inserted.headers().firstValue("Preference-Applied")).contains("tx=commit");
		assertThat(send("DELETE", "only_key?id=eq.70", "tx=commit,return=representation", "").body())
			.isEqualTo("[{\"id\":70}]");
		assertThat(send("POST", "rpc/add_item", "tx=rollback", "{\"name\":\"x\"}").body()).contains("\"id\":50");
		assertThat(database.jdbc().sql("SELECT count(*) FROM item WHERE id = 50").query(Integer.class).single())
			.isZero();
	}

	@Test
	void separatedValuesAreWrittenAndAnswered() {
		String[] headers = { "Authorization", HostApplication.basic("admin"), "X-Requested-With", "XMLHttpRequest",
				"Content-Type", "text/csv", "Accept", "text/csv", "Prefer", "return=representation,tx=rollback" };
		HttpResponse<String> answer = host.send("POST", "/admin/api/rest/keyless",
				"a,b\nNULL,foo\n\"NULL\",\"x, \"\"y\"\"\"\n", headers);
		assertThat(answer.statusCode()).isEqualTo(201);
		assertThat(answer.body().lines()).containsExactly("a,b", ",foo", "NULL,\"x, \"\"y\"\"\"");
	}

	private static String content() {
		return database.jdbc()
			.sql("""
					SELECT concat((SELECT json_agg(t ORDER BY t.id) FROM item t), (SELECT json_agg(t) FROM pair t),
					  (SELECT json_agg(t) FROM keyless t), (SELECT json_agg(t) FROM only_key t), (SELECT json_agg(t) FROM doc t),
					  (SELECT json_agg(t) FROM computed t), (SELECT json_agg(t) FROM asked t), (SELECT json_agg(t) FROM car t),
					  (SELECT json_agg(t) FROM parent t), (SELECT json_agg(t) FROM child t))
					""")
			.query(String.class)
			.single();
	}

	private static HttpResponse<String> send(String method, String path, String prefer, String body) {
		List<String> headers = new ArrayList<>(List.of("Authorization", HostApplication.basic("admin"),
				"X-Requested-With", "XMLHttpRequest", "Content-Type", "application/json"));
		if (prefer != null) {
			headers.addAll(List.of("Prefer", prefer));
		}
		return host.send(method, "/admin/api/rest/" + path, body, headers.toArray(String[]::new));
	}

}
