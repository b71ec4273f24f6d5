package dev.oriel.admin.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies that hold what cannot be written are refused with what is wrong, and leave the
 * database as it was; what looks odd but can be written comes back exactly.
 */
class BadBodiesIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	static HostApplication host;

	@BeforeAll
	static void start() {
		database.execute("CREATE TABLE thing (id int PRIMARY KEY, t text, n numeric, d double precision, b bigint, "
				+ "j json, jb jsonb, a int[], made int GENERATED ALWAYS AS (id * 2) STORED)");
		host = HostApplication.start(database, HostSecurity.Own.class);
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@BeforeEach
	void clear() {
		database.execute("TRUNCATE thing; INSERT INTO thing (id, t) VALUES (0, 'there before')");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
			{"id":1,"n":"abc"}                  | 400 | 22P02    | n
			{"id":1,"n":{"a":1}}                | 400 | 22P02    | n
			{"id":1,"b":1.5}                    | 400 | 22P02    | b
			{"id":1,"b":9223372036854775808}    | 400 | 22003    | b
			{"id":1,"d":1e400}                  | 400 | 22003    | d
			{"id":1,"a":[1,"x"]}                | 400 | 22P02    | a
			{"id":1,"a":[[1],[2,3]]}            | 400 | 22P02    | a
			{"id":1,"a":{"a":1}}                | 400 | 22P02    | a
			{"id":true}                         | 400 | 22P02    | id
			{"id":1,"nothing":1}                | 400 | PGRST204 | nothing
			{"id":1,"T":"x"}                    | 400 | PGRST204 | T
			{"id":1,"made":2}                   | 400 | 428C9    | made
			{"id":1,"t":"\\u0000"}              | 400 | 22P05    | t
			{"id":1,"t":"\\ud800"}              | 400 | 22P05    | t
			{"id":1,"t":"\\ude00\\ud83d"}       | 400 | 22P05    | t
			{"id":1,"jb":{"a":"\\u0000"}}       | 400 | 22P05    | jb
			{"id":1,"jb":["\\ud800"]}           | 400 | 22P02    | jb
			{"id":1,"id":2}                     | 400 | PGRST102 | -
			{"id":1                             | 400 | PGRST102 | -
			[{"id":1},{"id":2                   | 400 | PGRST102 | -
			{"id":1,"t":"half                   | 400 | PGRST102 | -
			[{"id":1},                          | 400 | PGRST102 | -
			{"id":1}{"id":2}                    | 400 | PGRST102 | -
			{"id":1},                           | 400 | PGRST102 | -
			[1,2]                               | 400 | PGRST102 | -
			"text"                              | 400 | PGRST102 | -
			null                                | 400 | PGRST102 | -
			id,t                                | 400 | PGRST102 | -
			<row/>                              | 400 | PGRST102 | -
			{"id":0x1}                          | 400 | PGRST102 | -
			{"id":NaN}                          | 400 | PGRST102 | -
			{id:1}                              | 400 | PGRST102 | -
			""")
	void whatCannotBeWrittenIsRefused(String body, int status, String code, String column) throws Exception {
		assertRefused(post(body.getBytes(StandardCharsets.UTF_8), "application/json"), status, code, column);
	}

	@Test
	void filesOfAnotherKindAreRefused() throws Exception {
		assertRefused(post(workbook(), "application/json"), 400, "PGRST102", null);
		assertRefused(post(workbook(), "text/csv"), 400, "PGRST102", null);
		assertRefused(post(packed("[{\"id\":1}]"), "application/json"), 400, "PGRST102", null);
		assertRefused(post(packed("id,t\n1,x"), "text/csv"), 400, "PGRST102", null);
		assertRefused(post("{\"id\":1}".getBytes(StandardCharsets.UTF_16), "application/json"), 400, "PGRST102", null);
		assertRefused(post("{\"id\":1,\"t\":\"\u00fc\"}".getBytes(StandardCharsets.ISO_8859_1), "application/json"),
				400, "PGRST102", null);
		assertRefused(post(workbook(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), 415,
				"PGRST102", null);
		assertRefused(post(new byte[0], "application/json"), 400, "PGRST102", null);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
			id,t~1,x,y              | 400 | PGRST102 | -
			id,t~1                  | 400 | PGRST102 | -
			id,id~1,2               | 400 | PGRST102 | -
			id,~1,2                 | 400 | PGRST102 | -
			id,t~1,"half            | 400 | PGRST102 | -
			id,t~1,"a"b             | 400 | PGRST102 | -
			id,n~1,abc              | 400 | 22P02    | n
			id,n~1,                 | 400 | 22P02    | n
			id,nothing~1,x          | 400 | PGRST204 | nothing
			id,made~1,2             | 400 | 428C9    | made
			id,t~1,x~1,y            | 409 | 23505    | id
			""")
	void separatedValuesThatCannotBeWrittenAreRefused(String body, int status, String code, String column)
			throws Exception {
		assertRefused(post(body.replace('~', '\n').getBytes(StandardCharsets.UTF_8), "text/csv"), status, code, column);
		assertRefused(post("id,t\n1,a\u0000b".getBytes(StandardCharsets.UTF_8), "text/csv"), 400, "22P05", "t");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u200b", "a\u200bb", "\u200e\u202e", "\ufeffx", "\u00a0", " ", "\u0301", "e\u0301",
			"\ud83d\ude00\u200d\ud83d\udc69", "\u2028\u2029", "\u0085", "\ue000", "\uffff", "\ud835\udd38", "\u0001",
			"\u001f", "\u007f", "\t\r\n", "'; DROP TABLE thing; --", "\\\\x", "NULL", "{}", "" })
	void invisibleCharactersStay(String text) throws Exception {
		String json = JsonMapper.shared().writeValueAsString(text);
		HttpResponse<String> answer = post("{\"id\":1,\"t\":%s,\"j\":%s,\"jb\":{\"k\":%s}}".formatted(json, json, json)
			.getBytes(StandardCharsets.UTF_8), "application/json");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		JsonNode row = JsonMapper.shared().readTree(answer.body()).get(0);
		assertThat(row.path("t").asString()).isEqualTo(text);
		assertThat(row.path("j").asString()).isEqualTo(text);
		assertThat(row.path("jb").path("k").asString()).isEqualTo(text);
		assertThat(database.jdbc().sql("SELECT t FROM thing WHERE id = 1").query(String.class).single())
			.isEqualTo(text);
	}

	@Test
	void aMarkOfTheEncodingIsNoPartOfABody() throws Exception {
		assertThat(post("\ufeffid,t\n1,x".getBytes(StandardCharsets.UTF_8), "text/csv").statusCode()).isEqualTo(201);
		HttpResponse<String> json = post("\ufeff{\"id\":2}".getBytes(StandardCharsets.UTF_8), "application/json");
		assertThat(json.statusCode()).as(json.body()).isEqualTo(201);
	}

	@ParameterizedTest
	@ValueSource(strings = { "12345678901234567890.123456789012345678901234567890", "0.1", "1.10", "-0.00",
			"9007199254740993", "1000000000000000000000000000000000000000000" })
	void numbersKeepEveryDigit(String number) throws Exception {
		HttpResponse<String> answer = post(
				"{\"id\":1,\"n\":%s,\"j\":%s,\"jb\":{\"k\":%s}}".formatted(number, number, number)
					.getBytes(StandardCharsets.UTF_8),
				"application/json");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		String stored = number.equals("-0.00") ? "0.00" : number;
		assertThat(answer.body()).contains("\"n\":" + stored + ",")
			.contains("\"j\":" + number + ",")
			.contains("\"jb\":{\"k\": " + stored + "}");
	}

	private void assertRefused(HttpResponse<String> answer, int status, String code, String column) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		JsonNode problem = JsonMapper.shared().readTree(answer.body());
		assertThat(problem.path("code").asString()).as(answer.body()).isEqualTo(code);
		assertThat(problem.path("message").asString()).isNotBlank();
		assertThat(problem.path("column").asString(null)).as(answer.body()).isEqualTo(column);
		boolean helpful = column != null || problem.path("details").isString() || problem.path("hint").isString();
		assertThat(helpful).as(answer.body()).isTrue();
		assertThat(database.jdbc().sql("SELECT string_agg(t, ',') FROM thing").query(String.class).single())
			.isEqualTo("there before");
	}

	private static byte[] workbook() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
			zip.write("<workbook/>".getBytes(StandardCharsets.UTF_8));
		}
		return bytes.toByteArray();
	}

	private static byte[] packed(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.toByteArray();
	}

	private static HttpResponse<String> post(byte[] body, String type) throws Exception {
		return CLIENT.send(HttpRequest.newBuilder(URI.create(host.origin() + "/admin/api/rest/thing"))
			.header("Authorization", HostApplication.basic("admin"))
			.header("X-Requested-With", "XMLHttpRequest")
			.header("Content-Type", type)
			.header("Prefer", "return=representation")
			.POST(BodyPublishers.ofByteArray(body))
			.build(), BodyHandlers.ofString());
	}

}
