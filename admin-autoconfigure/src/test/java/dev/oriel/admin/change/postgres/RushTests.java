package dev.oriel.admin.change.postgres;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Rush}.
 */
class RushTests {

	private final Rush rush = new Rush(0);

	private long now;

	@Test
	void fewTransactionsMayNotify() {
		for (int i = 0; i < 200; i++) {
			assertThat(look(50, 4)).isFalse();
		}
	}

	@Test
	void burstIsNoRushUntilItLastsForAMoment() {
		assertThat(look(5, 10)).isFalse();
		assertThat(look(245, 10)).isFalse();
		assertThat(look(5_000, 300)).isFalse();
	}

	@Test
	void manyTransactionsAreAskedToKeepQuietUntilThereAreFewAgain() {
		int asked = 0;
		for (int i = 0; i < 20 * 60; i++) {
			asked += look(50, 10) ? 1 : 0;
		}
		// A minute, of which ten seconds are covered each time, and asked for two before.
		assertThat(asked).isEqualTo(8);
		for (int i = 0; i < 20 * 60; i++) {
			assertThat(look(50, 1)).isFalse();
		}
		assertThat(look(5_000, 2_000)).isTrue();
	}

	@Test
	void writersThatKeptQuietAreAskedAgainBeforeTheyNotify() {
		long asked = -1;
		for (int i = 0; i < 20 * 60; i++) {
			if (look(50, 10)) {
				assertThat(asked < 0 || this.now - asked < Rush.QUIET.toNanos()).isTrue();
				asked = this.now;
			}
		}
	}

	private boolean look(int millis, int transactions) {
		this.now += Duration.ofMillis(millis).toNanos();
		return this.rush.note(this.now, transactions);
	}

}
