package dev.oriel.admin.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import dev.oriel.admin.stomp.StompClient;
import dev.oriel.admin.testing.PostgresDatabase;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that exports and imports can be watched over the socket by those whose they are.
 */
class JobTopicIntegrationTests {

	private static final int ROWS = 200_000;

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static HostApplication host;

	@BeforeAll
	static void start() {
		// Much more than fits between a server and a client who does not read.
		database.execute("CREATE VIEW large AS SELECT n AS id, repeat('x', 400) AS text FROM generate_series(1, " + ROWS
				+ ") AS n; CREATE TABLE thing (id int PRIMARY KEY, note text)");
		host = HostApplication.start(database, HostSecurity.Own.class);
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@Test
	void exportIsWatchedToItsEndByItsOwnerOnly() throws Exception {
		UUID job = UUID.randomUUID();
		HttpResponse<InputStream> answer = CLIENT.send(request("/admin/api/export/large?format=csv&job=" + job).build(),
				BodyHandlers.ofInputStream());
		assertThat(answer.statusCode()).isEqualTo(200);
		StompClient owner = connect("admin").subscribe("a", "/topic/jobs/" + job);
		StompClient stranger = connect("support").subscribe("a", "/topic/jobs/" + job);
		await().until(() -> owner.isTold("\"phase\":\"writing\""));
		await().until(() -> stranger.isTold("There is no job with this id"));
		assertThat(owner.isTold("\"state\":\"done\"")).isFalse();
		try (InputStream file = answer.body()) {
			assertThat(file.transferTo(OutputStream.nullOutputStream())).isGreaterThan(400L * ROWS);
		}
		await().until(() -> owner.isTold("\"state\":\"done\""));
		assertThat(owner.isTold("\"kind\":\"export\"")).isTrue();
		assertThat(owner.isTold("\"rows\":{\"read\":%1$d,\"written\":%1$d}".formatted(ROWS))).isTrue();
		assertThat(owner.isTold("\"type\":\"error\"")).isFalse();
		assertNothingTold(stranger, job);
	}

	@Test
	void importIsWatchedToItsEndByItsOwnerOnly() throws Exception {
		UUID job = UUID.randomUUID();
		PipedOutputStream file = new PipedOutputStream();
		PipedInputStream in = new PipedInputStream(file, 1 << 16);
		CompletableFuture<HttpResponse<String>> answer = CLIENT
			.sendAsync(request("/admin/api/import/thing?job=" + job).header("Content-Type", "text/csv")
				.POST(BodyPublishers.ofInputStream(() -> in))
				.build(), BodyHandlers.ofString());
		write(file, "id,note\n");
		int[] rows = new int[1];
		await().until(() -> {
			write(file, ++rows[0] + ",a\n");
			return host.send("GET", "/admin/api/jobs/" + job, "Authorization", HostApplication.basic("admin"))
				.statusCode() == 200;
		});
		StompClient owner = connect("admin").subscribe("a", "/topic/jobs/" + job);
		StompClient stranger = connect("support").subscribe("a", "/topic/jobs/" + job);
		await().until(() -> owner.isTold("\"state\":\"running\""));
		await().until(() -> stranger.isTold("There is no job with this id"));
		write(file, "x,a\n");
		file.close();
		assertThat(answer.get().body()).contains("\"state\":\"rejected\"");
		await().until(() -> owner.isTold("\"state\":\"rejected\""));
		assertThat(owner.isTold("\"kind\":\"import\"")).isTrue();
		assertThat(owner.isTold("22P02")).isTrue();
		assertThat(owner.isTold("\"type\":\"error\"")).isFalse();
		assertNothingTold(stranger, job);
	}

	/**
	 * Whoever asks again after the end is told how it ended, but others are not even told
	 * that it was there.
	 */
	private static void assertNothingTold(StompClient stranger, UUID job) {
		StompClient late = connect("admin").subscribe("b", "/topic/jobs/" + job);
		await().until(() -> late.isTold("\"phase\":\"ended\""));
		stranger.subscribe("b", "/topic/jobs/" + job);
		await().until(() -> stranger.isTold("subscription:b"));
		assertThat(stranger.isTold("\"type\":\"job\"")).isFalse();
	}

	private static void write(OutputStream file, String text) throws IOException {
		file.write(text.getBytes(StandardCharsets.UTF_8));
		file.flush();
	}

	private static HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(host.origin() + path))
			.header("Authorization", HostApplication.basic("admin"));
	}

	private static StompClient connect(String user) {
		StompClient client = StompClient.open(host.port(), "Authorization", HostApplication.basic(user)).connect();
		await().until(() -> client.isTold("CONNECTED"));
		return client;
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(40));
	}

}
