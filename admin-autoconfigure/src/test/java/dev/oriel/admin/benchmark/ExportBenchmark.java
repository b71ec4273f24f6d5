package dev.oriel.admin.benchmark;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Compares rows that leave as files of every format with {@code \copy} of {@code psql} to
 * nowhere, or with the driver's own copy where {@code psql} is not installed. Looks as
 * well at how much memory they take on the way.
 */
class ExportBenchmark {

	private static final long ROWS = OrdersCopy.ROWS;

	private static final int ROUNDS = Rounds.count(3);

	private static final List<String> FORMATS = List.of("format=csv", "format=csv&formulas=plain", "format=ndjson",
			"format=json", "format=xlsx", "format=sql", "format=csv&values=formatted", "format=xlsx&values=formatted");

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	@Test
	void exportsAgainstCopy() throws Exception {
		Orders.fill(database);
		Report report = new Report();
		try (BenchmarkHost host = BenchmarkHost.start(database)) {
			Load load = host.load();
			OrdersCopy copy = new OrdersCopy(database);
			boolean psql = Psql.isInstalled();
			Step first = psql ? copy::byPsql : copy::byDriver;
			long[] bytes = new long[FORMATS.size()];
			Rounds rounds = Rounds.afterOne(ROUNDS, () -> {
				double[] seconds = new double[FORMATS.size() + 1];
				seconds[0] = first.seconds();
				for (int i = 0; i < FORMATS.size(); i++) {
					int format = i;
					Step export = () -> bytes[format] = read(load, FORMATS.get(format));
					seconds[i + 1] = export.seconds();
				}
				return seconds;
			});
			double baseline = rounds.median(0);
			report.line("%d rows as files, median of %d rounds", ROWS, ROUNDS);
			report.table("", "seconds", "rows/s", "ratio", "MB", "memory in use, MB more");
			line(report, psql ? "psql \\copy" : "driver's copy", baseline, baseline, 0, 0);
			for (int i = 0; i < FORMATS.size(); i++) {
				String format = FORMATS.get(i);
				line(report, format, rounds.median(i + 1), baseline, bytes[i],
						HeapPeak.megabytes(() -> read(load, format)));
			}
		}
		report.save("export-benchmark.md");
	}

	private static void line(Report report, String name, double seconds, double baseline, long bytes, double heap) {
		report.line("| %s | %.2f | %.0f | %.2f | %.0f | %.1f |", name, seconds, ROWS / seconds, baseline / seconds,
				bytes / 1e6, heap);
	}

	private static long read(Load load, String format) throws Exception {
		Question question = new Question("/admin/api/export/orders?id=lte." + ROWS + "&" + format, Map.of());
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

}
