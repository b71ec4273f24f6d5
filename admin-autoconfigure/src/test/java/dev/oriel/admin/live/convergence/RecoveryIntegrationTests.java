package dev.oriel.admin.live.convergence;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.live.convergence.RandomQueries.RandomQuery;
import dev.oriel.admin.testing.RestartablePostgres;
import dev.oriel.admin.testing.TcpProxy;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what is written while something is broken: each fault alone, and each of them
 * shown in the end, without a client that asks anew.
 */
class RecoveryIntegrationTests {

	private static final List<String> TABLES = List.of("kept", "dropped", "disabled", "replicated", "truncated");

	private static RestartablePostgres server;

	private static TcpProxy network;

	private static EngineNode node;

	private final List<ShowingClient> clients = new ArrayList<>();

	@BeforeAll
	static void start() throws IOException {
		server = new RestartablePostgres(Map.of("fsync", "off"));
		for (String table : TABLES) {
			execute("CREATE TABLE %1$s (id int PRIMARY KEY, n int); INSERT INTO %1$s VALUES (1, 1)".formatted(table));
		}
		network = new TcpProxy("localhost", server.port());
		String url = server.jdbcUrl("postgres");
		node = new EngineNode(LiveMode.TRIGGERS,
				url.replace(":" + server.port() + "/", ":" + network.port() + "/") + "&socketTimeout=4", url);
	}

	@AfterAll
	static void stop() throws IOException {
		node.close();
		network.close();
		server.close();
	}

	@BeforeEach
	void subscribe() {
		for (String table : TABLES) {
			execute("UPDATE " + table + " SET n = 1");
			await().until(() -> node.mode(table) == LiveMode.TRIGGERS);
			ShowingClient client = new ShowingClient(Users.ADMIN, new RandomQuery(table, "order=id", true, false));
			node.subscribe(client);
			this.clients.add(client);
			await().until(() -> client.shown().equals("[{\"id\":1,\"n\":1}]"));
		}
	}

	@Test
	void listenerIsKilled() {
		execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'oriel-listener'");
		execute("UPDATE kept SET n = 2");
		assertShown("\"n\":2");
	}

	@Test
	void connectionsAreReset() {
		network.reset();
		execute("UPDATE kept SET n = 2");
		assertShown("\"n\":2");
	}

	/**
	 * There is no pooler here, so this does to the connection what one would.
	 */
	@Test
	void poolerForgetsToListen() throws SQLException {
		node.loseListening();
		for (int value = 2; value < 5; value++) {
			execute("UPDATE kept SET n = " + value);
			assertShown("\"n\":" + value);
		}
		assertThat(node.mode("kept")).isEqualTo(LiveMode.TRIGGERS);
	}

	@Test
	void networkFallsSilent() {
		network.silence();
		execute("UPDATE kept SET n = 2");
		assertShown("\"n\":2");
	}

	@Test
	void serverIsRestarted() {
		execute("UPDATE kept SET n = 2");
		server.restart();
		execute("UPDATE kept SET n = n + 1");
		assertShown("\"n\":3");
	}

	@Test
	void serverCrashes() {
		server.crash();
		Awaitility.await().ignoreExceptions().until(() -> {
			execute("UPDATE kept SET n = 2");
			return true;
		});
		assertShown("\"n\":2");
	}

	@Test
	void triggersDoNotTell() {
		execute("DROP TRIGGER oriel_capture_update ON dropped; UPDATE dropped SET n = 2");
		execute("ALTER TABLE disabled DISABLE TRIGGER USER; UPDATE disabled SET n = 2; ALTER TABLE disabled ENABLE TRIGGER USER");
		execute("SET session_replication_role = replica; UPDATE replicated SET n = 2");
		execute("BEGIN; UPDATE truncated SET n = 2; TRUNCATE oriel.outbox; COMMIT");
		this.clients.stream()
			.filter((client) -> !client.query().relation().equals("kept"))
			.forEach((client) -> await()
				.untilAsserted(() -> assertThat(client.shown()).as(client.query().relation()).contains("\"n\":2")));
	}

	private void assertShown(String value) {
		await().untilAsserted(() -> assertThat(this.clients.get(0).shown()).contains(value));
		assertThat(this.clients).allMatch((client) -> client.complaint() == null && !client.isInTrouble());
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

	private static void execute(String sql) {
		try (Connection connection = server.open("postgres"); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
