package dev.oriel.sample.live;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.oriel.sample.SampleTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A STOMP client that is not ours holds what a GET answers, whatever is written.
 */
@SampleTest
class ForeignClientIntegrationTests {

	private static final int WRITES_PER_CONNECTION = 1000;

	private static final List<String> QUERIES = List.of("storm?order=id.asc&limit=20",
			"storm?select=id,name,amount&order=amount.desc.nullslast,name.asc&limit=15&offset=5",
			"storm?amount=gte.500&active=is.true&order=name.asc&limit=30", "storm?or=(name.like.*7,amount.lt.100)");

	@LocalServerPort
	private int port;

	@Value("${spring.datasource.url}")
	private String url;

	@Autowired
	private JdbcClient jdbc;

	private Process client;

	private BufferedReader fromClient;

	private BufferedWriter toClient;

	@BeforeEach
	void prepare() throws IOException {
		Path modules = Path.of("..", "admin-ui", "node_modules").toAbsolutePath().normalize();
		Path node = modules.resolve("node/bin/node");
		assumeTrue(Files.exists(node), "Without the page's modules (profile no-ui) there is no client to try");
		this.jdbc.sql("CREATE TABLE public.storm (id int PRIMARY KEY, name text, amount numeric(10,2), active boolean)")
			.update();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> this.jdbc.sql("SELECT count(*) FROM pg_trigger WHERE tgrelid = 'public.storm'::regclass")
				.query(Integer.class)
				.single() > 0);
		List<String> command = new ArrayList<>(List.of(node.toString(), "src/test/js/hold-windows.mjs",
				modules.toString(), "http://localhost:" + this.port, "public"));
		command.addAll(QUERIES);
		this.client = new ProcessBuilder(command).redirectErrorStream(true).start();
		this.fromClient = new BufferedReader(
				new InputStreamReader(this.client.getInputStream(), StandardCharsets.UTF_8));
		this.toClient = new BufferedWriter(
				new OutputStreamWriter(this.client.getOutputStream(), StandardCharsets.UTF_8));
	}

	@AfterEach
	void stop() {
		if (this.client != null) {
			this.client.destroy();
			this.jdbc.sql("DROP TABLE public.storm").update();
		}
	}

	@Test
	void aClientHoldsWhatAGetAnswersAfterAStormOfWrites() throws Exception {
		assertThat(this.fromClient.readLine()).isEqualTo("ready");
		storm();
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			assertThat(compare()).startsWith("equal");
		});
		assertThat(compare()).as("every window has followed the writes").doesNotContain(": 1,").startsWith("equal");
	}

	private String compare() throws IOException {
		this.toClient.write("compare\n");
		this.toClient.flush();
		StringBuilder answer = new StringBuilder(String.valueOf(this.fromClient.readLine()));
		while (this.fromClient.ready()) {
			answer.append('\n').append(this.fromClient.readLine());
		}
		return answer.toString();
	}

	private void storm() throws Exception {
		ExecutorService writers = Executors.newFixedThreadPool(2);
		try {
			List<Callable<Void>> tasks = List.of(() -> write(new Random(1)), () -> write(new Random(2)));
			for (Future<Void> written : writers.invokeAll(tasks)) {
				written.get();
			}
		}
		finally {
			writers.shutdown();
		}
	}

	private Void write(Random random) throws SQLException {
		try (Connection connection = DriverManager.getConnection(this.url);
				Statement statement = connection.createStatement()) {
			for (int i = 0; i < WRITES_PER_CONNECTION; i++) {
				statement.execute(randomWrite(random));
			}
		}
		return null;
	}

	private static String randomWrite(Random random) {
		int id = random.nextInt(200);
		return switch (random.nextInt(4)) {
			case 0 -> "DELETE FROM public.storm WHERE id = " + id;
			case 1 -> "UPDATE public.storm SET amount = %d.%02d, active = NOT active WHERE id = %d"
				.formatted(random.nextInt(1000), random.nextInt(100), id);
			default -> "INSERT INTO public.storm VALUES (%1$d, 'name %2$d', %3$s, %4$s) ON CONFLICT (id) DO UPDATE "
				.formatted(id, random.nextInt(50), random.nextInt(10) == 0 ? "NULL" : random.nextInt(1000) + ".5",
						random.nextBoolean())
					+ "SET name = excluded.name, amount = excluded.amount";
		};
	}

}
