package dev.oriel.admin.benchmark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.live.LiveMessage;
import dev.oriel.admin.live.ShownRows;
import dev.oriel.admin.live.Subscription;
import dev.oriel.admin.live.TopicRequest;
import dev.oriel.admin.live.Topics;

/**
 * Subscribers of many windows, each of which keeps what it is told and reads it only at
 * the end, so that reading takes no time from what is measured.
 */
final class WindowTexts implements AutoCloseable {

	private static final Caller CALLER = new Caller("admin", Set.of("ROLE_ADMIN"));

	private final Map<String, Told> windows = new HashMap<>();

	private final List<Subscription> subscriptions = new ArrayList<>();

	private final AtomicLong lastAt = new AtomicLong();

	/**
	 * Subscribe, and wait until all are told their rows.
	 * @param topics where to subscribe
	 * @param destinations the topic of each window, by its name
	 */
	WindowTexts(Topics topics, Map<String, String> destinations) throws Exception {
		destinations.forEach((name, destination) -> {
			Told told = new Told();
			this.windows.put(name, told);
			this.subscriptions.add(
					topics.subscribe(CALLER, new TopicRequest(destination, "public", "none", false, null, null), told));
		});
		awaitQuiet();
		this.windows.forEach((name, told) -> {
			if (told.messages.isEmpty()) {
				throw new IllegalStateException("Window " + name + " was told nothing");
			}
			told.begun = told.messages.size();
		});
	}

	/**
	 * Wait until nobody was told anything for a while, and return when the last was.
	 */
	long awaitQuiet() throws InterruptedException {
		long since = System.nanoTime();
		while (System.nanoTime() - Math.max(since, this.lastAt.get()) < 700_000_000L || isWaiting()) {
			if (System.nanoTime() - since > 120e9) {
				throw new IllegalStateException("There is no end of changes");
			}
			Thread.sleep(20);
		}
		return this.lastAt.get();
	}

	private boolean isWaiting() {
		return this.windows.values().stream().anyMatch((told) -> told.messages.isEmpty());
	}

	/**
	 * Wait until all windows show what they should, and return when the last of them was
	 * told so.
	 * @param expected what each window should show, by its name
	 */
	long awaitEqual(Map<String, String> expected) throws InterruptedException {
		for (int attempt = 0;; attempt++) {
			long last = awaitQuiet();
			List<String> wrong = this.windows.entrySet()
				.stream()
				.filter((window) -> !window.getValue().rows().equals(expected.getOrDefault(window.getKey(), "[]")))
				.map(Map.Entry::getKey)
				.toList();
			if (wrong.isEmpty()) {
				return last;
			}
			if (attempt == 20) {
				throw new IllegalStateException(wrong.size() + " windows show something else, as " + wrong.get(0) + ": "
						+ this.windows.get(wrong.get(0)).rows() + " instead of " + expected.get(wrong.get(0)));
			}
		}
	}

	/**
	 * Return how many messages the one was told that was told the most, but for those at
	 * the beginning.
	 */
	int mostMessages() {
		return this.windows.values().stream().mapToInt((told) -> told.messages.size() - told.begun).max().orElse(0);
	}

	@Override
	public void close() {
		this.subscriptions.forEach(Subscription::close);
	}

	private final class Told implements Consumer<LiveMessage> {

		private final List<String> messages = new ArrayList<>();

		private final ShownRows shown = new ShownRows();

		private int begun;

		private int applied;

		@Override
		public synchronized void accept(LiveMessage message) {
			this.messages.add(message.json());
			WindowTexts.this.lastAt.set(System.nanoTime());
		}

		synchronized String rows() {
			for (; this.applied < this.messages.size(); this.applied++) {
				this.shown.apply(this.messages.get(this.applied));
			}
			return this.shown.json();
		}

	}

}
