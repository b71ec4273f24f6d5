package dev.oriel.admin.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.stomp.StompClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Takes the time from a commit until a client of the socket has the frame that tells of
 * it, next to the least that a client of the driver can do.
 */
class LiveLatencyBenchmark {

	private static final int CHANGES = Integer.getInteger("benchmark.changes", 150);

	private static final String CREDENTIALS = "Basic YWRtaW46YWRtaW4=";

	private static final ChangeSide[] SIDES = ChangeSide.values();

	private final Report report = new Report();

	@Test
	void tellsAClientSoon() throws Exception {
		try (ChangeServer server = new ChangeServer();
				ChangeRun bare = new ChangeRun(server, ChangeSide.BARE);
				LiveHost triggers = LiveHost.start(server)) {
			triggers.install(ChangeSide.TRIGGERS.table());
			server.execute("CREATE PUBLICATION benchmark FOR TABLE " + ChangeSide.WAL.table());
			try (LiveHost log = LiveHost.start(server, "oriel.live.source=wal", "oriel.live.publication=benchmark")) {
				log.await(ChangeSide.WAL.table(), LiveMode.WAL);
				measure(server, new Teller[] { new Bare(bare), new Client(triggers, ChangeSide.TRIGGERS),
						new Client(log, ChangeSide.WAL) });
			}
		}
		this.report.save("live-latency-benchmark.md");
	}

	private void measure(ChangeServer server, Teller[] tellers) throws Exception {
		try (Connection connection = server.open()) {
			Rounds rounds = Rounds.afterOne(Rounds.count(3), () -> round(connection, tellers));
			this.report.table("ms from a commit until a client has the frame", "sent, p50", "p99", "acknowledged, p50",
					"p99", "ratio of p50", "of p99");
			for (ChangeSide side : SIDES) {
				int at = 4 * side.ordinal();
				this.report.line("| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |", side.label(), rounds.median(at),
						rounds.median(at + 1), rounds.median(at + 2), rounds.median(at + 3),
						rounds.median(at + 2) / rounds.median(2), rounds.median(at + 3) / rounds.median(3));
			}
		}
		finally {
			for (Teller teller : tellers) {
				teller.close();
			}
		}
	}

	/**
	 * Have all take turns, change by change, so that all see the same load of the
	 * machine.
	 */
	private static double[] round(Connection connection, Teller[] tellers) throws SQLException {
		double[][] times = new double[2 * SIDES.length][CHANGES];
		for (int i = 0; i < CHANGES; i++) {
			for (ChangeSide side : SIDES) {
				// Out of step with every poll.
				LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(10_000_000, 30_000_000));
				Teller teller = tellers[side.ordinal()];
				String sql = side.announced("UPDATE " + side.table() + " SET value = value + 1 WHERE id = 7");
				try (PreparedStatement statement = connection.prepareStatement(sql)) {
					teller.expect();
					long sent = System.nanoTime();
					statement.execute();
					long acknowledged = System.nanoTime();
					long told = teller.told();
					times[2 * side.ordinal()][i] = (told - sent) / 1e6;
					times[2 * side.ordinal() + 1][i] = (told - acknowledged) / 1e6;
				}
			}
		}
		double[] measures = new double[4 * SIDES.length];
		for (int i = 0; i < times.length; i++) {
			Arrays.sort(times[i]);
			measures[2 * i] = times[i][CHANGES / 2];
			measures[2 * i + 1] = times[i][CHANGES * 99 / 100];
		}
		return measures;
	}

	/**
	 * Somebody who is told of one change.
	 */
	private interface Teller {

		void expect();

		/**
		 * Wait, and return when it was told.
		 */
		long told();

		void close();

	}

	private record Bare(ChangeRun run) implements Teller {

		@Override
		public void expect() {
			this.run.forget();
		}

		@Override
		public long told() {
			return this.run.await();
		}

		@Override
		public void close() {
			// Closed by the one who has opened it.
		}

	}

	private static final class Client implements Teller {

		private final AtomicReference<Frame> last = new AtomicReference<>(new Frame("", 0));

		private final StompClient socket;

		private long number;

		Client(LiveHost host, ChangeSide side) {
			this.socket = StompClient.open(host.port(), "Authorization", CREDENTIALS)
				.onFrame((frame) -> this.last.set(new Frame(frame, System.nanoTime())))
				.connect()
				.subscribe("1", "/topic/rows/" + side.table() + "?id=eq.7", "count:none");
			Awaitility.await().until(() -> this.last.get().text.contains("\"snapshot\""));
		}

		@Override
		public void expect() {
			this.number++;
		}

		@Override
		public long told() {
			String row = "\"value\":" + this.number + "}";
			long start = System.nanoTime();
			while (!this.last.get().text.contains(row)) {
				if (System.nanoTime() - start > 30e9) {
					throw new IllegalStateException("Instead of " + row + ": " + this.last.get());
				}
				LockSupport.parkNanos(200_000);
			}
			return this.last.get().at;
		}

		@Override
		public void close() {
			this.socket.close();
		}

	}

	private record Frame(String text, long at) {
	}

}
