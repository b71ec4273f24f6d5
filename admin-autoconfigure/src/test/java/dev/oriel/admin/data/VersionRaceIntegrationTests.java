package dev.oriel.admin.data;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.oriel.admin.sql.VersionMode;
import dev.oriel.admin.testing.PostgresDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for two writers who have seen the same version of a row: in 10,000 races
 * altogether, exactly one of them wins, and the row is as the winner wrote it.
 */
class VersionRaceIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/shop.sql");

	private final Rig rig = Rig.of(database);

	@Test
	void oneOfTwoUpdatesWins() throws Exception {
		String version = insert("counter", "{\"id\":1,\"n\":0}");
		int last = race(4_000, version, (seen, value) -> update("counter", "n", 1, seen, value),
				(seen, value) -> update("counter", "n", 1, seen, value));
		assertThat(this.rig.read("counter", "select=n&id=eq.1")).isEqualTo("[{\"n\":" + last + "}]");
	}

	@Test
	void oneOfTwoUpdatesOfAViewWins() throws Exception {
		database.execute("CREATE VIEW counted AS SELECT id AS number, n AS total FROM counter");
		this.rig.source().refresh();
		insert("counter", "{\"id\":2,\"n\":0}");
		// A view has no row versions, so what is compared is the whole row.
		String version = this.rig.version("counted", "number=eq.2");
		Attempt attempt = (seen,
				value) -> write(() -> this.rig.writer()
					.update(Rig.CALLER, Rig.name("counted"), "{\"total\":" + value + "}", Rig.query("number=eq.2"),
							Rig.expecting(seen)));
		int last = race(2_000, version, attempt, attempt);
		assertThat(this.rig.read("counter", "select=n&id=eq.2")).isEqualTo("[{\"n\":" + last + "}]");
	}

	@Test
	void oneOfTwoReplacementsWins() throws Exception {
		String version = insert("counter", "{\"id\":3,\"n\":0}");
		Attempt replace = (seen,
				value) -> write(() -> this.rig.writer()
					.replace(Rig.CALLER, Rig.name("counter"), Payload.of("{\"id\":3,\"n\":" + value + "}"),
							Rig.query("id=eq.3"), Rig.expecting(seen))
					.page());
		race(1_000, version, replace, replace);
		int last = race(1_000, this.rig.version("counter", "id=eq.3"), replace,
				(seen, value) -> update("counter", "n", 3, seen, value));
		assertThat(this.rig.read("counter", "select=n&id=eq.3")).isEqualTo("[{\"n\":" + last + "}]");
	}

	@Test
	void eitherADeleteOrAnUpdateWins() throws Exception {
		String version = insert("counter", "{\"id\":4,\"n\":0}");
		race(2_000, version, (seen, value) -> update("counter", "n", 4, seen, value), (seen, value) -> {
			Outcome deleted = write(() -> this.rig.writer()
				.delete(Rig.CALLER, Rig.name("counter"), Rig.query("id=eq.4"), Rig.expecting(seen)));
			// For the next race.
			return deleted.won() ? new Outcome(true, insert("counter", "{\"id\":4,\"n\":0}")) : deleted;
		});
	}

	/**
	 * Have two writers begin at once, again and again, each time with the version that
	 * the last winner has left. Return what the last winner wrote.
	 */
	private static int race(int races, String version, Attempt one, Attempt other) throws Exception {
		Course course = new Course(version);
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			CyclicBarrier start = new CyclicBarrier(2);
			CyclicBarrier end = new CyclicBarrier(2, course::finish);
			List<Future<Boolean>> writers = List.of(threads.submit(runner(races, 0, one, course, start, end)),
					threads.submit(runner(races, 1, other, course, start, end)));
			for (Future<Boolean> writer : writers) {
				assertThat(writer.get()).isTrue();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(course.races).isEqualTo(races);
		return course.value;
	}

	private static Callable<Boolean> runner(int races, int lane, Attempt attempt, Course course, CyclicBarrier start,
			CyclicBarrier end) {
		return () -> {
			try {
				for (int race = 0; race < races; race++) {
					start.await();
					course.outcomes[lane] = attempt.write(course.version, valueOf(race, lane));
					end.await();
				}
				return true;
			}
			catch (Exception | Error ex) {
				// The other one must not wait for ever.
				start.reset();
				end.reset();
				throw ex;
			}
		};
	}

	private static int valueOf(int race, int lane) {
		return 2 * race + lane + 1;
	}

	private String insert(String relation, String row) {
		WriteOptions options = new WriteOptions(VersionMode.SEPARATE, null, null, false, false);
		return String.valueOf(this.rig.writer()
			.insert(Rig.CALLER, Rig.name(relation), row, Rig.query(""), options)
			.rows()
			.get(0)
			.version());
	}

	private Outcome update(String relation, String column, int id, String seen, int value) {
		return write(() -> this.rig.writer()
			.update(Rig.CALLER, Rig.name(relation), "{\"" + column + "\":" + value + "}", Rig.query("id=eq." + id),
					Rig.expecting(seen)));
	}

	private static Outcome write(Callable<RowPage> write) {
		try {
			return new Outcome(true, write.call().rows().get(0).version());
		}
		catch (StaleRowException ex) {
			return new Outcome(false, (ex.current() != null) ? ex.current().version() : null);
		}
		catch (Exception ex) {
			throw new AssertionError("Neither won nor lost", ex);
		}
	}

	/**
	 * Writes a value over the version that was seen.
	 */
	@FunctionalInterface
	private interface Attempt {

		Outcome write(String seen, int value);

	}

	/**
	 * What became of an attempt.
	 *
	 * @param version the version of the row afterwards: the writer's own, or for who lost
	 * the one that is there, {@code null} if none is
	 */
	private record Outcome(boolean won, @Nullable String version) {
	}

	/**
	 * Where two writers meet.
	 */
	private static final class Course {

		private final Outcome[] outcomes = new Outcome[2];

		private String version;

		private int races;

		private int value;

		private Course(String version) {
			this.version = version;
		}

		private void finish() {
			assertThat(this.outcomes[0].won() ^ this.outcomes[1].won()).as("race %d", this.races).isTrue();
			Outcome winner = this.outcomes[0].won() ? this.outcomes[0] : this.outcomes[1];
			Outcome loser = this.outcomes[0].won() ? this.outcomes[1] : this.outcomes[0];
			assertThat(loser.version()).as("race %d", this.races).isNotEqualTo(this.version);
			assertThat(winner.version()).isNotNull().isNotEqualTo(this.version);
			this.version = winner.version();
			this.value = valueOf(this.races, (winner == this.outcomes[0]) ? 0 : 1);
			this.races++;
		}

	}

}
