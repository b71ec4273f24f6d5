package dev.oriel.admin.data;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for two writers who have seen the same version of a row.
 */
class VersionRaceIntegrationTests {

	private static final int RACES = 1_000;

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/shop.sql");

	@Test
	void exactlyOneWriterWins() throws Exception {
		Rig rig = Rig.of(database);
		rig.insert("counter", "{\"id\":1,\"n\":0}");
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			CyclicBarrier start = new CyclicBarrier(2);
			for (int race = 0; race < RACES; race++) {
				String version = rig.version("counter", "id=eq.1");
				int next = race + 1;
				Callable<Boolean> writer = () -> {
					start.await();
					return write(rig, version, next);
				};
				List<Future<Boolean>> writers = threads.invokeAll(List.of(writer, writer));
				assertThat(writers.get(0).get() ^ writers.get(1).get()).as("race %d", race).isTrue();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(rig.read("counter", "id=eq.1")).isEqualTo("[{\"id\":1,\"n\":" + RACES + "}]");
	}

	private static boolean write(Rig rig, String version, int value) {
		try {
			rig.update("counter", "id=eq.1", "{\"n\":" + value + "}", Rig.expecting(version));
			return true;
		}
		catch (StaleRowException ex) {
			assertThat(ex.current()).isNotNull();
			assertThat(ex.current().version()).isNotEqualTo(version);
			return false;
		}
	}

}
