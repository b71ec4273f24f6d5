package dev.oriel.admin.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipFile;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.transfer.format.FileFormat;
import dev.oriel.admin.transfer.format.FormatLimits;
import dev.oriel.admin.transfer.format.InputRecord;
import dev.oriel.admin.transfer.format.RecordReader;
import dev.oriel.admin.transfer.format.RecordReaders;
import dev.oriel.admin.transfer.format.SourceOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for rows that leave as files: what each format makes of them.
 */
class ExportFormatsIntegrationTests extends ExportFixture {

	private static final String MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

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

}
