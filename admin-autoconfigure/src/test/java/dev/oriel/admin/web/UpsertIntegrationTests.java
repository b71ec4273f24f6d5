package dev.oriel.admin.web;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for rows that may be there already, for missing members and for bodies that are
 * not JSON, by the examples of PostgREST's documentation.
 */
class UpsertIntegrationTests {

	private static final String PRODUCTS = """
			[{"sku": "CL2031", "name": "Existing T-shirt", "price": 35},
			 {"sku": "AC1022", "name": "New Cap", "price": 30}]""";

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/web/representations.sql");

	static HostApplication host;

	@BeforeAll
	static void start() {
		host = HostApplication.start(database, HostSecurity.Own.class, "oriel.statement-timeout=5s");
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@BeforeEach
	void fill() {
		database.execute("TRUNCATE products, foo, counters, notes RESTART IDENTITY; "
				+ "INSERT INTO products VALUES ('CL2031', 'Existing T-shirt', 30), ('CL2040', 'Existing Hoodie', 50)");
	}

	@Test
	void mergesDuplicatesByThePrimaryKey() {
		HttpResponse<String> answer = send("POST", "products", PRODUCTS, "Prefer",
				"return=representation, resolution=merge-duplicates");
		assertThat(answer.statusCode()).isEqualTo(201);
		assertThat(applied(answer)).isEqualTo("resolution=merge-duplicates, return=representation");
		assertThat(answer.body()).isEqualTo("[{\"sku\":\"CL2031\",\"name\":\"Existing T-shirt\",\"price\":35},"
				+ "{\"sku\":\"AC1022\",\"name\":\"New Cap\",\"price\":30}]");
		assertThat(prices()).containsExactly(30, 35, 50);
	}

	@Test
	void statusTellsWhetherARowIsNew() {
		String merge = "resolution=merge-duplicates";
		assertThat(send("POST", "products", "{\"sku\":\"CL2031\",\"price\":1}", "Prefer", merge).statusCode())
			.isEqualTo(200);
		assertThat(send("POST", "products", "{\"sku\":\"X\",\"price\":1}", "Prefer", merge).statusCode())
			.isEqualTo(201);
		assertThat(send("POST", "products", "[]", "Prefer", merge + ", return=representation").body()).isEqualTo("[]");
		assertThat(send("POST", "products", "{\"sku\":\"X\"}", "Prefer", "resolution=ignore-duplicates").statusCode())
			.isEqualTo(201);
	}

	@Test
	void ignoresDuplicates() {
		HttpResponse<String> answer = send("POST", "products?select=sku", PRODUCTS, "Prefer",
				"return=representation, count=exact, resolution=ignore-duplicates");
		assertThat(answer.statusCode()).isEqualTo(201);
		assertThat(answer.body()).isEqualTo("[{\"sku\":\"AC1022\"}]");
		assertThat(answer.headers().firstValue("Content-Range")).contains("*/1");
		assertThat(prices()).containsExactly(30, 30, 50);
	}

	@Test
	void duplicatesCanBeToldByAnotherKey() {
		HttpResponse<String> answer = send("POST", "products?on_conflict=name",
				"{\"sku\":\"NEW\",\"name\":\"Existing Hoodie\",\"price\":1}", "Prefer",
				"return=representation, resolution=merge-duplicates");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("[{\"sku\":\"NEW\",\"name\":\"Existing Hoodie\",\"price\":1}]");
		assertThat(code(send("POST", "products?on_conflict=price", PRODUCTS, "Prefer", "resolution=merge-duplicates")))
			.isEqualTo("42P10");
		assertThat(code(send("POST", "products?on_conflict=nme", PRODUCTS, "Prefer", "resolution=merge-duplicates")))
			.isEqualTo("PGRST204");
		assertThat(code(send("POST", "products?on_conflict=", PRODUCTS, "Prefer", "resolution=merge-duplicates")))
			.isEqualTo("PGRST100");
	}

	@Test
	void onlyTheKeyIsEnoughToGetTheRow() {
		HttpResponse<String> answer = send("POST", "products", "{\"sku\":\"CL2040\"}", "Prefer",
				"return=representation, resolution=merge-duplicates");
		assertThat(answer.body()).isEqualTo("[{\"sku\":\"CL2040\",\"name\":\"Existing Hoodie\",\"price\":50}]");
		assertThat(answer.statusCode()).isEqualTo(200);
	}

	@Test
	void withoutAKeyThereAreNoDuplicates() {
		HttpResponse<String> answer = send("POST", "notes", "{\"note\":\"x\"}", "Prefer",
				"resolution=merge-duplicates, return=minimal");
		assertThat(answer.statusCode()).isEqualTo(201);
		assertThat(applied(answer)).isEqualTo("return=minimal");
	}

	@Test
	void partitionedTablesMergeToo() {
		String merge = "resolution=merge-duplicates, return=representation";
		String body = "[{\"region\":\"north\",\"year\":1,\"total\":1.50},{\"region\":\"south\",\"year\":1,\"total\":2}]";
		assertThat(send("POST", "counters", body, "Prefer", merge).statusCode()).isEqualTo(201);
		HttpResponse<String> again = send("POST", "counters", body.replace("1.50", "7"), "Prefer", merge);
		assertThat(again.statusCode()).isEqualTo(200);
		assertThat(again.body()).isEqualTo(
				"[{\"region\":\"north\",\"year\":1,\"total\":7}," + "{\"region\":\"south\",\"year\":1,\"total\":2}]");
	}

	@Test
	void missingMembersBecomeNullOrDefaults() {
		String body = "[{\"bar\": \"val1\"}, {\"bar\": \"val2\", \"baz\": 15}, {\"extra\": 1}]";
		HttpResponse<String> defaults = send("POST", "foo?columns=id,bar,baz", body, "Prefer",
				"missing=default, return=representation");
		assertThat(defaults.body()).isEqualTo("[{\"id\":1,\"bar\":\"val1\",\"baz\":100},"
				+ "{\"id\":2,\"bar\":\"val2\",\"baz\":15},{\"id\":3,\"bar\":null,\"baz\":100}]");
		assertThat(applied(defaults)).isEqualTo("missing=default, return=representation");
		assertThat(send("POST", "foo?columns=bar,baz", body, "Prefer", "return=representation").body())
			.isEqualTo("[{\"id\":4,\"bar\":\"val1\",\"baz\":null},{\"id\":5,\"bar\":\"val2\",\"baz\":15},"
					+ "{\"id\":6,\"bar\":null,\"baz\":null}]");
		assertThat(send("POST", "foo?columns=\"baz\"", body, "Prefer", "missing=default, return=representation").body())
			.isEqualTo("[{\"id\":7,\"bar\":null,\"baz\":100},{\"id\":8,\"bar\":null,\"baz\":15},"
					+ "{\"id\":9,\"bar\":null,\"baz\":100}]");
	}

	@Test
	void missingMembersOfDuplicatesBecomeDefaultsToo() {
		send("POST", "foo", "{\"id\":1,\"bar\":\"old\",\"baz\":1}");
		HttpResponse<String> answer = send("POST", "foo?columns=id,bar,baz",
				"[{\"id\":1,\"bar\":\"new\"},{\"id\":2,\"baz\":2}]", "Prefer",
				"missing=default, resolution=merge-duplicates, return=representation");
		assertThat(answer.body())
			.isEqualTo("[{\"id\":1,\"bar\":\"new\",\"baz\":100},{\"id\":2,\"bar\":null,\"baz\":2}]");
		assertThat(answer.statusCode()).isEqualTo(201);
	}

	@Test
	void updatesTakeColumnsAndDefaultsToo() {
		send("POST", "foo", "{\"id\":1,\"bar\":\"old\",\"baz\":1}");
		HttpResponse<String> answer = send("PATCH", "foo?id=eq.1&columns=bar,baz", "{\"bar\":\"new\",\"id\":9}",
				"Prefer", "missing=default, return=representation");
		assertThat(answer.body()).isEqualTo("[{\"id\":1,\"bar\":\"new\",\"baz\":100}]");
		assertThat(applied(answer)).isEqualTo("missing=default, return=representation");
		assertThat(send("PATCH", "foo?id=eq.1&columns=baz", "{}", "Prefer", "return=representation").body())
			.isEqualTo("[{\"id\":1,\"bar\":\"new\",\"baz\":null}]");
		assertThat(send("PATCH", "foo?id=eq.1&columns=baz", "{}", "Prefer", "missing=default, return=representation")
			.body()).isEqualTo("[{\"id\":1,\"bar\":\"new\",\"baz\":100}]");
		assertThat(code(send("PATCH", "foo?id=eq.1&columns=nope", "{}"))).isEqualTo("PGRST204");
	}

	@Test
	void everyEmptyObjectIsARowOfDefaults() {
		assertThat(send("POST", "foo", "[{},{}]", "Prefer", "return=representation").body())
			.isEqualTo("[{\"id\":1,\"bar\":null,\"baz\":100},{\"id\":2,\"bar\":null,\"baz\":100}]");
	}

	@Test
	void putWritesTheRowThatTheFilterNames() {
		String representation = "return=representation";
		HttpResponse<String> created = send("PUT", "products?sku=eq.P1", "{\"sku\":\"P1\",\"name\":\"a\",\"price\":1}",
				"Prefer", representation);
		assertThat(created.statusCode()).isEqualTo(201);
		assertThat(created.body()).isEqualTo("[{\"sku\":\"P1\",\"name\":\"a\",\"price\":1}]");
		HttpResponse<String> replaced = send("PUT", "products?sku=eq.P1&select=price",
				"[{\"sku\":\"P1\",\"name\":\"b\",\"price\":2}]", "Prefer", representation);
		assertThat(replaced.statusCode()).isEqualTo(200);
		assertThat(replaced.body()).isEqualTo("[{\"price\":2}]");
		HttpResponse<String> silent = send("PUT", "products?sku=eq.P2", "{\"sku\":\"P2\"}");
		assertThat(silent.statusCode()).isEqualTo(204);
		assertThat(send("PUT", "counters?region=eq.north&year=eq.5", "{\"region\":\"north\",\"year\":5,\"total\":5}")
			.statusCode()).isEqualTo(204);
	}

	@ParameterizedTest
	@ValueSource(strings = { "products", "products?name=eq.P1", "products?sku=eq.P1&name=eq.x", "products?sku=neq.P1",
			"products?sku=in.(P1)", "products?sku=eq(any).{P1}", "products?or=(sku.eq.P1,sku.eq.P2)",
			"products?sku=not.eq.P1", "products?sku=eq.P1&sku=eq.P1", "counters?region=eq.north", "notes?note=eq.x" })
	void putNamesOneRowByItsWholeKey(String path) {
		HttpResponse<String> refused = send("PUT", path.replace("{", "%7B").replace("}", "%7D"), "{\"sku\":\"P1\"}");
		assertThat(refused.statusCode()).isEqualTo(405);
		assertThat(code(refused)).isEqualTo("PGRST105");
	}

	@Test
	void putRefusesPagesAndOtherKeys() {
		assertThat(code(send("PUT", "products?sku=eq.P1&limit=1", "{\"sku\":\"P1\"}"))).isEqualTo("PGRST114");
		assertThat(code(send("PUT", "products?sku=eq.P1&offset=1", "{\"sku\":\"P1\"}"))).isEqualTo("PGRST114");
		assertThat(code(send("PUT", "products?sku=eq.P1", "{\"sku\":\"P2\"}"))).isEqualTo("PGRST115");
		assertThat(code(send("PUT", "products?sku=eq.P1", "{\"name\":\"P2\"}"))).isEqualTo("PGRST115");
		assertThat(code(send("PUT", "products?sku=eq.P1", "[{\"sku\":\"P1\"},{\"sku\":\"P2\"}]")))
			.isEqualTo("PGRST115");
		assertThat(prices()).hasSize(2);
	}

	@Test
	void putOverwritesOnlyTheVersionItExpects() {
		String version = send("GET", "products?sku=eq.CL2031", "", "Accept", "application/vnd.pgrst.object+json")
			.headers()
			.firstValue("ETag")
			.orElseThrow();
		assertThat(send("PUT", "products?sku=eq.CL2031", "{\"sku\":\"CL2031\",\"price\":1}", "If-Match", version)
			.statusCode()).isEqualTo(204);
		HttpResponse<String> late = send("PUT", "products?sku=eq.CL2031", "{\"sku\":\"CL2031\",\"price\":2}",
				"If-Match", version);
		assertThat(late.statusCode()).isEqualTo(412);
		assertThat(JsonMapper.shared().readTree(late.body()).path("current").path("price").asInt()).isEqualTo(1);
		assertThat(send("PUT", "products?sku=eq.CL2031", "{\"sku\":\"CL2031\",\"price\":1}", "If-Match", "\"")
			.statusCode()).isEqualTo(412);
		HttpResponse<String> gone = send("PUT", "products?sku=eq.GONE", "{\"sku\":\"GONE\"}", "If-Match", version);
		assertThat(gone.statusCode()).isEqualTo(412);
		assertThat(JsonMapper.shared().readTree(gone.body()).path("current").isNull()).isTrue();
		assertThat(prices()).hasSize(2);
	}

	@Test
	void formsAreRows() {
		HttpResponse<String> answer = send("POST", "notes", "note=John+Doe%26Co&tags=%7Ba,b%7D&seen=2024-02-29",
				"Content-Type", "application/x-www-form-urlencoded", "Prefer", "return=representation");
		assertThat(answer.body())
			.isEqualTo("[{\"note\":\"John Doe&Co\",\"tags\":[\"a\",\"b\"],\"seen\":\"2024-02-29\"}]");
		HttpResponse<String> json = send("POST", "notes", "{\"note\": \"a=b\"}", "Content-Type",
				"application/x-www-form-urlencoded");
		assertThat(json.statusCode()).isEqualTo(400);
		assertThat(json.body()).contains("PGRST102", "Content-Type: application/json");
		assertThat(code(send("POST", "notes", "note=%", "Content-Type", "application/x-www-form-urlencoded")))
			.isEqualTo("PGRST100");
	}

	@Test
	void commaSeparatedValuesAreRows() {
		HttpResponse<String> answer = send("POST", "notes",
				"note,tags,seen\r\n\"a \"\"b\"\",\nc\",{x},NULL\r\n,NULL,2024-02-29\n\"NULL\",{},NULL", "Content-Type",
				"text/csv", "Prefer", "return=representation");
		assertThat(answer.body()).isEqualTo("[{\"note\":\"a \\\"b\\\",\\nc\",\"tags\":[\"x\"],\"seen\":null},"
				+ "{\"note\":\"\",\"tags\":null,\"seen\":\"2024-02-29\"},"
				+ "{\"note\":\"NULL\",\"tags\":[],\"seen\":null}]");
		assertThat(send("POST", "products?on_conflict=sku", "sku,price\nCL2031,99\n", "Content-Type", "text/csv",
				"Prefer", "resolution=merge-duplicates")
			.statusCode()).isEqualTo(200);
		assertThat(prices()).contains(99);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "note,seen\na", "note,note\na,b", ",\na,b", "note\n\"a", "note\n\"a\"b", "note,NULL\na,b" })
	void brokenCommaSeparatedValuesAreRefused(String body) {
		HttpResponse<String> refused = send("POST", "notes", body, "Content-Type", "text/csv");
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(code(refused)).isEqualTo("PGRST102");
	}

	@Test
	void otherBodiesAreRefused() {
		HttpResponse<String> refused = send("POST", "notes", "<note/>", "Content-Type", "text/xml");
		assertThat(refused.statusCode()).isEqualTo(415);
		assertThat(code(refused)).isEqualTo("PGRST102");
	}

	@Test
	void functionsTakeForms() {
		assertThat(send("POST", "rpc/due", "id=11", "Content-Type", "application/x-www-form-urlencoded").body())
			.isEqualTo("\"2024-03-01T12:00:00+00:00\"");
	}

	@Test
	void allowedMethodsTellWhereRowsCanBeReplaced() {
		assertThat(send("OPTIONS", "products", "").headers().firstValue("Allow"))
			.contains("OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE");
		assertThat(send("OPTIONS", "notes", "").headers().firstValue("Allow"))
			.contains("OPTIONS,GET,HEAD,POST,PATCH,DELETE");
	}

	private static List<Integer> prices() {
		return database.jdbc().sql("SELECT price FROM products ORDER BY price").query(Integer.class).list();
	}

	private static HttpResponse<String> send(String method, String path, String body, String... headers) {
		List<String> all = new ArrayList<>(List.of("Authorization", HostApplication.basic("admin")));
		all.addAll(List.of(headers));
		if (!body.isEmpty() && !all.contains("Content-Type")) {
			all.addAll(List.of("Content-Type", "application/json"));
		}
		return host.send(method, "/admin/api/rest/" + path.replace("\"", "%22"), body, all.toArray(String[]::new));
	}

	private static String code(HttpResponse<String> answer) {
		return JsonMapper.shared().readTree(answer.body()).path("code").asString();
	}

	private static String applied(HttpResponse<String> answer) {
		return answer.headers().firstValue("Preference-Applied").orElse("");
	}

}
