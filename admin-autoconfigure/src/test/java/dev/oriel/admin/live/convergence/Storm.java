package dev.oriel.admin.live.convergence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.live.convergence.RandomQueries.RandomQuery;
import dev.oriel.admin.testing.RestartablePostgres;
import dev.oriel.admin.testing.TcpProxy;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.fail;

/**
 * Everything that a seed stands for: a schema, clients, writers, changes of the schema
 * and faults, and at the end the question whether every client shows what its query
 * answers.
 */
final class Storm {

	/** Longer than anything takes that comes right by itself. */
	private static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("oriel.convergence.patience", 60));

	private final long seed;

	private final int size;

	private final RandomSchema schema;

	private final LiveMode mode;

	private final boolean defining;

	private final boolean faulty;

	private final boolean severe;

	private final boolean sockets;

	private final List<ShowingClient> clients = new ArrayList<>();

	private final Set<ShowingClient> again = new HashSet<>();

	private @Nullable Faults faults;

	private String writes = "";

	/**
	 * @param size how many transactions each writer runs
	 * @param severe whether faults may take a while to get over
	 */
	Storm(long seed, int size, boolean severe) {
		Dice dice = new Dice(seed + 1);
		this.seed = seed;
		this.size = size;
		this.severe = severe;
		this.schema = new RandomSchema(seed);
		this.mode = dice.one(List.of(LiveMode.TRIGGERS, LiveMode.TRIGGERS, LiveMode.POLLING, LiveMode.WAL));
		this.defining = dice.oneIn(2);
		this.faulty = dice.oneIn(2);
		this.sockets = dice.oneIn(4);
	}

	/**
	 * Return how many clients show rows, and were told of changes of them.
	 */
	long told() {
		return this.clients.stream().filter((client) -> client.isShowing() && client.wasTold()).count();
	}

	void run(RestartablePostgres server) throws Exception {
		String database = "storm_" + Long.toUnsignedString(this.seed);
		create(server, database);
		ExecutorService threads = Executors.newCachedThreadPool();
		try (TcpProxy network = new TcpProxy("localhost", server.port());
				Node node = node(server.jdbcUrl(database), server.port(), network.port())) {
			Faults faults = new Faults(this.seed + 2, server, database, network);
			this.faults = faults;
			if (isUncounted()) {
				this.schema.tables()
					.forEach((table) -> Awaitility.await()
						.atMost(PATIENCE)
						.until(() -> node.mode(table.name()) == LiveMode.TRIGGERS));
			}
			RandomQueries queries = new RandomQueries(this.seed + 3, this.schema);
			subscribe(node, queries, 14);
			Writers writers = new Writers(server, database);
			List<Runnable> tasks = new ArrayList<>();
			tasks.add(() -> writers.write(new RandomWrites(this.seed + 4, this.schema), this.size));
			tasks.add(() -> writers.write(new RandomWrites(this.seed + 5, this.schema), this.size));
			tasks.add(() -> writeThrough(node));
			tasks.add(() -> disturb(node, faults, writers));
			if (this.defining) {
				tasks.add(() -> writers.define(new RandomDdl(this.seed + 6, this.schema), 4));
			}
			List<CompletableFuture<Void>> running = tasks.stream()
				.map((task) -> CompletableFuture.runAsync(task, threads))
				.toList();
			// Some join in the middle.
			subscribe(node, queries, 7);
			running.forEach(CompletableFuture::join);
			this.writes = "%d transactions were committed, %d failed".formatted(writers.committed(), writers.failed());
			assertConverged(node);
		}
		finally {
			threads.shutdownNow();
			drop(server, database);
		}
	}

	private Node node(String url, int port, int network) {
		String disturbed = url.replace(":" + port + "/", ":" + network + "/") + "&socketTimeout=4&connectTimeout=4";
		return this.sockets ? new SocketNode(this.mode, disturbed) : new EngineNode(this.mode, disturbed, url);
	}

	/**
	 * Let things go wrong now and then while writers are at work.
	 */
	private void disturb(Node node, Faults faults, Writers writers) {
		Dice dice = new Dice(this.seed + 9);
		for (int i = 1; i <= 3; i++) {
			writers.awaitTransactions(i * this.size / 3 + dice.below(this.size / 3));
			node.disturb(dice);
			if (this.faulty && (i == 2 || this.severe)) {
				faults.next(this.severe);
			}
		}
	}

	private void create(RestartablePostgres server, String database) throws SQLException {
		drop(server, database);
		execute(server, "postgres", "CREATE DATABASE " + database);
		if (isUncounted()) {
			execute(server, "postgres", "ALTER DATABASE " + database + " SET track_counts = off");
		}
		execute(server, database, this.schema.ddl());
	}

	/**
	 * Whether counters are to make up for nothing that triggers failed to tell, because
	 * there is a trigger wherever one is needed.
	 */
	private boolean isUncounted() {
		return this.mode == LiveMode.TRIGGERS && !this.defining && !(this.faulty && this.severe);
	}

	/**
	 * A replication slot keeps its database until the server knows that nobody reads any
	 * more.
	 */
	private static void drop(RestartablePostgres server, String database) {
		Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
			execute(server, "postgres", "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
			return true;
		});
	}

	private static void execute(RestartablePostgres server, String database, String sql) throws SQLException {
		try (Connection connection = server.open(database); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private void subscribe(Node node, RandomQueries queries, int count) {
		Dice dice = new Dice(this.seed + 7 + count);
		for (int i = 0; i < count; i++) {
			String user = dice.one(node.users());
			RandomQuery query = queries.next();
			String cursor = query.anchored() ? node.next(user, query) : null;
			ShowingClient client = new ShowingClient(user, (cursor != null) ? query.behind(cursor) : query);
			this.clients.add(client);
			node.subscribe(client);
		}
	}

	private void writeThrough(Node node) {
		RandomWrites writes = new RandomWrites(this.seed + 8, this.schema);
		for (int i = 0; i < this.size; i++) {
			node.write(writes.row());
		}
	}

	private void assertConverged(Node node) throws InterruptedException {
		node.heal();
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		for (ShowingClient client : this.clients) {
			String answer = node.get(client.user(), client.query());
			while (!converged(client, answer)) {
				if (System.nanoTime() > deadline) {
					fail(describe(client, answer));
				}
				node.heal();
				resume(node, client, answer);
				Thread.sleep(20);
				answer = node.get(client.user(), client.query());
			}
			if (client.complaint() != null) {
				fail(client.complaint() + "\n" + describe(client, answer));
			}
		}
	}

	/**
	 * What is missing in the end was missing in another way when the client was told.
	 */
	private boolean converged(ShowingClient client, String answer) {
		return client.shows(answer) || (this.defining && client.isInTrouble() && answer.startsWith("problem"));
	}

	/**
	 * A subscription whose relation or column was gone for a while is over; who still
	 * wants it subscribes once more.
	 */
	private void resume(Node node, ShowingClient client, String answer) {
		if (this.defining && client.isInTrouble() && answer.startsWith("[") && this.again.add(client)) {
			node.subscribe(client);
		}
	}

	private String describe(ShowingClient client, String answer) {
		List<String> faults = (this.faults != null) ? this.faults.done() : List.of();
		return """
				Seed %d does not converge; -Doriel.convergence.seed=%1$d runs it alone.
				%s
				%s, changes by %s, %s, %s, faults: %s
				%s""".formatted(this.seed, client.difference(answer), this.sockets ? "over sockets" : "past sockets",
				this.mode, this.defining ? "with changes of the schema" : "one schema", this.writes, faults,
				this.schema.ddl());
	}

	/**
	 * Describe a storm that is over.
	 */
	@Override
	public String toString() {
		long problems = this.clients.stream().filter(ShowingClient::isInTrouble).count();
		return "seed %d: %s, changes by %s%s, faults %s, %d clients, of which %d are told a problem and %d deltas, %s"
			.formatted(this.seed, this.sockets ? "sockets" : "engine", this.mode,
					this.defining ? ", changes of the schema" : "",
					(this.faults != null) ? this.faults.done() : List.of(), this.clients.size(), problems, told(),
					this.writes);
	}

}
