package dev.oriel.admin.web;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ImportHandler} and {@link JobHandler}, over real connections.
 */
class ImportHttpIntegrationTests {

	private static final String FILE = "id,note\n1,a\n2,b\nx,c\n";

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	@TempDir
	static Path directory;

	static HostApplication host;

	@BeforeAll
	static void start() {
		database.execute("CREATE TABLE thing (id int PRIMARY KEY, note text);"
				+ "CREATE TABLE slow (id int PRIMARY KEY, note text);"
				+ "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NEW; END';"
				+ "CREATE TRIGGER wait BEFORE INSERT ON slow FOR EACH ROW EXECUTE FUNCTION wait()");
		host = HostApplication.start(database, HostSecurity.Own.class, "oriel.import.directory=" + directory,
				"oriel.import.max-file-size=1MB", "oriel.live.enabled=false");
	}

	@AfterAll
	static void stop() throws IOException {
		host.close();
		assertThat(directory).isEmptyDirectory();
	}

	@BeforeEach
	void empty() {
		database.execute("TRUNCATE thing, slow");
	}

	@AfterEach
	void nothingRuns() {
		await().atMost(Duration.ofSeconds(30)).until(() -> running() == 0);
	}

	@Test
	void rowsAreImportedAndRejectedOnesCanBeHad() throws IOException {
		HttpResponse<String> answer = post("thing?on-rejected=skip", FILE);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		JsonNode job = Json.MAPPER.readTree(answer.body());
		assertThat(job.path("state").asString()).isEqualTo("done");
		assertThat(job.path("rows").toString())
			.isEqualTo("{\"read\":3,\"inserted\":2,\"updated\":0,\"unchanged\":0,\"rejected\":1}");
		assertThat(job.path("columns").toString()).isEqualTo("{\"id\":\"id\",\"note\":\"note\"}");
		assertThat(job.path("problems").size()).isOne();
		assertThat(job.path("problems").path(0).path("line").asLong()).isEqualTo(4);
		assertThat(job.path("problems").path(0).path("column").asString()).isEqualTo("id");
		assertThat(job.path("problems").path(0).path("code").asString()).isEqualTo("22P02");
		String rejected = URI.create("/admin/api/import/thing").resolve(job.path("rejected").asString()).getPath();
		HttpResponse<String> file = send("GET", rejected, "admin");
		assertThat(file.headers().firstValue("Content-Type")).hasValueSatisfying((type) -> type.startsWith("text/csv"));
		assertThat(file.headers().firstValue("Content-Disposition")).hasValue("attachment; filename=\"rejected.csv\"");
		assertThat(file.body()).startsWith("id,note,_line,_reason\nx,c,4,");
		assertPrivate();
		assertThat(send("GET", rejected, "support").statusCode()).isEqualTo(404);
		assertThat(send("GET", rejected.replace("/rejected", ""), "support").statusCode()).isEqualTo(404);
		assertThat(send("DELETE", rejected.replace("/rejected", ""), "support").statusCode()).isEqualTo(404);
		assertThat(send("GET", rejected.replace("/rejected", ""), "admin").body()).contains("\"state\":\"done\"");
		assertThat(rows("thing")).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			UTF-16     | text/csv                       | -
			UTF-16BE   | text/csv; charset=utf-16be     | -
			ISO-8859-1 | text/csv;charset=\"ISO-8859-1\" | -
			ISO-8859-1 | text/csv                       | encoding=ISO-8859-1
			UTF-8      | TEXT/CSV                       | -
			""")
	void encodingIsThatOfTheFileAndNotTheOneThatTheApplicationAssumes(String charset, String type, String query)
			throws Exception {
		byte[] file = "id,note\n1,Größe\n".getBytes(Charset.forName(charset));
		HttpRequest request = HttpRequest
			.newBuilder(URI.create(host.origin() + "/admin/api/import/thing" + ((query != null) ? "?" + query : "")))
			.header("Authorization", HostApplication.basic("admin"))
			.header("Content-Type", type)
			.POST(BodyPublishers.ofByteArray(file))
			.build();
		HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(database.jdbc().sql("SELECT note FROM thing").query(String.class).single()).isEqualTo("Größe");
	}

	@Test
	void formIsAskedForTheFileItself() {
		HttpResponse<String> answer = host.send("POST", "/admin/api/import/thing", "--x--", new String[] {
				"Authorization", HostApplication.basic("admin"), "Content-Type", "multipart/form-data;boundary=x" });
		assertThat(answer.statusCode()).isEqualTo(415);
		assertThat(answer.body()).contains("Send the file itself as the body", "text/csv").doesNotContain("UTF-8");
	}

	private static void assertPrivate() throws IOException {
		try (Stream<Path> own = Files.list(directory)) {
			List<Path> all = own.toList();
			assertThat(all).hasSize(1);
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(all.get(0)))).isEqualTo("rwx------");
			try (Stream<Path> files = Files.list(all.get(0))) {
				assertThat(files.filter((file) -> !file.endsWith("in-use"))).isNotEmpty()
					.allSatisfy((file) -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
						.isEqualTo("rw-------"));
			}
		}
	}

	@Test
	void whoDoesNotWaitIsToldWhereToLook() {
		HttpResponse<String> answer = post("thing", "id,note\n1,a\n", "Prefer", "respond-async");
		assertThat(answer.statusCode()).isEqualTo(202);
		assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("respond-async");
		String location = URI.create("/admin/api/import/thing")
			.resolve(answer.headers().firstValue("Location").orElseThrow())
			.getPath();
		await().until(() -> send("GET", location, "admin").body().contains("\"state\":\"done\""));
		assertThat(rows("thing")).isOne();
	}

	@Test
	void rejectedRowKeepsAllOut() {
		HttpResponse<String> answer = post("thing", FILE);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("\"state\":\"rejected\"", "\"inserted\":0", "\"rejected\":1");
		assertThat(rows("thing")).isZero();
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			thing?dry-run        | text/csv        | 400 | dry-run
			thing?dryrun=true    | text/csv        | 400 | dryrun
			thing?mode=replace   | text/csv        | 400 | mode
			thing?job=1          | text/csv        | 400 | job
			thing?key=id         | text/csv        | 400 | key
			thing?batch=0        | text/csv        | 400 | batch
			thing?dates=31.12.   | text/csv        | 400 | 31.12.
			thing?map=id         | text/csv        | 400 | map
			nothing              | text/csv        | 404 | nothing
			thing                | text/plain      | 415 | text/csv
			thing                | application/json | 400 | array
			thing                | application/vnd.openxmlformats-officedocument.spreadsheetml.sheet | 400 | workbook
			""")
	void whatIsWrongIsTold(String path, String type, int status, String told) {
		HttpResponse<String> answer = host.send("POST", "/admin/api/import/" + path, FILE,
				new String[] { "Authorization", HostApplication.basic("admin"), "Content-Type", type });
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(answer.body()).contains(told);
	}

	@Test
	void fileThatIsTooLargeIsRefusedWithAndWithoutItsSize() throws Exception {
		String large = "id,note\n" + "1,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n".repeat(20_000);
		assertThat(post("thing", large).statusCode()).isEqualTo(413);
		HttpRequest request = request("thing", BodyPublishers
			.ofInputStream(() -> new java.io.ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))));
		assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
	}

	@Test
	void importIsCancelledWhileTheFileIsOnItsWay() throws Exception {
		UUID job = UUID.randomUUID();
		PipedOutputStream file = new PipedOutputStream();
		PipedInputStream in = new PipedInputStream(file, 1 << 16);
		CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient()
			.sendAsync(request("thing?job=" + job, BodyPublishers.ofInputStream(() -> in)), BodyHandlers.ofString());
		file.write("id,note\n".getBytes(StandardCharsets.UTF_8));
		long id = writeUntil(file, 0, () -> send("GET", "/admin/api/jobs/" + job, "admin").statusCode() == 200);
		assertThat(post("thing", FILE).statusCode()).as("a second one of the same user").isEqualTo(429);
		assertThat(send("DELETE", "/admin/api/jobs/" + job, "admin").statusCode()).isEqualTo(200);
		writeUntil(file, id,
				() -> send("GET", "/admin/api/jobs/" + job, "admin").body().contains("\"state\":\"cancelled\""));
		file.close();
		assertThat(answer.get().body()).contains("\"state\":\"cancelled\"");
		assertThat(rows("thing")).isZero();
	}

	private static long writeUntil(OutputStream file, long first, java.util.concurrent.Callable<Boolean> condition) {
		long[] id = { first };
		await().atMost(Duration.ofSeconds(20)).until(() -> {
			for (int i = 0; i < 50; i++) {
				file.write((id[0]++ + ",abc\n").getBytes(StandardCharsets.UTF_8));
			}
			file.flush();
			return condition.call();
		});
		return id[0];
	}

	@Test
	void importIsCancelledWhileRowsAreWritten() {
		UUID job = UUID.randomUUID();
		HttpResponse<String> answer = post("slow?job=" + job, "id,note\n1,a\n", "Prefer", "respond-async");
		assertThat(answer.statusCode()).isEqualTo(202);
		await().until(() -> send("GET", "/admin/api/jobs/" + job, "admin").body().contains("\"phase\":\"writing\""));
		await().until(() -> running() == 1);
		send("DELETE", "/admin/api/jobs/" + job, "admin");
		await().atMost(Duration.ofSeconds(20))
			.until(() -> send("GET", "/admin/api/jobs/" + job, "admin").body().contains("\"state\":\"cancelled\""));
		assertThat(rows("slow")).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void importOfAClientThatWentAwayLeavesNothing(boolean whole) throws IOException {
		String body = "id,note\n1,a\n";
		Socket client = new Socket(InetAddress.getLoopbackAddress(), URI.create(host.origin()).getPort());
		client.getOutputStream()
			.write(("POST /admin/api/import/slow HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
					+ HostApplication.basic("admin") + "\r\nContent-Type: text/csv\r\nContent-Length: "
					+ (whole ? body.length() : 100_000) + "\r\n\r\n" + body)
				.getBytes(StandardCharsets.UTF_8));
		if (whole) {
			await().until(() -> running() == 1);
		}
		client.close();
		await().atMost(Duration.ofSeconds(20)).until(() -> running() == 0);
		await().until(() -> post("thing", "id,note\n1,a\n").statusCode() == 200);
		assertThat(rows("slow")).isZero();
	}

	private static HttpResponse<String> post(String path, String file, String... headers) {
		List<String> all = new java.util.ArrayList<>(
				List.of("Authorization", HostApplication.basic("admin"), "Content-Type", "text/csv"));
		all.addAll(List.of(headers));
		return host.send("POST", "/admin/api/import/" + path, file, all.toArray(String[]::new));
	}

	private static HttpRequest request(String path, HttpRequest.BodyPublisher body) {
		return HttpRequest.newBuilder(URI.create(host.origin() + "/admin/api/import/" + path))
			.version(HttpClient.Version.HTTP_1_1)
			.header("Authorization", HostApplication.basic("admin"))
			.header("Content-Type", "text/csv")
			.POST(body)
			.build();
	}

	private static HttpResponse<String> send(String method, String path, String user) {
		return host.send(method, path, "Authorization", HostApplication.basic(user));
	}

	private static long rows(String table) {
		return database.jdbc().sql("SELECT count(*) FROM " + table).query(Long.class).single();
	}

	/**
	 * Return how many imports PostgreSQL is at work for.
	 */
	private static long running() {
		return database.jdbc()
			.sql("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'oriel' "
					+ "AND state <> 'idle' AND query ~ 'oriel_import'")
			.query(Long.class)
			.single();
	}

}
