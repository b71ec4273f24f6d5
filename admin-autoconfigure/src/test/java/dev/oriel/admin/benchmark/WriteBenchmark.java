package dev.oriel.admin.benchmark;

import java.util.Map;

import dev.oriel.admin.testing.PostgresDatabase;
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

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	@Test
	void writesAgainstABareEndpoint() throws Exception {
		Orders.fill(database);
		database.execute("SELECT setval(pg_get_serial_sequence('orders', 'id'), 1000000000)");
		Report report = new Report();
		try (BenchmarkHost host = BenchmarkHost.start(database)) {
			report.line("%d orders, %d rounds of %d ms each, interleaved", Orders.COUNT, Rounds.COUNT,
					BareComparison.BLOCK.toMillis());
			BareComparison comparison = new BareComparison(host.load(), report);
			comparison.table("write");
			Load load = comparison.load();
			assertThat(load.ask(update(REST + "?id=eq.", 1))).isEqualTo(load.ask(update("/bare/update?value=", 1)));
			comparison.compare("single insert", (n) -> insert("/bare/insert", n), (n) -> insert(REST, n));
			comparison.compare("update by key", (n) -> update("/bare/update?value=", n),
					(n) -> update(REST + "?id=eq.", n));
		}
		report.save("write-benchmark.md");
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

}
