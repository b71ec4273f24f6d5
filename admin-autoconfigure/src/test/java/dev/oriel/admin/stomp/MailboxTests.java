package dev.oriel.admin.stomp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.oriel.admin.live.LiveMessage;
import dev.oriel.admin.live.Subscription;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Mailbox}.
 */
class MailboxTests {

	private final List<String> written = new ArrayList<>();

	private final List<SocketWriter.Done> pending = new ArrayList<>();

	private final List<Throwable> failures = new ArrayList<>();

	private final Mailbox mailbox = new Mailbox((frame, done) -> {
		this.written.add(frame);
		this.pending.add(done);
	}, Runnable::run, this.failures::add);

	@Test
	void nextFrameIsWrittenWhenTheClientHasTakenTheOneBefore() {
		TopicSlot slot = slot(null);
		this.mailbox.put(slot, delta(1, 2));
		this.mailbox.put(slot, delta(2, 3));
		assertThat(this.written).hasSize(1);
		taken();
		assertThat(this.written).hasSize(2);
	}

	@Test
	void slowClientIsGivenOneMessageInsteadOfMany() {
		TopicSlot slot = slot(new LiveMessage(0, 500, "all of it"));
		for (int version = 1; version < 500; version++) {
			this.mailbox.put(slot, delta(version, version + 1));
		}
		while (!this.pending.isEmpty()) {
			taken();
		}
		assertThat(this.written).hasSize(2);
		assertThat(this.written.get(1)).contains("all of it");
	}

	@Test
	void messagesThatCameWhileCatchingUpAreToldOnlyIfNew() {
		LiveMessage[] current = new LiveMessage[1];
		TopicSlot slot = new TopicSlot("1", "/topic/x");
		this.mailbox.attach(slot, new TestSubscription(() -> {
			this.mailbox.put(slot, delta(9, 10));
			this.mailbox.put(slot, delta(10, 11));
			return current[0];
		}));
		current[0] = new LiveMessage(0, 10, "state 10");
		for (int version = 1; version < 9; version++) {
			this.mailbox.put(slot, delta(version, version + 1));
		}
		while (!this.pending.isEmpty()) {
			taken();
		}
		assertThat(this.written).hasSize(3);
		assertThat(this.written.get(1)).contains("state 10");
		assertThat(this.written.get(2)).contains("10-11");
	}

	@Test
	void answersGoFirst() {
		TopicSlot slot = slot(null);
		this.mailbox.put(slot, delta(1, 2));
		this.mailbox.put(slot, delta(2, 3));
		this.mailbox.answer("RECEIPT");
		taken();
		assertThat(this.written.get(1)).isEqualTo("RECEIPT");
	}

	@Test
	void nothingFollowsTheLastFrame() {
		TopicSlot slot = slot(null);
		boolean[] ended = new boolean[1];
		this.mailbox.put(slot, delta(1, 2));
		this.mailbox.put(slot, delta(2, 3));
		this.mailbox.finish("ERROR", () -> ended[0] = true);
		this.mailbox.put(slot, delta(3, 4));
		taken();
		assertThat(this.written.get(1)).isEqualTo("ERROR");
		assertThat(ended[0]).isFalse();
		taken();
		assertThat(ended[0]).isTrue();
		assertThat(this.written).hasSize(2);
	}

	@Test
	void failureToWriteIsToldOnce() {
		this.mailbox.put(slot(null), delta(1, 2));
		this.pending.remove(0).with(new IllegalStateException("gone"));
		this.mailbox.answer("RECEIPT");
		assertThat(this.failures).hasSize(1);
		assertThat(this.written).hasSize(1);
	}

	@Test
	void closedSubscriptionIsToldNothingMore() {
		TopicSlot slot = slot(null);
		this.mailbox.put(slot, delta(1, 2));
		this.mailbox.put(slot, delta(2, 3));
		this.mailbox.remove(slot);
		taken();
		assertThat(this.written).hasSize(1);
	}

	private TopicSlot slot(LiveMessage current) {
		TopicSlot slot = new TopicSlot("1", "/topic/x");
		this.mailbox.attach(slot, new TestSubscription(() -> current));
		return slot;
	}

	private void taken() {
		this.pending.remove(0).with(null);
	}

	private static LiveMessage delta(long from, long to) {
		return new LiveMessage(from, to, from + "-" + to);
	}

	private record TestSubscription(Supplier<LiveMessage> messages) implements Subscription {

		@Override
		public LiveMessage current() {
			return this.messages.get();
		}

		@Override
		public void close() {
			// Nothing is held.
		}

	}

}
