package dev.oriel.admin.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;

import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares writing single rows through Oriel with a bare endpoint that runs the same SQL
 * in a transaction with the same settings, and answers the same bytes.
 */
class WriteBenchmark {

	private static final String REST = "/admin/api/rest/orders";

	private static final Map<String, String> HEADERS = Map.of("Prefer", "return=representation", "Content-Type",
			"application/json", "X-Requested-With", "XMLHttpRequest");

	private static final Duration BLOCK = Duration.ofMillis(Long.getLong("benchmark.block", 3_000));

	private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	static final List<String> lines = new ArrayList<>();

	static BenchmarkHost host;

	static Load load;

	@BeforeAll
	static void start() {
		Orders.fill(database);
		database.execute("SELECT setval(pg_get_serial_sequence('orders', 'id'), 1000000000)");
		host = BenchmarkHost.start(database);
		load = new Load(host.origin(), Orders.postgres(database));
	}

	@AfterAll
	static void stop() throws Exception {
		host.close();
		lines.forEach(System.out::println);
		Files.createDirectories(Path.of("target"));
		Files.write(Path.of("target", "write-benchmark.md"), lines);
	}

	@Test
	void writesAgainstABareEndpoint() throws Exception {
		lines.add("%d orders, %d rounds of %d ms each, interleaved".formatted(Orders.COUNT, ROUNDS, BLOCK.toMillis()));
		lines.add("");
		lines.add("| write | bare/s | Oriel/s | ratio | p99 bare, ms | p99 Oriel, ms | ratio | "
				+ "CPU bare, ms | CPU Oriel, ms | ratio |");
		lines.add("|---|---|---|---|---|---|---|---|---|---|");
		assertThat(load.ask(update(REST + "?id=eq.", 1))).isEqualTo(load.ask(update("/bare/update?value=", 1)));
		compare("single insert", (n) -> insert("/bare/insert", n), (n) -> insert(REST, n));
		compare("update by key", (n) -> update("/bare/update?value=", n), (n) -> update(REST + "?id=eq.", n));
	}

	private static Question insert(String path, long n) {
		return new Question("POST", path, HEADERS,
				"{\"customer_id\":%d,\"status\":\"new\",\"total\":12.50,\"ref\":\"00000000-0000-0000-0000-%012d\"}"
					.formatted(Orders.customer(n), n % 1_000_000_000_000L));
	}

	private static Question update(String path, long n) {
		return new Question("PATCH", path + Orders.order(n), HEADERS,
				"{\"status\":\"paid\",\"total\":%d.25}".formatted(n % 1_000));
	}

	private static void compare(String name, LongFunction<Question> bare, LongFunction<Question> oriel)
			throws Exception {
		for (int warmUp = 0; warmUp < 2; warmUp++) {
			load.run(bare, BLOCK);
			load.run(oriel, BLOCK);
		}
		Rounds rounds = new Rounds();
		for (int round = 0; round < ROUNDS; round++) {
			Load.Result without = load.run(bare, BLOCK);
			Load.Result with = load.run(oriel, BLOCK);
			rounds.add(without.perSecond(), with.perSecond(), without.millis(0.99), with.millis(0.99),
					without.processorMillis(), with.processorMillis());
		}
		lines.add(String.format(Locale.ROOT, "| %s | %.0f | %.0f | %.2f | %.2f | %.2f | %.2f | %.3f | %.3f | %.2f |",
				name, rounds.median(0), rounds.median(1), rounds.median(1) / rounds.median(0), rounds.median(2),
				rounds.median(3), rounds.median(3) / rounds.median(2), rounds.median(4), rounds.median(5),
				rounds.median(5) / rounds.median(4)));
	}

}
