package dev.oriel.admin.stomp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import dev.oriel.admin.live.LiveMessage;
import dev.oriel.admin.live.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent over one socket. Whoever puts something in never waits, and what
 * waits is bounded: a client that cannot keep up is given fewer messages, not later ones.
 */
final class Mailbox {

	private final SocketWriter writer;

	private final Executor executor;

	private final Consumer<Throwable> broken;

	/** Answers to the client's own frames, whose number is limited. */
	private final Deque<String> answers = new ArrayDeque<>();

	private final Deque<TopicSlot> ready = new ArrayDeque<>();

	private boolean busy;

	private boolean closed;

	private @Nullable Runnable last;

	private long busySince;

	private long wroteAt = System.nanoTime();

	private long messageId;

	Mailbox(SocketWriter writer, Executor executor, Consumer<Throwable> broken) {
		this.writer = writer;
		this.executor = executor;
		this.broken = broken;
	}

	/**
	 * Send an answer before everything else.
	 */
	synchronized void answer(String frame) {
		if (!this.closed) {
			this.answers.add(frame);
			begin();
		}
	}

	/**
	 * Send one more frame and nothing after it.
	 * @param frame the frame
	 * @param then what to do when it was sent
	 */
	synchronized void finish(String frame, Runnable then) {
		if (!this.closed) {
			this.closed = true;
			this.ready.clear();
			this.answers.add(frame);
			this.last = then;
			begin();
		}
	}

	/**
	 * Send nothing any more.
	 */
	synchronized void close() {
		this.closed = true;
		this.answers.clear();
		this.ready.clear();
	}

	synchronized void put(TopicSlot slot, LiveMessage message) {
		slot.add(message);
		queue(slot);
	}

	synchronized void attach(TopicSlot slot, Subscription subscription) {
		slot.subscription(subscription);
		queue(slot);
	}

	synchronized void remove(TopicSlot slot) {
		slot.close();
	}

	/**
	 * Send a sign of life if nothing else was sent for a while.
	 */
	synchronized void heartbeat(long intervalNanos) {
		if (!this.busy && System.nanoTime() - this.wroteAt >= intervalNanos) {
			answer(Frames.HEARTBEAT);
		}
	}

	/**
	 * Whether the client has not taken a frame for a long time.
	 */
	synchronized boolean isStuck(long nanos) {
		return this.busy && System.nanoTime() - this.busySince > nanos;
	}

	private void queue(TopicSlot slot) {
		if (!this.closed && !slot.isQueued() && slot.isReady()) {
			slot.queued(true);
			this.ready.add(slot);
			begin();
		}
	}

	private void begin() {
		if (!this.busy) {
			this.busy = true;
			this.busySince = System.nanoTime();
			hand();
		}
	}

	private void hand() {
		try {
			this.executor.execute(this::writeNext);
		}
		catch (RejectedExecutionException ex) {
			this.closed = true;
		}
	}

	private void writeNext() {
		String frame = next();
		if (frame != null) {
			this.writer.write(frame, this::wrote);
		}
	}

	private void wrote(@Nullable Throwable failure) {
		if (failure != null) {
			close();
			this.broken.accept(failure);
			return;
		}
		synchronized (this) {
			this.wroteAt = System.nanoTime();
			this.busySince = this.wroteAt;
			if (this.answers.isEmpty() && this.ready.isEmpty() && this.last == null) {
				this.busy = false;
			}
			else {
				hand();
			}
		}
	}

	private @Nullable String next() {
		while (true) {
			TopicSlot slot;
			boolean behind;
			Runnable end = null;
			synchronized (this) {
				String answer = this.answers.poll();
				if (answer != null) {
					return answer;
				}
				slot = this.ready.poll();
				if (slot == null) {
					this.busy = false;
					end = this.last;
					this.last = null;
				}
				behind = slot != null && slot.isBehind();
				if (slot != null && behind) {
					slot.collect();
				}
			}
			if (slot == null) {
				if (end != null) {
					end.run();
				}
				return null;
			}
			LiveMessage message = behind ? replacement(slot) : null;
			String frame = take(slot, message, behind);
			if (frame != null) {
				return frame;
			}
		}
	}

	/**
	 * Made outside the lock: it needs the window's, under which others wait for ours.
	 */
	private static @Nullable LiveMessage replacement(TopicSlot slot) {
		Subscription subscription = slot.subscription();
		return (subscription != null) ? subscription.current() : null;
	}

	private synchronized @Nullable String take(TopicSlot slot, @Nullable LiveMessage replacement, boolean behind) {
		LiveMessage message = replacement;
		if (behind && message != null) {
			slot.caughtUp(message);
		}
		else if (!behind) {
			message = slot.poll();
		}
		slot.queued(false);
		boolean wanted = message != null && !slot.isClosed();
		queue(slot);
		return (message != null && wanted) ? Frames.message(slot.head(), ++this.messageId, message.json()) : null;
	}

}
