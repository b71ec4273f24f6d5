package dev.oriel.admin.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import java.util.UUID;
import java.util.zip.ZipFile;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.testing.PostgresDatabase;
import dev.oriel.admin.transfer.format.FileFormat;
import dev.oriel.admin.transfer.format.FormatLimits;
import dev.oriel.admin.transfer.format.InputRecord;
import dev.oriel.admin.transfer.format.RecordReader;
import dev.oriel.admin.transfer.format.RecordReaders;
import dev.oriel.admin.transfer.format.SourceOptions;
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
										CREATE TABLE formulas (id int PRIMARY KEY, t text NOT NULL);
						INSERT INTO formulas VALUES (1, '=1+1'), (2, E'\\t@x'), (3, E'\\'=1'), (4, '-5'), (5, ' "=1'), (6, 'plain'), (7, '''''''');
						CREATE TABLE copied (LIKE formulas);
						CREATE DOMAIN numeric_domain AS numeric;
								CREATE TYPE mood AS ENUM ('a "b"');
								CREATE TYPE composite AS (a int, b text);
								CREATE TABLE priced (id int PRIMARY KEY, price numeric(30, 2), share numeric(5, 3), due date, paid boolean);
								INSERT INTO priced VALUES (1, 1234.50, 0.125, '2024-05-06', true), (2, -1000000000000000000.10, null, null, false);
								CREATE TABLE many AS SELECT n, 'row ' || n AS t FROM generate_series(1, 5000) n""");
		host = HostApplication.start(database, Host.class, "oriel.max-rows=100",
				"oriel.tables.public.priced.columns.price.label=Preis",
				"oriel.tables.public.priced.columns.price.format=currency",
				"oriel.tables.public.priced.columns.price.options.currency=EUR",
				"oriel.tables.public.priced.columns.share.label=Anteil",
				"oriel.tables.public.priced.columns.share.format=percent",
				"oriel.tables.public.priced.columns.due.label=Faellig",
				"oriel.tables.public.priced.columns.due.options.style=medium",
				"oriel.tables.public.priced.columns.paid.label=Bezahlt");
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
	void jsonOfEveryTypeIsWhatPostgresqlMakesOfIt() {
		String types = "int2,int4,int8,oid,numeric,float4,float8,bool,text,varchar,bpchar,name,uuid,date,json,jsonb,"
				+ "timestamp,timestamptz,time,timetz,interval,bytea,inet,money,xml,int4range,point,bit,tsvector,_text,_int4,"
				+ "numeric_domain,mood,composite";
		String values = "'1','-2','3','4','1.50','1.5e10','-1e-7','t',E'a\"\\\\\\n\\x01\\x1f\\x7f€','v','b','n',"
				+ "'00000000-0000-0000-0000-000000000001','0044-03-15 BC',E'{\"a\" :\\n 1.0}','{\"a\":1.0}','infinity',"
				+ "'2024-05-06 12:34:56.789+02','12:34','12:34+02','1 day -2:00','\\x00ff','10.0.0.1','1','<a/>','[1,3)',"
				+ "'(1,2)','1','a b','{a,\"b c\",NULL}','[2:3]={1,2}','NaN','a \"b\"','(1,x)'";
		StringBuilder columns = new StringBuilder();
		for (String type : types.split(",")) {
			columns.append(columns.isEmpty() ? "" : ", ").append("c_").append(type).append(' ').append(type);
		}
		database.execute("CREATE TABLE typed (" + columns + ")");
		database.execute("INSERT INTO typed VALUES (" + values + ")");
		database.execute("INSERT INTO typed (c_float4, c_float8, c_date) VALUES ('Infinity', 'NaN', '-infinity')");
		await().until(() -> host.send("GET", "/admin/api/rest/typed", "Authorization", HostApplication.basic("admin"))
			.statusCode() == 200);
		String exported = export("typed?format=ndjson").body();
		String read = host
			.send("GET", "/admin/api/rest/typed", "Authorization", HostApplication.basic("admin"), "Accept",
					"application/x-ndjson", "Prefer", "count=exact")
			.body();
		assertThat(read.lines()).hasSize(2);
		assertThat(exported).isEqualTo(read);
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
	void valuesCanBeThoseOfThePage() throws Exception {
		assertThat(export("priced?values=formatted&locale=de-DE&order=id").body()).isEqualTo("""
				Id,Preis,Anteil,Faellig,Bezahlt
				1,"1.234,50~€","12,5~%",06.05.2024,true
				2,"-1.000.000.000.000.000.000,10~€",,,false
				""".replace('~', '\u00A0'));
		assertThat(export("priced?values=formatted&locale=en&select=id,p:price,sum:price.sum()&id=eq.1").body())
			.isEqualTo("Id,p,sum\n1,\"€1,234.50\",1234.50\n");
		assertThat(export("priced?values=formatted&locale=1", 400).body()).contains("There is no language '1'");
		List<InputRecord> rows = workbook("/admin/api/export/priced?values=formatted&format=xlsx&locale=de-DE&order=id",
				"*/*");
		assertThat(((InputRecord.Fields) rows.get(0)).values()).containsExactly("1", "1234.50", "0.125", "2024-05-06",
				"true");
		try (ZipFile zip = new ZipFile(this.folder.resolve("export.xlsx").toFile())) {
			String styles = new String(zip.getInputStream(zip.getEntry("xl/styles.xml")).readAllBytes(),
					StandardCharsets.UTF_8);
			assertThat(styles).contains("#,##0.00\\ &quot;€&quot;", "#,##0.0%", "dd\\.mm\\.yyyy");
		}
	}

	@Test
	void columnsAreThoseThatTheUserHasChosen() {
		String settings = "{\"columns\":[{\"name\":\"price\",\"format\":\"number\",\"options\":{\"decimals\":\"0\"}},"
				+ "{\"name\":\"id\"},{\"name\":\"share\",\"hidden\":true},{\"name\":\"due\",\"hidden\":true},"
				+ "{\"name\":\"gone\"}]}";
		String[] headers = { "Authorization", HostApplication.basic("support"), "Content-Type", "application/json" };
		assertThat(host.send("PUT", "/admin/api/settings/public/priced", settings, headers).statusCode())
			.isEqualTo(204);
		HttpResponse<String> own = host.send("GET", "/admin/api/export/priced?values=formatted&id=eq.1", headers);
		assertThat(own.body()).isEqualTo("Preis,Id,Bezahlt\n\"1,235\",1,true\n");
		assertThat(export("priced?values=formatted&locale=en&id=eq.1").body()).startsWith("Id,Preis,Anteil");
	}

	@Test
	void jobTellsHowFarItIsAndCanBeCancelled() throws Exception {
		String id = UUID.randomUUID().toString();
		assertThat(export("many?format=csv&limit=3000&job=" + id).body().lines()).hasSize(3001);
		await().untilAsserted(() -> assertThat(job(id)).contains("\"state\":\"done\"", "\"kind\":\"export\"",
				"\"written\":3000", "\"total\":{\"value\":3000,\"exact\":true}"));
		assertThat(export("many?job=" + id, 409).body()).contains("There is a job with this id");
		String endless = UUID.randomUUID().toString();
		try (Socket client = ask("endless?format=csv&job=" + endless)) {
			assertThat(client.getInputStream().readNBytes(10_000)).hasSize(10_000);
			assertThat(job(endless)).contains("\"state\":\"running\"", "\"phase\":\"writing\"");
			assertThat(host.send("GET", "/admin/api/jobs/" + endless, "Authorization", HostApplication.basic("support"))
				.statusCode()).isEqualTo(404);
			HttpResponse<String> cancelled = host.send("DELETE", "/admin/api/jobs/" + endless, "Authorization",
					HostApplication.basic("admin"));
			assertThat(cancelled.statusCode()).isEqualTo(200);
			drain(client);
			await().untilAsserted(() -> assertThat(job(endless)).contains("\"state\":\"cancelled\""));
		}
		await().until(() -> copies() == 0);
		String failed = UUID.randomUUID().toString();
		export("broken_at_once?job=" + failed, 400);
		assertThat(job(failed)).contains("\"state\":\"failed\"", "22012");
	}

	@Test
	void jobEndsWithItsClient() throws IOException {
		String id = UUID.randomUUID().toString();
		Socket client = ask("endless?format=csv&job=" + id);
		assertThat(client.getInputStream().readNBytes(10_000)).hasSize(10_000);
		client.close();
		await().untilAsserted(() -> assertThat(job(id)).contains("\"state\":\"cancelled\""));
		await().until(() -> copies() == 0);
	}

	/**
	 * Read what is still on its way, until the connection breaks off.
	 */
	private static void drain(Socket client) {
		try {
			client.getInputStream().transferTo(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			assertThat(ex).hasMessageContaining("reset");
		}
	}

	private static String job(String id) {
		return host.send("GET", "/admin/api/jobs/" + id, "Authorization", HostApplication.basic("admin")).body();
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
		RecordReader reader = RecordReaders.open(FileFormat.CSV, in,
				new SourceOptions(null, null, '"', null, null, true), FormatLimits.DEFAULTS);
		assertThat(reader.next()).isEqualTo(new InputRecord.Fields(2, List.of("1", "=1+1")));
		assertThat(reader.next()).isEqualTo(new InputRecord.Fields(3, List.of("2", "it's \"x\", a\\b\n")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "guarded", "plain" })
	void importsUnderstandBothKindsOfCsv(String formulas) {
		database.execute("TRUNCATE copied");
		String csv = export("formulas?order=id&formulas=" + formulas).body();
		HttpResponse<String> imported = host.send("POST", "/admin/api/import/copied?formulas=" + formulas, csv,
				new String[] { "Authorization", HostApplication.basic("admin"), "Content-Type", "text/csv" });
		assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);
		assertThat(database.jdbc()
			.sql("SELECT count(*) FROM formulas FULL JOIN copied USING (id, t) WHERE formulas.id IS NULL OR copied.id IS NULL")
			.query(Long.class)
			.single()).isZero();
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
