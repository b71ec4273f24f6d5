package dev.oriel.admin.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Disconnects}, with sockets that are closed while PostgreSQL works.
 */
class DisconnectsIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	static HostApplication host;

	@BeforeAll
	static void start() {
		database.execute("CREATE VIEW patient AS SELECT 1 AS id, pg_sleep(60)::text AS waited; "
				+ "CREATE VIEW slow AS SELECT 1 AS id, pg_sleep(2.5)::text AS waited; "
				+ "CREATE VIEW halting AS SELECT n, repeat('x', 10000) AS t, CASE WHEN n > 100 THEN pg_sleep(60)::text END AS waited "
				+ "FROM generate_series(1, 101) n; "
				+ "CREATE FUNCTION wait_long() RETURNS text LANGUAGE sql STABLE AS 'SELECT pg_sleep(60)::text'");
		host = HostApplication.start(database, HostSecurity.Own.class, "oriel.statement-timeout=120s");
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "patient", "patient?select=waited&limit=1", "rpc/wait_long" })
	void statementOfAClientThatWentAwayIsCancelled(String path) throws IOException {
		Socket client = ask(path, "");
		await().until(() -> running() == 1);
		client.close();
		await().atMost(Duration.ofSeconds(20)).until(() -> running() == 0);
	}

	@Test
	void streamThatHasNotBegunIsCancelled() throws IOException {
		Socket client = ask("patient", "", "Accept: text/csv");
		await().until(() -> running() == 1);
		client.close();
		await().atMost(Duration.ofSeconds(20)).until(() -> running() == 0);
	}

	@Test
	void streamThatHaltsIsCancelled() throws IOException {
		Socket client = ask("halting", "", "Accept: text/csv");
		assertThat(client.getInputStream().readNBytes(100_000)).hasSize(100_000);
		await().until(() -> running() == 1);
		client.close();
		await().atMost(Duration.ofSeconds(20)).until(() -> running() == 0);
	}

	@Test
	void streamOfAClientThatWaitsIsSent() throws IOException {
		try (Socket client = ask("slow", request("slow?select=id", "close"), "Accept: text/csv")) {
			assertThat(answer(client)).contains("id,waited\n1,").contains("[{\"id\":1}]");
		}
	}

	@Test
	void clientThatWaitsGetsItsAnswer() throws IOException {
		try (Socket client = ask("slow", "")) {
			assertThat(answer(client)).startsWith("HTTP/1.1 200").contains("[{\"id\":1,\"waited\":\"\"}]");
		}
	}

	@Test
	void requestThatDoesNotWaitForItsTurnIsNoSignOfLeaving() throws IOException {
		try (Socket client = ask("slow", request("slow?select=id", "close"))) {
			assertThat(answer(client)).contains("[{\"id\":1,\"waited\":\"\"}]").contains("[{\"id\":1}]");
		}
	}

	private static Socket ask(String path, String more, String... headers) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(host.origin()).getPort());
		socket.getOutputStream().write(text(request(path, more.isEmpty() ? "close" : "keep-alive", headers) + more));
		return socket;
	}

	private static String request(String path, String connection, String... headers) {
		String credentials = Base64.getEncoder().encodeToString(text("admin:admin"));
		return "GET /admin/api/rest/" + path + " HTTP/1.1\r\nHost: localhost:" + URI.create(host.origin()).getPort()
				+ "\r\nAuthorization: Basic " + credentials + "\r\nConnection: " + connection + "\r\n"
				+ Stream.of(headers).map((header) -> header + "\r\n").collect(Collectors.joining()) + "\r\n";
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static String answer(Socket client) throws IOException {
		return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	private static long running() {
		return database.jdbc()
			.sql("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND wait_event = 'PgSleep' "
					+ "AND datname = current_database()")
			.query(Long.class)
			.single();
	}

}
