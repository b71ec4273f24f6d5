package dev.oriel.admin.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.PGConnection;

/**
 * Compares rows that are sent as CSV with {@code \copy} of {@code psql}, where that is
 * installed, and with the driver's own copy to nowhere, which is a little quicker. Looks
 * as well at how much memory they take on the way.
 */
class StreamBenchmark {

	private static final long ROWS = Math.min(1_000_000, Orders.COUNT);

	private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);

	private static final String COPY = "COPY (SELECT * FROM public.orders WHERE id <= %d) TO STDOUT (FORMAT csv, HEADER)"
		.formatted(ROWS);

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	@Test
	void streamsAgainstPsql() throws Exception {
		Orders.fill(database);
		List<String> lines = new ArrayList<>();
		try (BenchmarkHost host = BenchmarkHost.start(database)) {
			Load load = new Load(host.origin(), Orders.postgres(database));
			Question question = new Question("/admin/api/rest/orders?id=lte." + ROWS, Map.of("Accept", "text/csv"));
			boolean psql = hasPsql();
			Rounds rounds = new Rounds();
			for (int round = 0; round <= ROUNDS; round++) {
				double[] seconds = { psql ? seconds(StreamBenchmark::psql) : Double.NaN,
						seconds(StreamBenchmark::driver), seconds(() -> stream(load, question)) };
				// The first is for warming up.
				if (round > 0) {
					rounds.add(seconds);
				}
			}
			double heap = heapMegabytes(load, question);
			lines.add("%d rows as CSV, median of %d rounds".formatted(ROWS, ROUNDS));
			lines.add("");
			lines.add("| | seconds | rows/s | ratio |");
			lines.add("|---|---|---|---|");
			if (psql) {
				lines.add(line("psql \\copy", rounds.median(0), rounds.median(0)));
			}
			lines.add(line("driver's copy", rounds.median(1), psql ? rounds.median(0) : rounds.median(1)));
			lines.add(line("Oriel over HTTP", rounds.median(2), psql ? rounds.median(0) : rounds.median(1)));
			lines.add("");
			lines.add(String.format(Locale.ROOT, "Memory that is in use while they are sent: %.1f MB more than before",
					heap));
		}
		lines.forEach(System.out::println);
		Files.createDirectories(Path.of("target"));
		Files.write(Path.of("target", "stream-benchmark.md"), lines);
	}

	private static String line(String name, double seconds, double baseline) {
		return String.format(Locale.ROOT, "| %s | %.2f | %.0f | %.2f |", name, seconds, ROWS / seconds,
				baseline / seconds);
	}

	private static double seconds(Step step) throws Exception {
		long start = System.nanoTime();
		step.run();
		return (System.nanoTime() - start) / 1e9;
	}

	private static void stream(Load load, Question question) throws Exception {
		HttpResponse<InputStream> answer = load.answer(question, HttpResponse.BodyHandlers.ofInputStream());
		long rows = lines(answer.body());
		if (rows != ROWS) {
			throw new IllegalStateException("There are " + rows + " rows");
		}
	}

	/**
	 * Return how many line feeds there are, which no value of an order holds.
	 */
	private static long lines(InputStream body) throws IOException {
		long lines = 0;
		byte[] buffer = new byte[64 * 1024];
		try (body) {
			for (int size = body.read(buffer); size >= 0; size = body.read(buffer)) {
				for (int i = 0; i < size; i++) {
					lines += (buffer[i] == '\n') ? 1 : 0;
				}
			}
		}
		return lines;
	}

	private static void driver() throws Exception {
		try (Connection connection = database.dataSource().getConnection()) {
			connection.unwrap(PGConnection.class).getCopyAPI().copyOut(COPY, OutputStream.nullOutputStream());
		}
	}

	private static boolean hasPsql() throws InterruptedException {
		try {
			return new ProcessBuilder("psql", "--version").redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void psql() throws Exception {
		String url = database.jdbcUrl().substring("jdbc:".length());
		ProcessBuilder psql = new ProcessBuilder("psql", url.replaceFirst("\\?.*", ""), "-U", database.username(), "-q",
				"-c", "\\copy (SELECT * FROM public.orders WHERE id <= %d) TO '/dev/null' (FORMAT csv, HEADER)"
					.formatted(ROWS))
			.inheritIO();
		psql.environment().put("PGPASSWORD", database.password());
		if (psql.start().waitFor() != 0) {
			throw new IllegalStateException("psql failed");
		}
	}

	/**
	 * Return how much more memory is in use at most, with what is garbage taken away,
	 * while rows are sent.
	 */
	private static double heapMegabytes(Load load, Question question) throws Exception {
		long before = used();
		long[] most = { before };
		Thread stream = new Thread(() -> {
			try {
				stream(load, question);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		stream.start();
		while (stream.isAlive()) {
			most[0] = Math.max(most[0], used());
			TimeUnit.MILLISECONDS.sleep(50);
		}
		return (most[0] - before) / 1e6;
	}

	private static long used() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/**
	 * Something to take the time of.
	 */
	@FunctionalInterface
	private interface Step {

		void run() throws Exception;

	}

}
