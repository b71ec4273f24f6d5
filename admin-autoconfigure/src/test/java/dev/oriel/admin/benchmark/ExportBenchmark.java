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
 * Compares rows that leave as files of every format with {@code \copy} of {@code psql} to
 * nowhere, or with the driver's own copy where {@code psql} is not installed. Looks as
 * well at how much memory they take on the way.
 */
class ExportBenchmark {

	private static final long ROWS = Math.min(1_000_000, Orders.COUNT);

	private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);

	private static final List<String> FORMATS = List.of("format=csv", "format=csv&formulas=plain", "format=ndjson",
			"format=json", "format=xlsx", "format=sql", "format=csv&values=formatted", "format=xlsx&values=formatted");

	private static final String COPY = "COPY (SELECT * FROM public.orders WHERE id <= %d) TO STDOUT (FORMAT csv, HEADER)"
		.formatted(ROWS);

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	@Test
	void exportsAgainstCopy() throws Exception {
		Orders.fill(database);
		List<String> lines = new ArrayList<>();
		try (BenchmarkHost host = BenchmarkHost.start(database)) {
			Load load = new Load(host.origin(), Orders.postgres(database));
			boolean psql = hasPsql();
			Rounds rounds = new Rounds();
			long[] bytes = new long[FORMATS.size()];
			for (int round = 0; round <= ROUNDS; round++) {
				double[] seconds = new double[FORMATS.size() + 1];
				seconds[0] = seconds(psql ? ExportBenchmark::psql : ExportBenchmark::driver);
				for (int i = 0; i < FORMATS.size(); i++) {
					int format = i;
					seconds[i + 1] = seconds(() -> bytes[format] = read(load, question(FORMATS.get(format))));
				}
				// The first is for warming up.
				if (round > 0) {
					rounds.add(seconds);
				}
			}
			double baseline = rounds.median(0);
			lines.add("%d rows as files, median of %d rounds".formatted(ROWS, ROUNDS));
			lines.add("");
			lines.add("| | seconds | rows/s | ratio | MB | memory in use, MB more |");
			lines.add("|---|---|---|---|---|---|");
			lines.add(line(psql ? "psql \\copy" : "driver's copy", baseline, baseline, 0, 0));
			for (int i = 0; i < FORMATS.size(); i++) {
				lines.add(line(FORMATS.get(i), rounds.median(i + 1), baseline, bytes[i],
						heapMegabytes(load, question(FORMATS.get(i)))));
			}
		}
		lines.forEach(System.out::println);
		Files.createDirectories(Path.of("target"));
		Files.write(Path.of("target", "export-benchmark.md"), lines);
	}

	private static Question question(String format) {
		return new Question("/admin/api/export/orders?id=lte." + ROWS + "&" + format, Map.of());
	}

	private static String line(String name, double seconds, double baseline, long bytes, double heap) {
		return String.format(Locale.ROOT, "| %s | %.2f | %.0f | %.2f | %.0f | %.1f |", name, seconds, ROWS / seconds,
				baseline / seconds, bytes / 1e6, heap);
	}

	private static double seconds(Step step) throws Exception {
		long start = System.nanoTime();
		step.run();
		return (System.nanoTime() - start) / 1e9;
	}

	private static long read(Load load, Question question) throws Exception {
		HttpResponse<InputStream> answer = load.answer(question, HttpResponse.BodyHandlers.ofInputStream());
		long bytes = 0;
		byte[] buffer = new byte[64 * 1024];
		try (InputStream body = answer.body()) {
			for (int size = body.read(buffer); size >= 0; size = body.read(buffer)) {
				bytes += size;
			}
		}
		// No format makes less of an order, so an answer that is shorter is not whole.
		if (bytes < ROWS * 5) {
			throw new IllegalStateException("There are only " + bytes + " bytes");
		}
		return bytes;
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
		Thread export = new Thread(() -> {
			try {
				read(load, question);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		export.start();
		while (export.isAlive()) {
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
