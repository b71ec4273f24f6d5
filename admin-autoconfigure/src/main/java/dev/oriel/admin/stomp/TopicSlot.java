package dev.oriel.admin.stomp;

import java.util.ArrayDeque;
import java.util.Deque;

import dev.oriel.admin.live.LiveMessage;
import dev.oriel.admin.live.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent of one subscription: a few messages at most. Beyond them one
 * message takes the place of all that a slow client has missed. Guarded by the mailbox.
 */
final class TopicSlot {

	private static final int WAITING = 4;

	private final String head;

	private final Deque<LiveMessage> waiting = new ArrayDeque<>();

	private volatile @Nullable Subscription subscription;

	private boolean behind;

	private boolean queued;

	private boolean closed;

	TopicSlot(String id, String destination) {
		this.head = Frames.messageHead(id, destination);
	}

	/**
	 * Return how all its messages begin.
	 */
	String head() {
		return this.head;
	}

	@Nullable Subscription subscription() {
		return this.subscription;
	}

	void subscription(Subscription subscription) {
		this.subscription = subscription;
	}

	void add(LiveMessage message) {
		if (this.behind || this.closed) {
			return;
		}
		if (this.waiting.size() == WAITING) {
			this.waiting.clear();
			this.behind = true;
		}
		else {
			this.waiting.add(message);
		}
	}

	boolean isReady() {
		return !this.closed && (!this.waiting.isEmpty() || (this.behind && this.subscription != null));
	}

	@Nullable LiveMessage poll() {
		return this.waiting.poll();
	}

	boolean isBehind() {
		return this.behind;
	}

	/**
	 * Begin to collect messages again, before the one is made that replaces the lost
	 * ones.
	 */
	void collect() {
		this.behind = false;
	}

	/**
	 * Drop what the replacement already tells.
	 */
	void caughtUp(LiveMessage replacement) {
		if (replacement.to() > 0) {
			this.waiting.removeIf((message) -> message.isCoveredBy(replacement.to()));
		}
	}

	boolean isQueued() {
		return this.queued;
	}

	void queued(boolean queued) {
		this.queued = queued;
	}

	boolean isClosed() {
		return this.closed;
	}

	void close() {
		this.closed = true;
		this.waiting.clear();
	}

}
