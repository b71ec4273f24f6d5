package dev.oriel.admin.web;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies of related rows, and arrays of rows to change, with everything in the wrong
 * place: each is either written or refused with a reason, and no answer is an error of
 * the server.
 */
class HostileFamiliesIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/family.sql");

	private static final List<String> VALUES = List.of("null", "true", "0", "-1", "1e999", "1e999999999999", "1.5",
			"99999999999999999999999", "\"\"", "\"x\"", "\"\\u0000\"", "\"\\ud800\"", "\"1\"", "[]", "{}", "[null]",
			"[[]]", "[[{}]]", "[1]", "[\"x\"]", "[{}]", "[{},{}]", "{\"id\":1}", "[{\"id\":1}]", "[{\"id\":null}]",
			"[{\"id\":{}}]", "[{\"id\":[]}]", "[{\"id\":\"x\"}]", "[{\"id\":1e400}]", "[{\"id\":1},{\"id\":1}]",
			"[{\"id\":1},{\"id\":\"1\"}]", "[{\"id\":1,\"_delete\":true},{\"id\":1}]", "[{\"id\":1,\"_unlink\":true}]",
			"[{\"id\":1,\"_version\":\"\"}]", "[{\"id\":1,\"_version\":\"\\u0000\"}]",
			"[{\"id\":1,\"_version\":\"\\ud800\"}]", "{\"code\":\"it\"}", "{\"code\":\"\\u0000\"}", "{\"code\":null}",
			"{\"code\":{\"a\":1}}", "{\"code\":[\"it\"]}", "[{\"company_id\":1}]", "[{\"company_id\":{}}]",
			"[{\"name\":\"n\",\"company\":{\"id\":1}}]", "[{\"id\":1,\"company\":null}]");

	private static final List<String> NAMES = List.of("name", "id", "finance", "team", "sector", "address", "logo",
			"tag", "company_tag", "company_view", "note", "_version", "_unlink", "_delete", "", " ", "__proto__",
			"constructor", "finance!", "!finance", "finance!x", "sector!sector_of", "sector_of", "sector_code", "a.b",
			"a\\\"b", "'", "finance[0]", "finance(id)", "*", "...finance", "x:finance", "finance->x", "\\u0000",
			"\\ud800", "%s", "%d%n", "company_tag!inner", "finance!inner", "finance!left", "_place", "_key0", "company",
			"$1", "?", "?|", "--", "n", "e", "r", "p");

	static HostApplication host;

	private final Set<String> statuses = new TreeSet<>();

	@BeforeAll
	static void start() {
		database.execute("INSERT INTO sector VALUES ('it', 'Software'), ('food', 'Food'); "
				+ "INSERT INTO company (name, sector_code) VALUES ('One', 'it'), ('Two', NULL); "
				+ "INSERT INTO finance (company_id, year) VALUES (1, 2001), (1, 2002), (2, 2001); "
				+ "INSERT INTO team (company_id, name) VALUES (1, 'a'), (1, 'b'), (2, 'c'); "
				+ "INSERT INTO tag (name) VALUES ('old'), ('big'), ('new'); "
				+ "INSERT INTO company_tag (company_id, tag_id) VALUES (1, 1), (1, 2), (2, 2)");
		host = HostApplication.start(database, HostSecurity.Own.class);
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@Test
	void nothingIsAnErrorOfTheServer() {
		List<String> failed = new ArrayList<>();
		int turn = 0;
		for (String name : NAMES) {
			for (String value : VALUES) {
				String member = "\"" + name + "\":" + value;
				send(failed, turn++ % 8, member, name.equals("name") ? member : "\"name\":\"Xy\"," + member);
			}
			turn += 2;
		}
		assertThat(failed).isEmpty();
		// Not everything is refused for a reason of its own.
		assertThat(this.statuses).contains("POST 201", "PATCH 200", "POST 400", "PATCH 400", "PUT 400");
	}

	/**
	 * Send a member in one of the places where members are expected.
	 */
	private void send(List<String> failed, int place, String member, String named) {
		switch (place) {
			case 0 -> send(failed, "POST", "company", "{" + named + "}", "");
			case 1 -> send(failed, "PATCH", "company?id=eq.1", "{" + member + "}", ",children=replace");
			case 2 -> send(failed, "PATCH", "company", "[{\"id\":1," + member + "}]", "");
			case 3 -> send(failed, "POST", "company", "{\"name\":\"Xy\",\"team\":[{\"name\":\"t\"," + member + "}]}",
					",children=replace");
			case 4 -> send(failed, "POST", "finance", "{\"year\":2010,\"company\":{" + named + "}}", "");
			case 5 -> send(failed, "PUT", "company?id=eq.1", "{\"id\":1," + named + "}", ",children=replace");
			case 6 ->
				send(failed, "POST", "company?on_conflict=name", "[{" + named + "}]", ",resolution=merge-duplicates");
			default -> send(failed, "POST", "company?columns=name,finance,_version", "[{" + named + "}]",
					",resolution=ignore-duplicates,missing=default");
		}
	}

	private void send(List<String> failed, String method, String path, String body, String prefer) {
		HttpResponse<String> response = host.send(method, "/admin/api/rest/" + path, body,
				new String[] { "Authorization", HostApplication.basic("admin"), "X-Requested-With", "XMLHttpRequest",
						"Content-Type", "application/json", "Prefer", "tx=rollback,return=representation" + prefer });
		boolean told = response.statusCode() < 500;
		try {
			told &= response.body().isEmpty() || JsonMapper.shared().readTree(response.body()) != null;
		}
		catch (RuntimeException ex) {
			told = false;
		}
		this.statuses.add(method + " " + response.statusCode());
		if (!told) {
			failed.add(method + " " + path + " " + body + " " + prefer + " -> " + response.statusCode() + " "
					+ response.body());
		}
	}

}
