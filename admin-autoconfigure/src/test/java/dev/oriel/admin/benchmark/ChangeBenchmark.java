package dev.oriel.admin.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import com.zaxxer.hikari.HikariDataSource;
import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.postgres.ChangeSettings;
import dev.oriel.admin.change.postgres.PostgresChangeSource;
import dev.oriel.admin.change.postgres.TriggerPolicy;
import dev.oriel.admin.change.wal.WalCapture;
import dev.oriel.admin.change.wal.WalSettings;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * Compares the sources of changes: how soon after its commit a change is told, with the
 * least that a client of the driver can do, and what they cost those who write. The disk
 * is waited for, as it is in earnest.
 */
class ChangeBenchmark {

	private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);

	private static final int BLOCK = Integer.getInteger("benchmark.block", 3_000);

	private static final int CHANGES = 200;

	private static final int ROWS = 100_000;

	private final List<String> lines = new ArrayList<>();

	private String url;

	private String cost = "";

	private PostgresSchemaSource schema;

	private HikariDataSource pool;

	@Test
	void tellsSoonAndCostsWritersLittle() throws Exception {
		try (EmbeddedPostgres server = EmbeddedPostgres.builder()
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on")
			.setServerConfig("wal_level", "logical")
			.start(); HikariDataSource own = new HikariDataSource()) {
			this.url = server.getJdbcUrl("postgres", "postgres");
			own.setJdbcUrl(this.url);
			this.pool = own;
			for (String table : List.of("bare", "triggered", "logged")) {
				execute("CREATE TABLE " + table + " (id int PRIMARY KEY, value int)");
				execute("INSERT INTO " + table + " SELECT n, 0 FROM generate_series(1, " + ROWS + ") AS n");
			}
			execute("VACUUM ANALYZE");
			this.schema = new PostgresSchemaSource(this.pool, ReflectionSettings.ALL);
			latency();
			throughput();
			bulk();
		}
		this.lines.forEach(System.out::println);
		Files.createDirectories(Path.of("target"));
		Files.write(Path.of("target", "change-benchmark.md"), this.lines);
	}

	private void latency() throws Exception {
		this.lines.add("| a change is told, ms after | sent, p50 | p99 | acknowledged, p50 | p99 | ratio of p50 |");
		this.lines.add("|---|---|---|---|---|---|");
		Rounds rounds = new Rounds();
		for (int round = 0; round <= ROUNDS; round++) {
			double[] measures = new double[4 * Side.values().length];
			for (Side side : Side.values()) {
				try (Run run = new Run(side)) {
					double[][] times = times(run);
					for (int i = 0; i < 4; i++) {
						measures[4 * side.ordinal() + i] = times[i / 2][CHANGES * ((i % 2 == 0) ? 50 : 99) / 100];
					}
				}
			}
			// The first is for warming up.
			if (round > 0) {
				rounds.add(measures);
			}
		}
		for (Side side : Side.values()) {
			int first = 4 * side.ordinal();
			this.lines.add(String.format(Locale.ROOT, "| %s | %.2f | %.2f | %.2f | %.2f | %.2f |", side.label,
					rounds.median(first), rounds.median(first + 1), rounds.median(first + 2), rounds.median(first + 3),
					rounds.median(first + 2) / rounds.median(2)));
		}
		this.lines.add("");
	}

	private double[][] times(Run run) throws Exception {
		double[][] times = new double[2][CHANGES];
		String sql = "UPDATE " + run.side.table + " SET value = value + 1 WHERE id = ?"
				+ ((run.side == Side.BARE) ? "; NOTIFY bare" : "");
		try (Connection connection = open(); PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < CHANGES; i++) {
				// Out of step with every poll.
				LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(10_000_000, 40_000_000));
				run.toldAt.set(0);
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

	private void throughput() throws Exception {
		this.lines.add("| updates/s with | 8 writers | 16 writers | 64 writers |");
		this.lines.add("|---|---|---|---|");
		Rounds rounds = new Rounds();
		int[] writers = { 8, 16, 64 };
		for (int round = 0; round <= ROUNDS; round++) {
			double[] measures = new double[Side.values().length * writers.length];
			for (Side side : Side.values()) {
				try (Run run = new Run(side)) {
					for (int i = 0; i < writers.length; i++) {
						measures[side.ordinal() * writers.length + i] = updates(run, writers[i]);
					}
				}
			}
			// The first is for warming up.
			if (round > 0) {
				rounds.add(measures);
			}
		}
		for (Side side : Side.values()) {
			StringBuilder line = new StringBuilder("| " + side.writing + " |");
			for (int i = 0; i < writers.length; i++) {
				double median = rounds.median(side.ordinal() * writers.length + i);
				line.append(String.format(Locale.ROOT, " %.0f (%.2f) |", median, median / rounds.median(i)));
			}
			this.lines.add(line.toString());
		}
		this.lines.add("");
		this.lines.add("CPU for reading the log, microseconds per update at 64 writers: " + this.cost);
		this.lines.add("");
	}

	private double updates(Run run, int writers) throws Exception {
		AtomicLong done = new AtomicLong();
		long end = System.nanoTime() + Duration.ofMillis(BLOCK).toNanos();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < writers; i++) {
			Random random = new Random(i);
			threads.add(new Thread(() -> {
				try (Connection connection = open();
						PreparedStatement statement = connection
							.prepareStatement("UPDATE " + run.side.table + " SET value = value + 1 WHERE id = ?")) {
					while (System.nanoTime() < end) {
						statement.setInt(1, 1 + random.nextInt(ROWS));
						statement.executeUpdate();
						done.incrementAndGet();
					}
				}
				catch (SQLException ex) {
					throw new IllegalStateException(ex);
				}
			}));
		}
		long[] before = cpuMillis();
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		long[] after = cpuMillis();
		if (run.side == Side.WAL && done.get() > 0) {
			this.cost = String.format(Locale.ROOT, "%.0f in the server, %.0f in the application",
					1_000.0 * (after[0] - before[0]) / done.get(), 1_000.0 * (after[1] - before[1]) / done.get());
		}
		return done.get() * 1_000.0 / BLOCK;
	}

	/**
	 * Return how much time of a processor was used so far for reading the log: by the
	 * server's process, where the system tells, and by our threads.
	 */
	private long[] cpuMillis() throws SQLException {
		long server = 0;
		try (Connection connection = open();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT active_pid FROM pg_replication_slots WHERE active")) {
			if (row.next()) {
				server = ProcessHandle.of(row.getLong(1))
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
		return new long[] { server, own };
	}

	private void bulk() throws Exception {
		this.lines.add("| " + ROWS + " rows in one UPDATE | seconds | ratio | told after, seconds |");
		this.lines.add("|---|---|---|---|");
		Rounds rounds = new Rounds();
		for (int round = 0; round <= ROUNDS; round++) {
			double[] measures = new double[2 * Side.values().length];
			for (Side side : Side.values()) {
				try (Run run = new Run(side)) {
					run.toldAt.set(0);
					long start = System.nanoTime();
					execute("UPDATE " + side.table + " SET value = value + 1"
							+ ((side == Side.BARE) ? "; NOTIFY bare" : ""));
					long end = System.nanoTime();
					measures[2 * side.ordinal()] = (end - start) / 1e9;
					measures[2 * side.ordinal() + 1] = (run.await() - end) / 1e9;
				}
				execute("VACUUM " + side.table);
			}
			if (round > 0) {
				rounds.add(measures);
			}
		}
		for (Side side : Side.values()) {
			double median = rounds.median(2 * side.ordinal());
			this.lines.add(String.format(Locale.ROOT, "| %s | %.2f | %.2f | %.3f |", side.writing, median,
					median / rounds.median(0), rounds.median(2 * side.ordinal() + 1)));
		}
	}

	private void execute(String sql) throws SQLException {
		try (Connection connection = open(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private Connection open() throws SQLException {
		return DriverManager.getConnection(this.url);
	}

	private Connection openReplication() throws SQLException {
		Properties properties = new Properties();
		properties.put("replication", "database");
		properties.put("preferQueryMode", "simple");
		properties.put("assumeMinServerVersion", "10");
		return DriverManager.getConnection(this.url, properties);
	}

	/**
	 * A way to learn of changes.
	 */
	private enum Side {

		BARE("the driver, LISTEN", "no source", "bare"), TRIGGERS("triggers", "triggers", "triggered"),
		WAL("write-ahead log", "the write-ahead log", "logged");

		private final String label;

		private final String writing;

		private final String table;

		Side(String label, String writing, String table) {
			this.label = label;
			this.writing = writing;
			this.table = table;
		}

	}

	/**
	 * A source at work, with somebody who looks at its table.
	 */
	private final class Run implements AutoCloseable, ChangeListener {

		private final Side side;

		private final AtomicLong toldAt = new AtomicLong();

		private PostgresChangeSource source;

		private Connection listening;

		Run(Side side) throws Exception {
			this.side = side;
			RelationName name = new RelationName("public", side.table);
			switch (side) {
				case BARE -> listen();
				case TRIGGERS -> {
					this.source = new PostgresChangeSource(ChangeBenchmark.this.pool, ChangeBenchmark.this::open,
							ChangeBenchmark.this.schema,
							new ChangeSettings(TriggerPolicy.ON_REQUEST, true, true, Duration.ofSeconds(2)));
					this.source.start(this);
					Awaitility.await().until(() -> this.source.mode(name) != LiveMode.OFF);
					Awaitility.await().ignoreExceptions().until(() -> {
						this.source.installer().install(name);
						this.source.refresh();
						return this.source.mode(name) == LiveMode.TRIGGERS;
					});
				}
				case WAL -> {
					execute("DROP PUBLICATION IF EXISTS benchmark");
					execute("CREATE PUBLICATION benchmark FOR TABLE logged");
					this.source = new PostgresChangeSource(ChangeBenchmark.this.pool, ChangeBenchmark.this.schema,
							Duration.ofSeconds(2),
							new WalCapture(ChangeBenchmark.this.pool, ChangeBenchmark.this::open,
									ChangeBenchmark.this::openReplication, ChangeBenchmark.this.schema,
									new WalSettings("benchmark", false)));
					this.source.start(this);
					Awaitility.await().until(() -> this.source.mode(name) == LiveMode.WAL);
				}
			}
			if (this.source != null) {
				this.source.watch(Set.of(name));
			}
			// What is told at the start is over.
			LockSupport.parkNanos(500_000_000);
		}

		private void listen() throws SQLException {
			Connection opened = open();
			this.listening = opened;
			opened.createStatement().execute("LISTEN bare");
			Thread thread = new Thread(() -> {
				try {
					while (true) {
						if (opened.unwrap(PGConnection.class).getNotifications(1_000).length > 0) {
							this.toldAt.set(System.nanoTime());
						}
					}
				}
				catch (SQLException ex) {
					// Closed.
				}
			});
			thread.setDaemon(true);
			thread.start();
		}

		long await() {
			long start = System.nanoTime();
			while (this.toldAt.get() == 0) {
				if (System.nanoTime() - start > 30e9) {
					throw new IllegalStateException("The change was not told");
				}
				LockSupport.parkNanos(200_000);
			}
			return this.toldAt.get();
		}

		@Override
		public void changed(ChangeEvent event) {
			this.toldAt.compareAndSet(0, System.nanoTime());
		}

		@Override
		public void resync() {
		}

		@Override
		public void close() throws SQLException {
			if (this.source != null) {
				this.source.stop();
			}
			if (this.listening != null) {
				this.listening.abort(Runnable::run);
			}
		}

	}

}
