package dev.oriel.admin.stomp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Writers}.
 */
class WritersTests {

	@Test
	void threadIsWokenOnceForManyTasks() {
		Deque<Runnable> started = new ArrayDeque<>();
		Writers writers = new Writers(started::add, 2);
		List<Integer> done = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			int number = i;
			writers.execute(() -> done.add(number));
		}
		assertThat(started).hasSize(2);
		started.poll().run();
		assertThat(done).hasSize(100).isSorted();
		started.poll().run();
		writers.execute(() -> done.add(100));
		assertThat(started).hasSize(1);
	}

	@Test
	void taskThatFailsTakesNoOtherWithIt() {
		Deque<Runnable> started = new ArrayDeque<>();
		Writers writers = new Writers(started::add, 1);
		List<String> done = new ArrayList<>();
		writers.execute(() -> {
			throw new IllegalStateException("broken");
		});
		writers.execute(() -> done.add("next"));
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> started.remove().run());
		started.remove().run();
		assertThat(done).containsExactly("next");
	}

	@Test
	void refusalIsTold() {
		Writers writers = new Writers((task) -> {
			throw new RejectedExecutionException("stopped");
		}, 1);
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> writers.execute(() -> {
			}));
		}
	}

	@Test
	void noTaskIsLeftOver() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(3);
		try {
			Writers writers = new Writers(threads, 3);
			AtomicInteger done = new AtomicInteger();
			for (int round = 0; round < 2_000; round++) {
				CountDownLatch left = new CountDownLatch(4);
				for (int i = 0; i < 4; i++) {
					writers.execute(() -> {
						done.incrementAndGet();
						left.countDown();
					});
				}
				assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
			}
			assertThat(done).hasValue(8_000);
		}
		finally {
			threads.shutdownNow();
		}
	}

}
