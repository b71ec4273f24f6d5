package dev.oriel.admin.web;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;

import dev.oriel.admin.autoconfigure.HostApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for rows that leave as files: who may have which, and how an export ends.
 */
class ExportIntegrationTests extends ExportFixture {

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
		Socket client = host.open("admin", "/admin/api/export/endless?format=" + format);
		assertThat(client.getInputStream().readNBytes(10_000)).hasSize(10_000);
		assertThat(database.copies()).isOne();
		client.close();
		await().until(() -> database.copies() == 0);
	}

	@Test
	void jobTellsHowFarItIsAndCanBeCancelled() throws Exception {
		String id = UUID.randomUUID().toString();
		assertThat(export("many?format=csv&limit=3000&job=" + id).body().lines()).hasSize(3001);
		await().untilAsserted(() -> assertThat(job(id)).contains("\"state\":\"done\"", "\"kind\":\"export\"",
				"\"written\":3000", "\"total\":{\"value\":3000,\"exact\":true}"));
		assertThat(export("many?job=" + id, 409).body()).contains("There is a job with this id");
		String endless = UUID.randomUUID().toString();
		try (Socket client = host.open("admin", "/admin/api/export/endless?format=csv&job=" + endless)) {
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
		await().until(() -> database.copies() == 0);
		String failed = UUID.randomUUID().toString();
		export("broken_at_once?job=" + failed, 400);
		assertThat(job(failed)).contains("\"state\":\"failed\"", "22012");
	}

	@Test
	void jobEndsWithItsClient() throws IOException {
		String id = UUID.randomUUID().toString();
		Socket client = host.open("admin", "/admin/api/export/endless?format=csv&job=" + id);
		assertThat(client.getInputStream().readNBytes(10_000)).hasSize(10_000);
		client.close();
		await().untilAsserted(() -> assertThat(job(id)).contains("\"state\":\"cancelled\""));
		await().until(() -> database.copies() == 0);
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

}
