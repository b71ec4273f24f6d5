package dev.oriel.admin.live;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CircuitBreaker}.
 */
class CircuitBreakerTests {

	private long now;

	private Duration limit = Duration.ZERO;

	private final CircuitBreaker breaker = new CircuitBreaker(() -> this.now);

	@Test
	void cheapQuestionIsAskedEachTimeAndHasTheSameTime() {
		for (int i = 0; i < 100; i++) {
			assertThat(ask("cheap", 1, 5)).isEqualTo("answer");
			assertThat(this.limit).hasMillis(251);
		}
	}

	@Test
	void questionThatFailsIsNotAskedForAWhileAndOthersAre() {
		assertThat(ask("dear", 1, 1_000)).isNull();
		this.limit = Duration.ZERO;
		assertThat(ask("dear", 1, 0)).isNull();
		assertThat(this.limit).isZero();
		assertThat(ask("cheap", 1, 5)).isEqualTo("answer");
		pass(10_000);
		assertThat(ask("dear", 1, 5)).isEqualTo("answer");
		assertThat(ask("dear", 1, 5)).isEqualTo("answer");
	}

	@Test
	void questionThatFailsAgainRestsTwiceAsLong() {
		ask("dear", 1, 1_000);
		pass(10_000);
		assertThat(ask("dear", 1, 1_000)).isNull();
		pass(10_000);
		// What failed in between does not have it forgotten.
		ask("other", 1, 1_000);
		pass(9_000);
		assertThat(ask("dear", 1, 0)).isNull();
		pass(1_000);
		assertThat(ask("dear", 1, 0)).isEqualTo("answer");
	}

	@Test
	void dearQuestionsTogetherTakeNoMoreThanOne() {
		ask("dear", 1, 1_000);
		assertThat(this.limit).hasMillis(251);
		for (int i = 0; i < 100; i++) {
			ask("dear " + i, 1, 1_000);
			assertThat(this.limit).isLessThanOrEqualTo(Duration.ofMillis(30));
		}
		pass(10_000);
		ask("one more", 1, 5);
		assertThat(this.limit).hasMillis(251);
	}

	@Test
	void questionAboutManyWindowsHasMoreTime() {
		assertThat(ask("many", 10_000, 9_000)).isEqualTo("answer");
		assertThat(ask("few", 1, 5)).isEqualTo("answer");
		assertThat(this.limit).hasMillis(251);
	}

	private void pass(long millis) {
		this.now += Duration.ofMillis(millis).toNanos();
	}

	/**
	 * Ask a question that is given up if it has less time than it takes.
	 */
	private @Nullable String ask(String question, int windows, long millis) {
		return this.breaker.ask(question, windows, (limit) -> {
			this.limit = limit;
			pass(Math.min(millis, limit.toMillis()));
			if (millis > limit.toMillis()) {
				throw new IllegalStateException("too long");
			}
			return "answer";
		});
	}

}
