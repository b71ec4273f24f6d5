package dev.oriel.admin.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/**
 * Compares the import of a file in which one row of a thousand is bad, in one of five
 * ways, with {@code \copy} of {@code psql} of the same file without them into the same
 * table. Looks as well at the memory that it takes, and at how long a page of a grid
 * takes meanwhile.
 */
class ImportBenchmark {

	private static final int ROWS = Integer.getInteger("benchmark.imported", 1_000_000);

	private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);

	private static final String CREDENTIALS = "Basic "
			+ Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.US_ASCII));

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	@TempDir
	Path directory;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@Test
	void importsAgainstPsql() throws Exception {
		Orders.fill(database);
		database.execute("CREATE TABLE imported (LIKE orders INCLUDING ALL); "
				+ "ALTER TABLE imported ADD FOREIGN KEY (customer_id) REFERENCES customer, ADD CHECK (status <> 'lost')");
		Path good = this.directory.resolve("good.csv");
		Path bad = this.directory.resolve("bad.csv");
		write(good, bad);
		List<String> lines = new ArrayList<>();
		try (BenchmarkHost host = BenchmarkHost.start(database)) {
			Load load = new Load(host.origin(), Orders.postgres(database));
			Rounds rounds = new Rounds();
			for (int round = 0; round <= ROUNDS; round++) {
				double[] measures = { seconds(() -> psql(good)), seconds(() -> send(host, bad)), page(load, () -> {
					TimeUnit.SECONDS.sleep(3);
				}), page(load, () -> psql(good)), page(load, () -> send(host, bad)) };
				// The first is for warming up.
				if (round > 0) {
					rounds.add(measures);
				}
			}
			double heap = heapMegabytes(() -> send(host, bad));
			lines.add("%d rows of CSV, one of a thousand bad, median of %d rounds".formatted(ROWS, ROUNDS));
			lines.add("");
			lines.add("| | seconds | ratio | page of a grid meanwhile, ms | against an idle server |");
			lines.add("|---|---|---|---|---|");
			lines.add(line("nothing", Double.NaN, Double.NaN, rounds.median(2), rounds.median(2)));
			lines.add(line("psql \\copy, good rows only", rounds.median(0), rounds.median(0), rounds.median(3),
					rounds.median(2)));
			lines.add(line("Oriel over HTTP", rounds.median(1), rounds.median(0), rounds.median(4), rounds.median(2)));
			lines.add("");
			lines.add(String.format(Locale.ROOT, "Memory that is in use meanwhile: %.1f MB more than before", heap));
		}
		lines.forEach(System.out::println);
		Files.createDirectories(Path.of("target"));
		Files.write(Path.of("target", "import-benchmark.md"), lines);
	}

	private static String line(String name, double seconds, double baseline, double page, double idle) {
		return String.format(Locale.ROOT, "| %s | %.2f | %.2f | %.1f | %.2f |", name, seconds, baseline / seconds, page,
				page / idle);
	}

	private static void write(Path good, Path bad) throws Exception {
		try (Connection connection = database.dataSource().getConnection();
				OutputStream out = Files.newOutputStream(good)) {
			connection.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyOut("COPY (SELECT n AS id, o.customer_id, o.status, o.placed_at, o.total, o.payload, "
						+ "md5('i' || n)::uuid AS ref FROM generate_series(1, %d) n JOIN orders o ON o.id = 1 + n %% %d) TO STDOUT (FORMAT csv, HEADER)"
							.formatted(ROWS, Orders.COUNT),
						out);
		}
		try (BufferedReader in = Files.newBufferedReader(good); BufferedWriter out = Files.newBufferedWriter(bad)) {
			long number = 0;
			String before = "";
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				out.write(((number > 1 && number % 1000 == 0) ? spoilt(line, before, (int) (number / 1000 % 5)) : line)
						+ "\n");
				before = line;
				number++;
			}
		}
	}

	private static String spoilt(String line, String before, int way) {
		String[] fields = line.split(",", 4);
		return switch (way) {
			case 0 -> fields[0] + ",abc," + fields[2] + "," + fields[3];
			case 1 -> fields[0] + ",-5," + fields[2] + "," + fields[3];
			case 2 -> fields[0] + "," + fields[1] + ",lost," + fields[3];
			case 3 -> fields[0] + "," + fields[1] + ",," + fields[3];
			default -> before;
		};
	}

	private static double seconds(Step step) throws Exception {
		database.execute("TRUNCATE imported");
		database.jdbc().sql("CHECKPOINT").update();
		long start = System.nanoTime();
		step.run();
		return (System.nanoTime() - start) / 1e9;
	}

	private void send(BenchmarkHost host, Path file) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create(host.origin() + "/admin/api/import/imported?on-rejected=skip"))
			.header("Authorization", CREDENTIALS)
			.header("Content-Type", "text/csv")
			.POST(BodyPublishers.ofFile(file))
			.build();
		HttpResponse<String> answer = this.client.send(request, BodyHandlers.ofString());
		if (!answer.body().contains("\"rejected\":" + (ROWS / 1000) + "}")) {
			throw new IllegalStateException(answer.body());
		}
	}

	private static void psql(Path file) throws IOException, InterruptedException {
		String url = database.jdbcUrl().substring("jdbc:".length());
		ProcessBuilder psql = new ProcessBuilder("psql", url.replaceFirst("\\?.*", ""), "-U", database.username(), "-q",
				"-c", "\\copy imported FROM '%s' (FORMAT csv, HEADER)".formatted(file))
			.inheritIO();
		psql.environment().put("PGPASSWORD", database.password());
		if (psql.start().waitFor() != 0) {
			throw new IllegalStateException("psql failed");
		}
	}

	/**
	 * Return how many milliseconds a page of a grid takes, in the median, while something
	 * else is done. One after the other is asked for, with a pause as of somebody who
	 * scrolls.
	 */
	private static double page(Load load, Step step) throws Exception {
		database.execute("TRUNCATE imported");
		Exception[] failure = new Exception[1];
		Thread other = new Thread(() -> {
			try {
				step.run();
			}
			catch (Exception ex) {
				failure[0] = ex;
			}
		});
		long[] times = new long[100_000];
		int count = 0;
		other.start();
		while (other.isAlive()) {
			Question page = new Question("/admin/api/rest/orders?order=placed_at.desc,id.desc&limit=50&customer_id=eq."
					+ Orders.customer(count), Map.of());
			long start = System.nanoTime();
			load.ask(page);
			times[count++] = System.nanoTime() - start;
			TimeUnit.MILLISECONDS.sleep(20);
		}
		if (failure[0] != null) {
			throw failure[0];
		}
		return Arrays.stream(times, 0, count).sorted().toArray()[count / 2] / 1e6;
	}

	private static double heapMegabytes(Step step) throws Exception {
		database.execute("TRUNCATE imported");
		long before = used();
		long[] most = { before };
		Thread other = new Thread(() -> {
			try {
				step.run();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		other.start();
		while (other.isAlive()) {
			most[0] = Math.max(most[0], used());
			TimeUnit.MILLISECONDS.sleep(100);
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
