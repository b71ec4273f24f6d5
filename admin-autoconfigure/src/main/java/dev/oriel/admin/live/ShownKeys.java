package dev.oriel.admin.live;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.data.Row;
import org.jspecify.annotations.Nullable;

/**
 * Which windows show a row, by its key. Most rows are shown by few windows and there are
 * many of them, so plain arrays hold the windows of those.
 */
final class ShownKeys {

	private static final Window[] NONE = {};

	/** To go through more than this takes longer than to look it up. */
	private static final int FEW = 16;

	private final Map<List<String>, Window[]> few = new HashMap<>();

	private final Map<List<String>, Set<Window>> many = new HashMap<>();

	/**
	 * Let a window show other rows than before. Those that are the same cost next to
	 * nothing.
	 */
	void replace(Window window, List<Row> before, List<Row> after) {
		Set<List<String>> gone = keys(before);
		Set<List<String>> come = keys(after);
		come.removeIf(gone::remove);
		gone.forEach((key) -> remove(window, key));
		come.forEach((key) -> add(window, key));
	}

	private static Set<List<String>> keys(List<Row> rows) {
		Set<List<String>> keys = new HashSet<>();
		rows.forEach((row) -> keys.add(row.key()));
		return keys;
	}

	private void add(Window window, List<String> key) {
		Set<Window> many = this.many.get(key);
		if (many != null) {
			many.add(window);
			return;
		}
		Window[] present = this.few.getOrDefault(key, NONE);
		if (present.length == FEW) {
			this.few.remove(key);
			many = new HashSet<>(Arrays.asList(present));
			many.add(window);
			this.many.put(key, many);
			return;
		}
		Window[] more = Arrays.copyOf(present, present.length + 1);
		more[present.length] = window;
		this.few.put(key, more);
	}

	private void remove(Window window, List<String> key) {
		Set<Window> many = this.many.get(key);
		if (many == null) {
			this.few.computeIfPresent(key, (same, present) -> without(window, present));
			return;
		}
		many.remove(window);
		if (many.size() <= FEW / 2) {
			this.many.remove(key);
			this.few.put(key, many.toArray(NONE));
		}
	}

	private static Window @Nullable [] without(Window window, Window[] present) {
		Window[] left = Arrays.stream(present).filter((each) -> each != window).toArray(Window[]::new);
		return (left.length > 0) ? left : null;
	}

	/**
	 * Collect the windows that show one of some rows.
	 */
	void collect(Collection<List<String>> keys, Collection<Window> showing) {
		for (List<String> key : keys) {
			showing.addAll(Arrays.asList(this.few.getOrDefault(key, NONE)));
			showing.addAll(this.many.getOrDefault(key, Set.of()));
		}
	}

}
