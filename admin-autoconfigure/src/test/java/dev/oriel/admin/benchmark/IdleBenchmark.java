package dev.oriel.admin.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures what an application does while nobody looks: its threads, its connections and
 * the statements that come over them.
 */
class IdleBenchmark {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private static final int SECONDS = Integer.getInteger("benchmark.idle", 30);

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private final Report report = new Report();

	@Test
	void doesNothingWhileNobodyLooks() throws Exception {
		Orders.fill(database, 10, 100);
		try (BenchmarkHost host = BenchmarkHost.start(database)) {
			// What is compiled and read at the start is over.
			LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
			measure();
			assertThat(host.context().isActive()).isTrue();
		}
		this.report.save("idle-benchmark.md");
	}

	private void measure() {
		Map<String, Long> threads = threadMillis();
		Map<Long, Long> backends = backendMillis();
		long process = processMillis();
		Map<String, Set<String>> statements = statements();
		double all = processMillis() - process;
		this.report.table("nobody looks, " + SECONDS + " s", "ms of a processor", "% of one");
		line("the whole application, this measuring included", all);
		Map<String, Long> after = threadMillis();
		after.forEach((thread, millis) -> line("thread " + thread, millis - threads.getOrDefault(thread, 0L)));
		long server = 0;
		for (Map.Entry<Long, Long> backend : backendMillis().entrySet()) {
			server += backend.getValue() - backends.getOrDefault(backend.getKey(), 0L);
		}
		line("PostgreSQL for all connections of it", server);
		this.report.table("statement", "times", "a second");
		statements.forEach((statement, starts) -> this.report.line("| `%s` | %d | %.2f |", statement, starts.size(),
				starts.size() / (double) SECONDS));
	}

	private void line(String what, double millis) {
		this.report.line("| %s | %.0f | %.2f |", what, millis, millis / (10.0 * SECONDS));
	}

	/**
	 * Return when each statement was seen to begin.
	 */
	private static Map<String, Set<String>> statements() {
		Map<String, Set<String>> statements = new TreeMap<>();
		Set<String> before = new HashSet<>(starts());
		long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
		while (System.nanoTime() < end) {
			for (String start : starts()) {
				if (!before.contains(start)) {
					String[] parts = start.split(" ", 3);
					statements.computeIfAbsent(parts[2], (statement) -> new HashSet<>()).add(parts[0] + parts[1]);
				}
			}
			LockSupport.parkNanos(100_000_000);
		}
		return statements;
	}

	private static List<String> starts() {
		return database.jdbc()
			.sql("SELECT pid || ' ' || extract(epoch FROM query_start) || ' ' "
					+ "|| left(regexp_replace(query, '[[:space:]]+', ' ', 'g'), 70) FROM pg_stat_activity "
					+ "WHERE application_name LIKE 'oriel%' AND datname = current_database()")
			.query(String.class)
			.list();
	}

	private static Map<String, Long> threadMillis() {
		Map<String, Long> millis = new TreeMap<>();
		for (ThreadInfo thread : THREADS.dumpAllThreads(false, false)) {
			if (thread.getThreadName().startsWith("oriel")) {
				millis.merge(thread.getThreadName(), THREADS.getThreadCpuTime(thread.getThreadId()) / 1_000_000,
						Long::sum);
			}
		}
		return millis;
	}

	private static long processMillis() {
		return ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
	}

	private static Map<Long, Long> backendMillis() {
		Map<Long, Long> millis = new HashMap<>();
		database.jdbc()
			.sql("SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'oriel%' AND datname = current_database()")
			.query(Long.class)
			.list()
			.forEach((pid) -> millis.put(pid,
					ProcessHandle.of(pid)
						.flatMap((backend) -> backend.info().totalCpuDuration())
						.map(Duration::toMillis)
						.orElse(0L)));
		return millis;
	}

}
