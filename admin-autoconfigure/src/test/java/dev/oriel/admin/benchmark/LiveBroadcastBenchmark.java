package dev.oriel.admin.benchmark;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import com.sun.management.OperatingSystemMXBean;
import dev.oriel.admin.stomp.StompClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Tells very many clients of the changes of one window, five times a second and as often
 * as all of them can be told, next to a loop over bare sockets that are sent the same
 * bytes.
 */
class LiveBroadcastBenchmark {

	private static final int BLOCK = Integer.getInteger("benchmark.block", 6_000);

	private static final int PER_SECOND = 5;

	private static final String WINDOW = "/topic/rows/tick?order=id&limit=50";

	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private final Report report = new Report();

	@Test
	void tellsManyAsSoonAsALoopDoes() throws Exception {
		try (ChangeServer server = new ChangeServer()) {
			server
				.execute("CREATE TABLE tick (id int PRIMARY KEY, value int NOT NULL, name text, mail text, note text, "
						+ "at timestamptz DEFAULT now())");
			server.execute("INSERT INTO tick SELECT n, 0, 'Customer ' || n, 'customer' || n || '@example.com', "
					+ "repeat('lorem ipsum ', 6) FROM generate_series(1, 50) AS n");
			try (LiveHost host = LiveHost.start(server); Connection connection = server.open()) {
				host.install("tick");
				measure(host, connection);
			}
		}
		this.report.save("live-broadcast-benchmark.md");
	}

	private void measure(LiveHost host, Connection connection) throws Exception {
		AtomicReference<String> sample = new AtomicReference<>("");
		Side bare = new Side("a loop over bare sockets", (number) -> {
			long now = System.nanoTime();
			host.bareSockets().broadcast(sample.get().replaceFirst("\"value\":\\d+", "\"value\":" + number));
			return now;
		});
		try (PreparedStatement update = connection.prepareStatement("UPDATE tick SET value = ? WHERE id = 7")) {
			Side oriel = new Side("Oriel", (number) -> {
				update.setInt(1, number);
				update.executeUpdate();
				return System.nanoTime();
			});
			sample.set(sample(host, oriel));
			Rounds rounds = Rounds.afterOne(Rounds.count(1), () -> {
				double[] measures = new double[12];
				try (Swarm swarm = Swarm.listening(host.port(), BareSockets.PATH, LiveHost.SOCKETS)) {
					run(bare, swarm, measures, 0);
				}
				Awaitility.await().until(() -> host.bareSockets().count() == 0);
				oriel.change.to(0);
				try (Swarm swarm = Swarm.subscribed(host.port(), "/admin/live", LiveHost.SOCKETS, true, WINDOW)) {
					run(oriel, swarm, measures, 6);
				}
				Awaitility.await().until(() -> host.engine().subscriberCount() == 0);
				return measures;
			});
			this.report.table(LiveHost.SOCKETS + " clients of one window, 5 changes/s: ms until told, p50", "p95",
					"p99", "greatest", "deliveries/s", "ratio", "processor, microseconds a delivery");
			line(bare, rounds, 0);
			line(oriel, rounds, 6);
			this.report.gap();
			this.report.line("A message has %d bytes.", sample.get().length());
		}
	}

	/**
	 * Return a message as clients are sent them.
	 */
	private static String sample(LiveHost host, Side oriel) throws Exception {
		AtomicReference<String> last = new AtomicReference<>("");
		StompClient client = StompClient.open(host.port(), "Authorization", "Basic YWRtaW46YWRtaW4=")
			.onFrame(last::set)
			.connect()
			.subscribe("sub-0", WINDOW, "count:none");
		try {
			Awaitility.await().until(() -> last.get().contains("snapshot"));
			oriel.change.to(1);
			Awaitility.await().until(() -> last.get().contains("delta"));
			return last.get();
		}
		finally {
			client.close();
		}
	}

	private void run(Side side, Swarm swarm, double[] measures, int at) throws Exception {
		int number = 1;
		// Until the code is compiled and buffers have their size.
		for (; number <= 10; number++) {
			side.change.to(number);
			swarm.awaitAll(number);
		}
		int first = number;
		List<Long> since = new ArrayList<>();
		long start = System.nanoTime();
		for (int i = 0; i < BLOCK * PER_SECOND / 1_000; i++) {
			// Not put off by changes that took long.
			long due = start + i * (1_000_000_000L / PER_SECOND);
			LockSupport.parkNanos(due - System.nanoTime());
			since.add(side.change.to(number++));
		}
		swarm.awaitAll(number - 1);
		System.arraycopy(swarm.report(first, since), 0, measures, at, 4);
		int begin = number;
		long processor = this.system.getProcessCpuTime();
		start = System.nanoTime();
		while (System.nanoTime() - start < BLOCK / 2 * 1_000_000L) {
			side.change.to(number);
			swarm.awaitAll(number++);
		}
		double deliveries = (double) (number - begin) * LiveHost.SOCKETS;
		measures[at + 4] = deliveries * 1e9 / (System.nanoTime() - start);
		measures[at + 5] = (this.system.getProcessCpuTime() - processor) / 1e3 / deliveries;
	}

	private void line(Side side, Rounds rounds, int at) {
		this.report.line("| %s: %.0f | %.0f | %.0f | %.0f | %.0f | %.2f | %.1f |", side.name, rounds.median(at),
				rounds.median(at + 1), rounds.median(at + 2), rounds.median(at + 3), rounds.median(at + 4),
				rounds.median(at + 4) / rounds.median(4), rounds.median(at + 5));
	}

	/**
	 * Makes the value another one, and returns since when all should know.
	 */
	@FunctionalInterface
	private interface Change {

		long to(int number) throws Exception;

	}

	private record Side(String name, Change change) {
	}

}
