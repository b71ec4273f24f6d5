package dev.oriel.admin.benchmark;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Map;

import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Compares rows that are sent as CSV with {@code \copy} of {@code psql}, where that is
 * installed, and with the driver's own copy to nowhere, which is a little quicker. Looks
 * as well at how much memory they take on the way.
 */
class StreamBenchmark {

	private static final long ROWS = OrdersCopy.ROWS;

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	@Test
	void streamsAgainstPsql() throws Exception {
		Orders.fill(database);
		Report report = new Report();
		try (BenchmarkHost host = BenchmarkHost.start(database)) {
			Load load = host.load();
			OrdersCopy copy = new OrdersCopy(database);
			Step psql = copy::byPsql;
			Step driver = copy::byDriver;
			Step oriel = () -> stream(load);
			boolean installed = Psql.isInstalled();
			Rounds rounds = Rounds.afterOne(Rounds.COUNT,
					() -> new double[] { installed ? psql.seconds() : Double.NaN, driver.seconds(), oriel.seconds() });
			double heap = HeapPeak.megabytes(oriel);
			double baseline = rounds.median(installed ? 0 : 1);
			report.line("%d rows as CSV, median of %d rounds", ROWS, Rounds.COUNT);
			report.table("", "seconds", "rows/s", "ratio");
			if (installed) {
				line(report, "psql \\copy", rounds.median(0), baseline);
			}
			line(report, "driver's copy", rounds.median(1), baseline);
			line(report, "Oriel over HTTP", rounds.median(2), baseline);
			report.gap();
			report.line("Memory that is in use while they are sent: %.1f MB more than before", heap);
		}
		report.save("stream-benchmark.md");
	}

	private static void line(Report report, String name, double seconds, double baseline) {
		report.line("| %s | %.2f | %.0f | %.2f |", name, seconds, ROWS / seconds, baseline / seconds);
	}

	private static void stream(Load load) throws Exception {
		Question question = new Question("/admin/api/rest/orders?id=lte." + ROWS, Map.of("Accept", "text/csv"));
		HttpResponse<InputStream> answer = load.answer(question, HttpResponse.BodyHandlers.ofInputStream());
		// No value of an order holds a line feed.
		long rows = 0;
		byte[] buffer = new byte[64 * 1024];
		try (InputStream body = answer.body()) {
			for (int size = body.read(buffer); size >= 0; size = body.read(buffer)) {
				for (int i = 0; i < size; i++) {
					rows += (buffer[i] == '\n') ? 1 : 0;
				}
			}
		}
		if (rows != ROWS) {
			throw new IllegalStateException("There are " + rows + " rows");
		}
	}

}
