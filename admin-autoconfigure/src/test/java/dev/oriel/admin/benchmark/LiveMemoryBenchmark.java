package dev.oriel.admin.benchmark;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.live.LiveMessage;
import dev.oriel.admin.live.Subscription;
import dev.oriel.admin.live.TopicRequest;
import dev.oriel.admin.live.Topics;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Tells what is kept in memory for each window and each subscriber: the difference that
 * many of them make to what is left after a collection. Clients are processes of their
 * own.
 */
class LiveMemoryBenchmark {

	private static final Caller CALLER = new Caller("admin", Set.of("ROLE_ADMIN"));

	/** Fewer than there are rows, for windows that begin at different ones. */
	private static final int WINDOWS = Math.min(2_000, LiveHost.WINDOWS);

	private static final int SOCKETS = Math.min(5_000, LiveHost.SOCKETS);

	private final Report report = new Report();

	@Test
	void keepsLittle() throws Exception {
		try (ChangeServer server = new ChangeServer()) {
			server.execute("CREATE TABLE item (id int PRIMARY KEY, value int NOT NULL, name text, note text)");
			server.execute("INSERT INTO item SELECT n, 0, 'item ' || n, repeat('lorem ipsum ', 12) "
					+ "FROM generate_series(1, " + (WINDOWS + 100) + ") AS n");
			server.execute("VACUUM ANALYZE");
			try (LiveHost host = LiveHost.start(server)) {
				host.install("item");
				windows(host);
				sockets(host);
			}
		}
		this.report.save("live-memory-benchmark.md");
	}

	private void windows(LiveHost host) throws Exception {
		this.report.table("windows of", "rows", "kB a window", "of it texts of rows");
		// What is made once is there afterwards.
		bytes(host, 50);
		for (int rows : new int[] { 1, 50 }) {
			this.report.line("| %d rows | %d | %.1f | %.1f |", rows, rows * WINDOWS, bytes(host, rows) / 1e3,
					rows * text() / 1e3);
		}
	}

	/**
	 * Return how many bytes the JSON text of a row has.
	 */
	private static int text() {
		return "{\"id\":1000,\"value\":0,\"name\":\"item 1000\",\"note\":\"\"}".length() + 12 * "lorem ipsum ".length();
	}

	private double bytes(LiveHost host, int rows) throws Exception {
		Topics topics = host.topics();
		Consumer<LiveMessage> nobody = (message) -> {
		};
		List<Subscription> subscriptions = new ArrayList<>();
		long before = used();
		try {
			for (int window = 0; window < WINDOWS; window++) {
				subscriptions.add(topics.subscribe(CALLER,
						new TopicRequest("/topic/rows/item?id=gt." + window + "&order=id&limit=" + rows, "public",
								"none", false, null, null),
						nobody));
			}
			Awaitility.await()
				.until(() -> host.engine().windowCount() == WINDOWS
						&& host.engine().status().windows().stream().allMatch((window) -> window.rows() == rows));
			return (double) (used() - before) / WINDOWS;
		}
		finally {
			subscriptions.forEach(Subscription::close);
			Awaitility.await().until(() -> host.engine().windowCount() == 0);
		}
	}

	private void sockets(LiveHost host) throws Exception {
		this.report.table(SOCKETS + " sockets that subscribe to one topic", "kB each", "more, kB");
		long empty = used();
		double spring;
		try (Swarm swarm = Swarm.subscribed(host.port(), BareStomp.PATH, SOCKETS, false, "/topic/item")) {
			Awaitility.await().until(() -> host.context().getBean(BareStomp.class).subscriptions() == SOCKETS);
			spring = (double) (used() - empty) / swarm.size();
		}
		Awaitility.await().until(() -> host.context().getBean(BareStomp.class).subscriptions() == 0);
		empty = used();
		try (Swarm swarm = Swarm.subscribed(host.port(), "/admin/live", SOCKETS, true,
				"/topic/rows/item?order=id&limit=1")) {
			double oriel = (double) (used() - empty) / swarm.size();
			this.report.line("| Spring's broker | %.1f | 0.0 |", spring / 1e3);
			this.report.line("| Oriel | %.1f | %.1f |", oriel / 1e3, (oriel - spring) / 1e3);
		}
		Awaitility.await().until(() -> host.engine().subscriberCount() == 0);
	}

	/**
	 * Return what is left when nobody works any more.
	 */
	private static long used() throws InterruptedException {
		long used = Long.MAX_VALUE;
		for (int i = 0; i < 4; i++) {
			System.gc();
			used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
			Thread.sleep(200);
		}
		return used;
	}

}
