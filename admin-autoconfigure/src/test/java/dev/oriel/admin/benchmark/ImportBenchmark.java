package dev.oriel.admin.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Future;
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
		Report report = new Report();
		try (BenchmarkHost host = BenchmarkHost.start(database)) {
			Load load = host.load();
			Step psql = () -> new Psql(database).run("\\copy imported FROM '%s' (FORMAT csv, HEADER)".formatted(good));
			Step oriel = () -> send(host, bad);
			Rounds rounds = Rounds.afterOne(Rounds.COUNT, () -> new double[] { seconds(psql), seconds(oriel),
					page(load, () -> TimeUnit.SECONDS.sleep(3)), page(load, psql), page(load, oriel) });
			empty();
			double heap = HeapPeak.megabytes(oriel);
			double idle = rounds.median(2);
			report.line("%d rows of CSV, one of a thousand bad, median of %d rounds", ROWS, Rounds.COUNT);
			report.table("", "seconds", "ratio", "page of a grid meanwhile, ms", "against an idle server");
			line(report, "nothing", Double.NaN, Double.NaN, idle, idle);
			line(report, "psql \\copy, good rows only", rounds.median(0), rounds.median(0), rounds.median(3), idle);
			line(report, "Oriel over HTTP", rounds.median(1), rounds.median(0), rounds.median(4), idle);
			report.gap();
			report.line("Memory that is in use meanwhile: %.1f MB more than before", heap);
		}
		report.save("import-benchmark.md");
	}

	private static void line(Report report, String name, double seconds, double baseline, double page, double idle) {
		report.line("| %s | %.2f | %.2f | %.1f | %.2f |", name, seconds, baseline / seconds, page, page / idle);
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
		empty();
		database.jdbc().sql("CHECKPOINT").update();
		return step.seconds();
	}

	private static void empty() {
		database.execute("TRUNCATE imported");
	}

	private void send(BenchmarkHost host, Path file) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create(host.origin() + "/admin/api/import/imported?on-rejected=skip"))
			.header("Authorization", Load.CREDENTIALS)
			.header("Content-Type", "text/csv")
			.POST(BodyPublishers.ofFile(file))
			.build();
		HttpResponse<String> answer = this.client.send(request, BodyHandlers.ofString());
		if (!answer.body().contains("\"rejected\":" + (ROWS / 1000) + "}")) {
			throw new IllegalStateException(answer.body());
		}
	}

	/**
	 * Return how many milliseconds a page of a grid takes, in the median, while something
	 * else is done. One after the other is asked for, with a pause as of somebody who
	 * scrolls.
	 */
	private static double page(Load load, Step step) throws Exception {
		empty();
		long[] times = new long[100_000];
		int count = 0;
		Future<?> done = step.begin();
		while (!done.isDone()) {
			Question page = new Question("/admin/api/rest/orders?order=placed_at.desc,id.desc&limit=50&customer_id=eq."
					+ Orders.customer(count), Map.of());
			long start = System.nanoTime();
			load.ask(page);
			times[count++] = System.nanoTime() - start;
			TimeUnit.MILLISECONDS.sleep(20);
		}
		done.get();
		return Arrays.stream(times, 0, count).sorted().toArray()[count / 2] / 1e6;
	}

}
