package dev.oriel.admin.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

/**
 * Compares the sources of changes: how soon after its commit a change is told, with the
 * least that a client of the driver can do, and what they cost those who write. The disk
 * is waited for, as it is in earnest.
 */
class ChangeBenchmark {

	private static final int BLOCK = Integer.getInteger("benchmark.block", 1_500);

	private static final int CHANGES = 120;

	private static final int ROWS = ChangeServer.ROWS;

	private static final int[] WRITERS = { 8, 16, 64 };

	private static final ChangeSide[] SIDES = ChangeSide.values();

	private final Report report = new Report();

	private final Map<String, String> profiles = new LinkedHashMap<>();

	private String cost = "";

	@Test
	void tellsSoonAndCostsWritersLittle() throws Exception {
		try (ChangeServer server = new ChangeServer()) {
			latency(server);
			throughput(server);
			bulk(server);
		}
		this.report.save("change-benchmark.md");
	}

	private void latency(ChangeServer server) throws Exception {
		Rounds rounds = Rounds.afterOne(Rounds.COUNT, () -> {
			double[] measures = new double[4 * SIDES.length];
			for (ChangeSide side : SIDES) {
				try (ChangeRun run = new ChangeRun(server, side)) {
					double[][] times = times(server, run);
					for (int i = 0; i < 4; i++) {
						measures[4 * side.ordinal() + i] = times[i / 2][CHANGES * ((i % 2 == 0) ? 50 : 99) / 100];
					}
				}
			}
			return measures;
		});
		this.report.table("a change is told, ms after", "sent, p50", "p99", "acknowledged, p50", "p99", "ratio of p50");
		for (ChangeSide side : SIDES) {
			int first = 4 * side.ordinal();
			this.report.line("| %s | %.2f | %.2f | %.2f | %.2f | %.2f |", side.label(), rounds.median(first),
					rounds.median(first + 1), rounds.median(first + 2), rounds.median(first + 3),
					rounds.median(first + 2) / rounds.median(2));
		}
	}

	private static double[][] times(ChangeServer server, ChangeRun run) throws SQLException {
		double[][] times = new double[2][CHANGES];
		String sql = run.side().announced("UPDATE " + run.side().table() + " SET value = value + 1 WHERE id = ?");
		try (Connection connection = server.open(); PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < CHANGES; i++) {
				// Out of step with every poll.
				LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(10_000_000, 40_000_000));
				run.forget();
				statement.setInt(1, i + 1);
				long sent = System.nanoTime();
				statement.execute();
				long acknowledged = System.nanoTime();
				long told = run.await();
				times[0][i] = (told - sent) / 1e6;
				times[1][i] = (told - acknowledged) / 1e6;
			}
		}
		Arrays.sort(times[0]);
		Arrays.sort(times[1]);
		return times;
	}

	private void throughput(ChangeServer server) throws Exception {
		Rounds rounds = Rounds.afterOne(Rounds.COUNT, () -> {
			double[] measures = new double[SIDES.length * WRITERS.length];
			for (ChangeSide side : SIDES) {
				try (ChangeRun run = new ChangeRun(server, side)) {
					for (int i = 0; i < WRITERS.length; i++) {
						measures[side.ordinal() * WRITERS.length + i] = updates(server, run, WRITERS[i]);
					}
				}
			}
			return measures;
		});
		this.report.table("updates/s with", "8 writers", "16 writers", "64 writers");
		for (ChangeSide side : SIDES) {
			StringBuilder line = new StringBuilder("| " + side.writing() + " |");
			for (int i = 0; i < WRITERS.length; i++) {
				double median = rounds.median(side.ordinal() * WRITERS.length + i);
				line.append(String.format(Locale.ROOT, " %.0f (%.2f) |", median, median / rounds.median(i)));
			}
			this.report.line("%s", line);
		}
		this.report.table("writers", "with", "processors, microseconds per update",
				"what writers do in the last round");
		this.profiles.forEach((load, profile) -> this.report.line("| %s | %s |", load, profile));
		this.report.gap();
		this.report.line("CPU for reading the log, microseconds per update at 64 writers: %s", this.cost);
	}

	private double updates(ChangeServer server, ChangeRun run, int writers) throws Exception {
		long[] before = cpuMillis(server);
		WriterLoad load = new WriterLoad(server, run.side().table()).run(writers, BLOCK);
		long[] after = cpuMillis(server);
		if (run.side() == ChangeSide.WAL && load.updates() > 0) {
			this.cost = String.format(Locale.ROOT, "%.0f in the server, %.0f in the application",
					1_000.0 * (after[0] - before[0]) / load.updates(),
					1_000.0 * (after[1] - before[1]) / load.updates());
		}
		this.profiles.put(writers + " | " + run.side().writing(),
				String.format(Locale.ROOT, "%.0f | %s", load.serverMicros(), load.waits()));
		return load.perSecond();
	}

	/**
	 * Return how much time of a processor was used so far for reading the log: by the
	 * server's process, where the system tells, and by our threads.
	 */
	private static long[] cpuMillis(ChangeServer server) throws SQLException {
		long decoding = 0;
		try (Connection connection = server.open();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT active_pid FROM pg_replication_slots WHERE active")) {
			if (row.next()) {
				decoding = ProcessHandle.of(row.getLong(1))
					.flatMap((process) -> process.info().totalCpuDuration())
					.map(Duration::toMillis)
					.orElse(0L);
			}
		}
		long own = 0;
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		for (ThreadInfo thread : threads.dumpAllThreads(false, false)) {
			if (thread.getThreadName().startsWith("oriel-wal")) {
				own += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()) / 1_000_000);
			}
		}
		return new long[] { decoding, own };
	}

	private void bulk(ChangeServer server) throws Exception {
		Rounds rounds = Rounds.afterOne(Rounds.COUNT, () -> {
			double[] measures = new double[2 * SIDES.length];
			for (ChangeSide side : SIDES) {
				try (ChangeRun run = new ChangeRun(server, side)) {
					run.forget();
					long start = System.nanoTime();
					server.execute(side.announced("UPDATE " + side.table() + " SET value = value + 1"));
					long end = System.nanoTime();
					measures[2 * side.ordinal()] = (end - start) / 1e9;
					measures[2 * side.ordinal() + 1] = (run.await() - end) / 1e9;
				}
				server.execute("VACUUM " + side.table());
			}
			return measures;
		});
		this.report.table(ROWS + " rows in one UPDATE", "seconds", "ratio", "told after, seconds");
		for (ChangeSide side : SIDES) {
			double median = rounds.median(2 * side.ordinal());
			this.report.line("| %s | %.2f | %.2f | %.3f |", side.writing(), median, median / rounds.median(0),
					rounds.median(2 * side.ordinal() + 1));
		}
	}

}
