package dev.oriel.admin.live;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.oriel.admin.data.WindowPage;
import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;

/**
 * All open windows, by what they show and by what they depend on.
 */
final class Windows {

	private final Map<WindowKey, Window> windows = new HashMap<>();

	private final Map<RelationName, Dependants> readers = new HashMap<>();

	private final Map<RelationName, Integer> watched = new HashMap<>();

	private final Consumer<Set<RelationName>> watch;

	/**
	 * @param watch told of all relations whose changes matter, in the order they come and
	 * go
	 */
	Windows(Consumer<Set<RelationName>> watch) {
		this.watch = watch;
	}

	/**
	 * Let a subscriber see a window, which is made if there is none.
	 */
	synchronized void join(WindowKey key, Viewer viewer, Function<WindowKey, Window> factory) {
		Window window = this.windows.get(key);
		boolean made = window == null;
		if (window == null) {
			window = factory.apply(key);
		}
		if (!viewer.attach(window)) {
			return;
		}
		if (made) {
			this.windows.put(key, window);
			for (RelationName relation : dependencies(key)) {
				this.readers.computeIfAbsent(relation, (name) -> new Dependants()).add(window);
			}
			// Before the first read, so that no change falls between the two.
			publish();
		}
		window.add(viewer);
		if (made) {
			window.refresh().invalidate();
		}
	}

	synchronized void leave(Window window, Viewer viewer) {
		if (window.remove(viewer)) {
			forget(window);
		}
	}

	/**
	 * End a window and return who saw it.
	 */
	synchronized List<Viewer> close(Window window) {
		forget(window);
		return window.close();
	}

	private void forget(Window window) {
		if (this.windows.remove(window.key(), window)) {
			for (RelationName relation : dependencies(window.key())) {
				this.readers.computeIfPresent(relation, (name, readers) -> readers.remove(window) ? null : readers);
			}
			publish();
		}
	}

	/**
	 * Watch a relation that no window may show.
	 */
	synchronized void watch(RelationName relation) {
		this.watched.merge(relation, 1, Integer::sum);
		publish();
	}

	synchronized void unwatch(RelationName relation) {
		this.watched.computeIfPresent(relation, (name, count) -> (count > 1) ? count - 1 : null);
		publish();
	}

	private void publish() {
		Set<RelationName> relations = new HashSet<>(this.readers.keySet());
		relations.addAll(this.watched.keySet());
		this.watch.accept(relations);
	}

	synchronized boolean contains(WindowKey key) {
		return this.windows.containsKey(key);
	}

	/**
	 * Return the windows that depend on a relation, or {@code null} if there are none.
	 */
	synchronized @Nullable Dependants dependants(RelationName relation) {
		return this.readers.get(relation);
	}

	/**
	 * Remember what changes mean to a window from now on, unless it was closed. Nobody
	 * else waits meanwhile.
	 */
	void place(Window window, WindowPage page) {
		for (RelationName relation : dependencies(window.key())) {
			Dependants dependants = dependants(relation);
			if (dependants != null) {
				dependants.place(window, Interest.of(relation, window.key(), page));
			}
		}
	}

	synchronized List<Window> all() {
		return List.copyOf(this.windows.values());
	}

	private static Set<RelationName> dependencies(WindowKey key) {
		Set<RelationName> dependencies = new HashSet<>(key.access().keySet());
		dependencies.add(key.relation());
		return dependencies;
	}

}
