package dev.oriel.admin.benchmark;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import com.sun.management.OperatingSystemMXBean;
import org.junit.jupiter.api.Test;

/**
 * Tells what live rows cost while nobody looks at any: the time of a processor that the
 * application takes, and how often it asks the database something.
 */
class LiveIdleBenchmark {

	private static final Duration TIME = Duration.ofMillis(Integer.getInteger("benchmark.idle", 15_000));

	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private final Report report = new Report();

	@Test
	void doesLittleWhileNobodyLooks() throws Exception {
		this.report.table("nobody looks", "processor, ms/s", "transactions/s");
		try (ChangeServer server = new ChangeServer()) {
			measure("without live rows", server, LiveHost.start(server, "oriel.live.enabled=false"));
			LiveHost triggers = LiveHost.start(server);
			triggers.install(ChangeSide.TRIGGERS.table());
			measure("with triggers", server, triggers);
			measure("with the write-ahead log", server, LiveHost.start(server, "oriel.live.source=wal"));
		}
		this.report.save("live-idle-benchmark.md");
	}

	private void measure(String name, ChangeServer server, LiveHost host) throws Exception {
		// The start is over, and what it leaves to be compiled and collected.
		Thread.sleep(TIME.toMillis() / 3);
		try (host; Connection connection = server.open(); Statement statement = connection.createStatement()) {
			long transactions = transactions(statement);
			long processor = this.system.getProcessCpuTime();
			Thread.sleep(TIME.toMillis());
			double seconds = TIME.toMillis() / 1e3;
			this.report.line("| %s | %.2f | %.2f |", name,
					(this.system.getProcessCpuTime() - processor) / 1e6 / seconds,
					// Our own look is one of them.
					(transactions(statement) - transactions - 1) / seconds);
		}
	}

	private static long transactions(Statement statement) throws SQLException {
		try (ResultSet row = statement.executeQuery("SELECT sum(xact_commit + xact_rollback) FROM pg_stat_database "
				+ "WHERE datname = current_database()")) {
			row.next();
			return row.getLong(1);
		}
	}

}
