package dev.oriel.admin.live;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.postgres.PostgresChangeSource;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.stomp.StompClient;
import dev.oriel.admin.testing.PostgresDatabase;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with several applications on one database, which know nothing of each other.
 */
class NodesIntegrationTests {

	private static final String ADMIN = HostApplication.basic("admin");

	private static final String JOINED = "select=id,name,owner(name)&order=amount.desc,id&limit=20";

	private static final List<String> QUERIES = List.of("item?order=id", "item?order=amount.desc,id&limit=10&offset=5",
			"item?name=ilike.*a*&order=name,id&limit=15", "item?" + JOINED, "item?amount=gte.500&select=id,amount",
			"total?order=name");

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private final List<HostApplication> nodes = new ArrayList<>();

	@BeforeEach
	void createTables() {
		database.execute("""
				DROP SCHEMA IF EXISTS oriel CASCADE;
				DROP TABLE IF EXISTS item, owner CASCADE;
				CREATE TABLE owner (id int PRIMARY KEY, name text);
				CREATE TABLE item (id int PRIMARY KEY, name text, amount int, owner_id int REFERENCES owner);
				CREATE VIEW total AS SELECT name, count(*), sum(amount) FROM item GROUP BY name;
				INSERT INTO owner SELECT n, 'owner ' || n FROM generate_series(1, 5) AS n;
				INSERT INTO item SELECT n, 'name ' || n % 7, n * 37 % 1000, n % 5 + 1 FROM generate_series(1, 60) AS n;
				""");
	}

	@AfterEach
	void stopNodes() {
		this.nodes.forEach(HostApplication::close);
	}

	@Test
	void everyNodeShowsWhatAnyNodeWrote() {
		startTogether();
		List<Client> clients = new ArrayList<>();
		this.nodes.forEach((node) -> clients.addAll(subscribe(node)));
		ExecutorService threads = Executors.newFixedThreadPool(3);
		List<CompletableFuture<Void>> writers = List.of(
				CompletableFuture.runAsync(() -> writeThrough(this.nodes.get(0), 1), threads),
				CompletableFuture.runAsync(() -> writeThrough(this.nodes.get(1), 2), threads),
				CompletableFuture.runAsync(() -> writeBeside(3), threads));
		threads.shutdown();
		// Who comes in the middle, and a node whose ears are cut off for a moment.
		this.nodes.forEach((node) -> clients.addAll(subscribe(node)));
		database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
				+ "'oriel-listener' AND datname = current_database()");
		writers.forEach(CompletableFuture::join);
		assertConverged(clients);
		assertThat(clients).allMatch((client) -> client.gaps == 0 && client.problem == null)
			.anyMatch((client) -> client.deltas > 0);
	}

	@Test
	void nodesComeAndGo() {
		startTogether();
		List<Client> staying = subscribe(this.nodes.get(1));
		this.nodes.remove(0).close();
		write("INSERT INTO item VALUES (1000, 'written while one is away', 1000, 1)");
		assertConverged(staying);
		HostApplication late = startNode();
		this.nodes.add(late);
		List<Client> all = new ArrayList<>(staying);
		all.addAll(subscribe(late));
		write("UPDATE item SET amount = amount + 1 WHERE id % 3 = 0");
		write("UPDATE owner SET name = 'renamed' WHERE id = 2");
		assertConverged(all);
		// The schema is nobody's own either.
		write("ALTER TABLE item ADD added int DEFAULT 7");
		all.stream()
			.filter((client) -> client.path.equals("item?order=id"))
			.forEach((client) -> await().until(() -> client.json().contains("\"added\":7")));
		assertConverged(all);
	}

	/**
	 * Start two nodes at the same moment on a database that holds nothing of Oriel's.
	 */
	private void startTogether() {
		List<CompletableFuture<HostApplication>> starting = List.of(
				CompletableFuture.supplyAsync(NodesIntegrationTests::startNode),
				CompletableFuture.supplyAsync(NodesIntegrationTests::startNode));
		starting.forEach((node) -> this.nodes.add(node.join()));
	}

	private static HostApplication startNode() {
		HostApplication node = HostApplication.start(database, HostSecurity.Own.class, "oriel.live.triggers=auto",
				"oriel.live.poll-interval=500ms");
		PostgresChangeSource changes = node.context().getBean(PostgresChangeSource.class);
		for (String table : List.of("item", "owner")) {
			await().until(() -> changes.mode(new RelationName("public", table)) == LiveMode.TRIGGERS);
		}
		return node;
	}

	private static List<Client> subscribe(HostApplication node) {
		Map<String, Client> clients = new LinkedHashMap<>();
		for (String path : QUERIES) {
			clients.put(Integer.toString(clients.size()), new Client(path));
		}
		StompClient socket = StompClient.open(node.port(), "Authorization", ADMIN)
			.onFrame((frame) -> tell(clients, frame))
			.connect();
		clients.forEach((id, client) -> socket.subscribe(id, "/topic/rows/" + client.path));
		clients.values().forEach((client) -> await().until(() -> client.rows != null));
		return List.copyOf(clients.values());
	}

	private static void tell(Map<String, Client> clients, String frame) {
		if (frame.startsWith("MESSAGE")) {
			int id = frame.indexOf("subscription:") + "subscription:".length();
			String body = frame.substring(frame.indexOf("\n\n") + 2, frame.lastIndexOf('\0'));
			clients.get(frame.substring(id, frame.indexOf('\n', id))).apply(body);
		}
	}

	private void assertConverged(List<Client> clients) {
		for (Client client : clients) {
			await().untilAsserted(() -> {
				for (HostApplication node : this.nodes) {
					assertThat(client.json()).as(client.path)
						.isEqualTo(node.send("GET", "/admin/api/rest/" + client.path, "Authorization", ADMIN).body());
				}
			});
		}
	}

	private static void writeThrough(HostApplication node, int seed) {
		Random random = new Random(seed);
		for (int i = 0; i < 120; i++) {
			int id = random.nextInt(90);
			int status = switch (random.nextInt(4)) {
				case 0 -> send(node, "DELETE", "item?id=eq." + id, "");
				case 1 -> send(node, "PATCH", "owner?id=eq." + (id % 5 + 1), "{\"name\":\"owner " + i + "\"}");
				case 2 -> send(node, "PATCH", "item?id=eq." + id, "{\"amount\":" + random.nextInt(1000) + "}");
				default -> send(node, "POST", "item", "{\"id\":%d,\"name\":\"na%d\",\"amount\":%d,\"owner_id\":%d}"
					.formatted(id, id % 4, i, id % 5 + 1));
			};
			assertThat(status).isBetween(200, 204);
		}
	}

	private static int send(HostApplication node, String method, String path, String body) {
		return node
			.send(method, "/admin/api/rest/" + path, body,
					new String[] { "Authorization", ADMIN, "Content-Type", "application/json", "Prefer",
							"resolution=merge-duplicates,return=minimal" })
			.statusCode();
	}

	private static void writeBeside(int seed) {
		Random random = new Random(seed);
		for (int i = 0; i < 60; i++) {
			write((i % 20 == 0) ? "UPDATE item SET name = 'a' || name WHERE id % 9 = " + i / 20
					: "UPDATE item SET amount = %d WHERE id = %d".formatted(random.nextInt(1000), random.nextInt(90)));
		}
	}

	private static void write(String sql) {
		try (Connection connection = database.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Much longer than it takes, for a machine that is busy.
	 */
	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

	/**
	 * What one subscriber of one node sees.
	 */
	private static final class Client extends ShownRows {

		private final String path;

		Client(String path) {
			this.path = path;
		}

	}

}
