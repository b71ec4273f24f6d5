package dev.oriel.admin.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;

import dev.oriel.admin.access.Caller;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Turns}.
 */
class TurnsTests {

	private static final Caller ALICE = new Caller("alice", Set.of());

	private static final Caller BOB = new Caller("bob", Set.of());

	private final Queue<Runnable> submitted = new ArrayDeque<>();

	private final List<String> done = new ArrayList<>();

	@Test
	void callersTakeTurnsAndEachKeepsItsOrder() {
		Turns turns = new Turns(this.submitted::add, 1);
		run(turns, ALICE, "a1", "a2", "a3");
		run(turns, BOB, "b1", "b2");
		work();
		assertThat(this.done).containsExactly("a1", "b1", "a2", "b2", "a3");
	}

	@Test
	void whileOneCallerIsBusyOthersAreServed() {
		Turns turns = new Turns(this.submitted::add, 1);
		// Another thread works while the first task runs.
		turns.run(ALICE, () -> {
			work();
			this.done.add("a1");
		});
		run(turns, ALICE, "a2");
		run(turns, BOB, "b1");
		this.submitted.remove().run();
		assertThat(this.done).containsExactly("b1", "a1", "a2");
	}

	@Test
	void taskThatFailsHoldsUpNoOther() {
		Turns turns = new Turns(this.submitted::add, 1);
		turns.run(ALICE, () -> {
			throw new IllegalStateException("on purpose");
		});
		run(turns, ALICE, "a2");
		work();
		assertThat(this.done).containsExactly("a2");
	}

	@Test
	void nothingIsRunAfterTheStop() {
		Turns turns = new Turns(this.submitted::add, 1);
		run(turns, ALICE, "a1");
		turns.stop();
		run(turns, ALICE, "a2");
		work();
		assertThat(this.done).isEmpty();
	}

	private void run(Turns turns, Caller caller, String... tasks) {
		for (String task : tasks) {
			turns.run(caller, () -> this.done.add(task));
		}
	}

	private void work() {
		while (!this.submitted.isEmpty()) {
			this.submitted.remove().run();
		}
	}

}
