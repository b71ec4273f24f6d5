package dev.oriel.admin.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Writers that update single rows as fast as they can, each over its own connection, and
 * what they wait for meanwhile.
 */
final class WriterLoad {

	private static final String WAITS = """
			SELECT coalesce(wait_event_type || ' ' || wait_event, 'processor') FROM pg_stat_activity
			WHERE application_name = 'writer' AND state = 'active'""";

	/** Each connection finds its plans first, as one of a pool has done long ago. */
	private static final int WARM_UP = 20;

	private final ChangeServer server;

	private final String sql;

	private final AtomicLong done = new AtomicLong();

	private final Map<String, Integer> waits = new TreeMap<>();

	private long millis;

	private double serverMillis;

	WriterLoad(ChangeServer server, String table) {
		this.server = server;
		this.sql = "UPDATE " + table + " SET value = value + 1 WHERE id = ?";
	}

	/**
	 * Let them write.
	 * @param writers how many there are
	 * @param millis for how long
	 */
	WriterLoad run(int writers, int millis) throws Exception {
		this.millis += millis;
		CountDownLatch ready = new CountDownLatch(writers);
		CountDownLatch go = new CountDownLatch(1);
		CountDownLatch over = new CountDownLatch(writers);
		CountDownLatch leave = new CountDownLatch(1);
		AtomicLong end = new AtomicLong(Long.MAX_VALUE);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < writers; i++) {
			Random random = new Random(i);
			threads.add(new Thread(() -> {
				try (Connection connection = this.server.open();
						PreparedStatement statement = connection.prepareStatement(this.sql)) {
					connection.setClientInfo("ApplicationName", "writer");
					for (int update = 0; update < WARM_UP; update++) {
						update(statement, random);
					}
					ready.countDown();
					go.await();
					write(statement, random, end.get());
					over.countDown();
					// A process that is gone does not tell what it used.
					leave.await();
				}
				catch (SQLException | InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}));
		}
		threads.forEach(Thread::start);
		ready.await();
		double before = this.server.cpuMillis();
		end.set(System.nanoTime() + millis * 1_000_000L);
		go.countDown();
		sample(end.get());
		over.await();
		this.serverMillis += this.server.cpuMillis() - before;
		leave.countDown();
		for (Thread thread : threads) {
			thread.join();
		}
		return this;
	}

	private void write(PreparedStatement statement, Random random, long end) throws SQLException {
		long written = 0;
		while (System.nanoTime() < end) {
			update(statement, random);
			written++;
		}
		this.done.addAndGet(written);
	}

	private static void update(PreparedStatement statement, Random random) throws SQLException {
		statement.setInt(1, 1 + random.nextInt(ChangeServer.ROWS));
		statement.executeUpdate();
	}

	private void sample(long end) throws SQLException {
		try (Connection connection = this.server.open();
				PreparedStatement statement = connection.prepareStatement(WAITS)) {
			while (System.nanoTime() < end) {
				try (ResultSet rows = statement.executeQuery()) {
					while (rows.next()) {
						this.waits.merge(rows.getString(1), 1, Integer::sum);
					}
				}
				LockSupport.parkNanos(50_000_000);
			}
		}
	}

	/**
	 * Return how many rows were updated.
	 */
	long updates() {
		return this.done.get();
	}

	/**
	 * Return how many rows were updated in a second.
	 */
	double perSecond() {
		return this.done.get() * 1_000.0 / this.millis;
	}

	/**
	 * Return how long all processes of the server used a processor for each update.
	 */
	double serverMicros() {
		return 1_000 * this.serverMillis / this.done.get();
	}

	/**
	 * Return how much of their time writers that were not asleep spent in each way, as
	 * "LWLock WALWrite 71 %", the five longest.
	 */
	String waits() {
		int all = this.waits.values().stream().mapToInt(Integer::intValue).sum();
		return this.waits.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
			.limit(5)
			.map((wait) -> wait.getKey() + " " + Math.round(100.0 * wait.getValue() / all) + " %")
			.reduce((left, right) -> left + ", " + right)
			.orElse("");
	}

}
