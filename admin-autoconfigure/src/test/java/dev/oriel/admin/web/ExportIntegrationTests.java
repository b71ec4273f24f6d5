package dev.oriel.admin.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.testing.PostgresDatabase;
import dev.oriel.admin.transfer.format.CsvReader;
import dev.oriel.admin.transfer.format.FormatLimits;
import dev.oriel.admin.transfer.format.InputRecord;
import dev.oriel.admin.transfer.format.RecordReader;
import dev.oriel.admin.transfer.format.SourceOptions;
import dev.oriel.admin.transfer.format.UnguardedReader;
import dev.oriel.admin.transfer.format.XlsxReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for rows that leave as files.
 */
class ExportIntegrationTests {

	private static final String MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	static HostApplication host;

	@TempDir
	Path folder;

	@BeforeAll
	static void start() {
		database.execute(
				"""
						CREATE TABLE customer (id int PRIMARY KEY, name text);
						INSERT INTO customer VALUES (1, 'Ada'), (2, '=Bob');
						CREATE TABLE invoice (
							id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer int REFERENCES customer, owner text,
							secret text, amount numeric, paid boolean, due date, sent timestamptz, note text, tags text[],
							format text, doubled numeric GENERATED ALWAYS AS (amount * 2) STORED, raw json);
						INSERT INTO invoice (customer, owner, secret, amount, paid, due, sent, note, tags, format, raw)
						VALUES (1, 'me', 's3cret', 1.50, true, '2024-05-06', '2024-05-06 12:34:56+02', '=1+1', '{a,"b c"}', 'x', '1'),
							(2, 'me', 's3cret', 12345678901234567890.1, false, '0044-03-15 BC', null, E'it''s "x", a\\\\b\\n', '{}',
							'y', E'{\\n "a": 1}'),
							(null, 'me', null, null, null, null, 'infinity', '', null, 'x', null),
							(1, 'you', 's3cret', 4, true, '2024-05-06', null, 'hidden row', null, 'x', null);
						CREATE TABLE "Ünïcode ""name\""\" (n int);
						CREATE VIEW endless AS SELECT a.n, repeat('x', 1000) AS t FROM generate_series(1, 100000) a(n), generate_series(1, 100000) b;
						CREATE VIEW broken AS SELECT n, 1 / (150000 - n) AS x FROM generate_series(1, 200000) n;
						CREATE VIEW broken_at_once AS SELECT 1 / 0 AS x;
						CREATE TABLE many AS SELECT n, 'row ' || n AS t FROM generate_series(1, 5000) n""");
		host = HostApplication.start(database, Host.class, "oriel.max-rows=100");
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@Test
	void csvIsSafeToOpen() {
		HttpResponse<String> answer = export("invoice?select=id,amount,note,customer(name)&order=id");
		assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
		assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow()).matches(
				"attachment; filename=\"invoice-\\d{4}-\\d\\d-\\d\\d\\.csv\"; filename\\*=UTF-8''invoice-.*\\.csv");
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		assertThat(answer.body()).isEqualTo("""
				id,amount,note,customer
				1,1.50,'=1+1,"{""name"":""Ada""}"
				2,12345678901234567890.1,"it's ""x"", a\\b
				","{""name"":""=Bob""}"
				3,,"",
				""");
	}

	@Test
	void csvCanBeExact() {
		HttpResponse<String> answer = export("invoice?select=note&id=eq.1&format=csv&formulas=plain");
		assertThat(answer.body()).isEqualTo("note\n=1+1\n");
	}

	@Test
	void jsonIsWhatReadsAnswer() {
		String query = "invoice?select=*,customer(name)&order=id";
		String read = host.send("GET", "/admin/api/rest/" + query, "Authorization", HostApplication.basic("admin"))
			.body();
		assertThat(Json.MAPPER.readTree(export(query + "&format=json").body())).isEqualTo(Json.MAPPER.readTree(read));
		HttpResponse<String> lines = export(query + "&format=ndjson");
		assertThat(lines.headers().firstValue("Content-Type")).contains("application/x-ndjson");
		assertThat(lines.body().lines()).hasSize(3);
		assertThat(Json.MAPPER.readTree("[" + String.join(",", lines.body().lines().toList()) + "]"))
			.isEqualTo(Json.MAPPER.readTree(read));
		assertThat(lines.body()).contains("\"amount\":12345678901234567890.1");
	}

	@Test
	void emptyResultsAreFilesToo() {
		assertThat(export("invoice?id=eq.0&format=json").body()).isEqualTo("[]\n");
		assertThat(export("invoice?id=eq.0&format=ndjson").body()).isEmpty();
		assertThat(export("invoice?id=eq.0&select=id,note").body()).isEqualTo("id,note\n");
		assertThat(export("invoice?id=eq.0&format=sql").body()).isEqualTo("SET client_encoding = 'UTF8';\n");
	}

	@Test
	void workbookHoldsTheRows() throws Exception {
		List<InputRecord> rows = workbook("/admin/api/export/invoice?order=id&format=xlsx"
				+ "&select=id,amount,paid,due,sent,note,tags,customer(name)&timezone=Europe/Berlin", "*/*");
		assertThat(rows.stream().map((row) -> ((InputRecord.Fields) row).values())).containsExactly(
				Arrays.asList("1", "1.50", "true", "2024-05-06", "2024-05-06 12:34:56", "=1+1", "{a,\"b c\"}",
						"{\"name\":\"Ada\"}"),
				Arrays.asList("2", "12345678901234567890.1", "false", "0044-03-15 BC", null, "it's \"x\", a\\b\n", "{}",
						"{\"name\":\"=Bob\"}"),
				Arrays.asList("3", null, null, null, "infinity", "", null, null));
	}

	@Test
	void statementsRestoreTheRows() {
		String sql = export("invoice?order=id&format=sql").body();
		assertThat(sql).contains("INSERT INTO \"public\".\"invoice\"", "OVERRIDING SYSTEM VALUE")
			.doesNotContain("doubled", "secret");
		String rows = "SELECT json_agg(to_json(i) ORDER BY id)::text FROM %s i";
		database.execute("CREATE TABLE kept AS SELECT * FROM invoice WHERE owner = 'me'; "
				+ "UPDATE kept SET secret = NULL; DELETE FROM invoice WHERE owner = 'me'");
		database.execute(sql);
		String restored = database.jdbc()
			.sql(rows.formatted("(SELECT * FROM invoice WHERE owner = 'me')"))
			.query(String.class)
			.single();
		String kept = database.jdbc().sql(rows.formatted("kept")).query(String.class).single();
		database.execute("UPDATE invoice SET secret = 's3cret' WHERE id < 3; DROP TABLE kept");
		assertThat(restored).isEqualTo(kept);
	}

	@Test
	void statementsHoldNothingButColumns() {
		assertThat(export("invoice?select=id,customer(name)&format=sql", 400).body())
			.contains("SQL can only hold columns of the relation itself, which 'customer' is not");
		assertThat(export("invoice?select=doubled&format=sql", 400).body())
			.contains("There is no column that could be inserted");
	}

	@Test
	void whatIsHiddenStaysHidden() throws Exception {
		for (String format : List.of("csv", "ndjson", "json", "sql")) {
			assertThat(export("invoice?format=" + format).body()).doesNotContain("s3cret", "secret", "hidden row");
			assertThat(export("invoice?select=secret&format=" + format, 400).body()).contains("42703");
			assertThat(export("invoice?secret=eq.s3cret&format=" + format, 400).body()).contains("42703");
			assertThat(export("invoice?order=secret&format=" + format, 400).body()).contains("42703");
		}
		assertThat(workbook("/admin/api/export/invoice?format=xlsx", "*/*").toString()).doesNotContain("s3cret",
				"hidden");
		assertThat(export("hidden?format=csv", 404).body()).contains("PGRST205");
	}

	@Test
	void optionsAreToldFromFilters() {
		assertThat(export("invoice?select=id&format=eq.x&format=csv").body()).isEqualTo("id\n1\n3\n");
		assertThat(export("invoice?select=id&format=eq.y").body()).isEqualTo("id\n2\n");
		assertThat(export("invoice?select=id&format=in.(x,y)&id=lt.2&format=ndjson").body()).isEqualTo("{\"id\":1}\n");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', quoteCharacter = '`',
			value = { "format=xls~There is no format 'xls'~One of csv, ndjson, json, xlsx, sql.",
					"values=pretty~'values' cannot be 'pretty'~One of raw, formatted.",
					"formulas=on~'formulas' cannot be 'on'~One of guarded, plain.",
					"job=7~'job' is no UUID: '7'~Make one up",
					"timezone=Europe/Nowhere~There is no time zone 'Europe/Nowhere'~Europe/Berlin",
					"format=json&values=formatted~Values are always raw in JSON~Leave 'values' out",
					"format=csv&format=json~'format' is there twice~Say it once" })
	void unknownOptionsAreRefused(String options, String message, String hint) {
		assertThat(export("invoice?" + options, 400).body()).contains(message, hint);
	}

	@ParameterizedTest
	@ValueSource(strings = { "csv", "ndjson", "json", "sql", "xlsx" })
	void rowsAreNotCapped(String format) throws Exception {
		if (format.equals("xlsx")) {
			assertThat(workbook("/admin/api/export/many?format=xlsx", "*/*")).hasSize(5000);
			return;
		}
		assertThat(export("many?format=" + format).body().lines().count()).isGreaterThanOrEqualTo(5000);
		assertThat(export("many?limit=2&format=" + format).body().lines().count()).isBetween(2L, 4L);
	}

	@Test
	void namesOfFilesAreSafe() {
		assertThat(ExportHandler.attachment("Ünï/co\"de\r\n.csv"))
			.isEqualTo("attachment; filename=\"_n__co_de__.csv\"; filename*=UTF-8''%C3%9Cn%C3%AF_co_de__.csv");
		assertThat(ExportHandler.attachment("../x")).startsWith("attachment; filename=\"__x\"");
		HttpResponse<String> answer = export("%C3%9Cn%C3%AFcode%20%22name%22");
		assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
			.startsWith("attachment; filename=\"_n_code _name_-20");
	}

	@Test
	void problemsBeforeTheFirstRowAreAnswered() {
		for (String format : List.of("csv", "ndjson", "json", "sql", "xlsx")) {
			HttpResponse<String> answer = export("broken_at_once?format=" + format, 400);
			assertThat(answer.body()).contains("22012");
			assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "csv", "ndjson", "json", "xlsx" })
	void exportThatBreaksOffDoesNotLookLikeAWholeOne(String format) {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> bytes("/admin/api/export/broken?format=" + format, "*/*"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "csv", "ndjson", "xlsx" })
	void statementEndsWithItsClient(String format) throws IOException {
		Socket client = ask("endless?format=" + format);
		assertThat(client.getInputStream().readNBytes(10_000)).hasSize(10_000);
		assertThat(copies()).isOne();
		client.close();
		await().until(() -> copies() == 0);
	}

	@Test
	void readsAnswerLinesAndWorkbooks() throws Exception {
		byte[] lines = bytes("/admin/api/rest/many?order=n", "application/x-ndjson");
		assertThat(new String(lines, StandardCharsets.UTF_8).lines()).hasSize(5000)
			.startsWith("{\"n\":1,\"t\":\"row 1\"}");
		assertThat(workbook("/admin/api/rest/many?order=n", MEDIA_TYPE)).hasSize(5000);
		HttpResponse<String> counted = host.send("GET", "/admin/api/rest/many?limit=2", "Authorization",
				HostApplication.basic("admin"), "Accept", "application/x-ndjson", "Prefer", "count=exact");
		assertThat(counted.headers().firstValue("Content-Range")).contains("0-1/5000");
		assertThat(counted.body().lines()).hasSize(2);
		HttpResponse<String> written = host.send("POST", "/admin/api/rest/many", "{\"n\": 0}",
				new String[] { "Authorization", HostApplication.basic("admin"), "Accept", MEDIA_TYPE, "Content-Type",
						"application/json" });
		assertThat(written.statusCode()).isEqualTo(406);
	}

	@Test
	void headersComeAlone() {
		HttpResponse<String> answer = host.send("HEAD", "/admin/api/export/endless?format=csv", "Authorization",
				HostApplication.basic("admin"));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Content-Disposition")).isPresent();
	}

	@Test
	void nobodyElseMayExport() {
		assertThat(host.send("GET", "/admin/api/export/many").statusCode()).isEqualTo(401);
		assertThat(host.send("GET", "/admin/api/export/many", "Authorization", HostApplication.basic("viewer"))
			.statusCode()).isEqualTo(403);
		assertThat(host.send("DELETE", "/admin/api/export/many", "Authorization", HostApplication.basic("admin"))
			.statusCode()).isEqualTo(405);
	}

	@Test
	void guardedTextsComeBack() throws IOException {
		InputStream in = new ByteArrayInputStream(
				export("invoice?select=id,note&order=id").body().getBytes(StandardCharsets.UTF_8));
		RecordReader reader = new UnguardedReader(new CsvReader(in, SourceOptions.DETECTED, FormatLimits.DEFAULTS));
		assertThat(reader.next()).isEqualTo(new InputRecord.Fields(2, List.of("1", "=1+1")));
		assertThat(reader.next()).isEqualTo(new InputRecord.Fields(3, List.of("2", "it's \"x\", a\\b\n")));
	}

	private List<InputRecord> workbook(String path, String accept) throws Exception {
		Path file = Files.write(this.folder.resolve("export.xlsx"), bytes(path, accept));
		List<InputRecord> rows = new ArrayList<>();
		try (RecordReader reader = XlsxReader.open(file, SourceOptions.DETECTED, FormatLimits.DEFAULTS)) {
			for (InputRecord row = reader.next(); row != null; row = reader.next()) {
				rows.add(row);
			}
		}
		return rows;
	}

	private static byte[] bytes(String path, String accept) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(host.origin() + path))
			.version(HttpClient.Version.HTTP_1_1)
			.header("Authorization", HostApplication.basic("admin"))
			.header("Accept", accept)
			.build();
		HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
		assertThat(answer.statusCode()).isEqualTo(200);
		return answer.body();
	}

	private static HttpResponse<String> export(String path) {
		return export(path, 200);
	}

	private static HttpResponse<String> export(String path, int status) {
		HttpResponse<String> answer = host.send("GET", "/admin/api/export/" + path, "Authorization",
				HostApplication.basic("admin"));
		assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(status);
		return answer;
	}

	private static Socket ask(String path) throws IOException {
		int port = URI.create(host.origin()).getPort();
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
		socket.getOutputStream()
			.write(("GET /admin/api/export/" + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nAuthorization: "
					+ HostApplication.basic("admin") + "\r\nConnection: close\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	private static long copies() {
		return database.jdbc()
			.sql("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'COPY%' "
					+ "AND datname = current_database()")
			.query(Long.class)
			.single();
	}

	/**
	 * An application that hides a relation, a column and other people's rows.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(HostSecurity.Own.class)
	static class Host {

		@Bean
		AccessPolicy policy() {
			return (caller, relation) -> {
				Set<String> columns = new LinkedHashSet<>(relation.columnsByName().keySet());
				columns.remove("secret");
				Filter rows = columns.contains("owner") ? Filter.Comparison.of("owner", Operator.EQ, "me")
						: Filter.NONE;
				return new RelationAccess(Set.of(Operation.values()), columns, columns, columns, rows);
			};
		}

	}

}
