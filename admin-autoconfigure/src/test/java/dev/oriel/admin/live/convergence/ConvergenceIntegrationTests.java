package dev.oriel.admin.live.convergence;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import dev.oriel.admin.testing.RestartablePostgres;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that whatever is asked, written and broken, every client shows in the end what a
 * GET answers. Longer with {@code -Doriel.convergence.seeds=500}; one seed alone with
 * {@code -Doriel.convergence.seed=42}.
 */
class ConvergenceIntegrationTests {

	private static final Log logger = LogFactory.getLog(ConvergenceIntegrationTests.class);

	/** How many seeds every build runs, without faults that take long to get over. */
	private static final int USUAL = 14;

	private static RestartablePostgres server;

	@BeforeAll
	static void start() {
		server = new RestartablePostgres(
				Map.of("fsync", "off", "wal_level", "logical", "max_wal_senders", "6", "max_replication_slots", "6"));
	}

	@AfterAll
	static void stop() throws IOException {
		server.close();
	}

	@TestFactory
	Stream<DynamicTest> everyClientShowsWhatIsAnswered() {
		Long only = Long.getLong("oriel.convergence.seed");
		int count = Integer.getInteger("oriel.convergence.seeds", USUAL);
		LongStream seeds = (only != null) ? LongStream.of(only) : LongStream.rangeClosed(1, count);
		AtomicLong told = new AtomicLong();
		Stream<DynamicTest> tests = seeds.mapToObj((seed) -> DynamicTest.dynamicTest("seed " + seed, () -> {
			Storm storm = new Storm(seed, 40, seed > USUAL);
			storm.run(server);
			logger.info(storm);
			told.addAndGet(storm.told());
		}));
		// A single one may have shown everything by snapshots.
		DynamicTest changes = DynamicTest.dynamicTest("changes were told", () -> assertThat(told).hasPositiveValue());
		return (only != null) ? tests : Stream.concat(tests, Stream.of(changes));
	}

}
