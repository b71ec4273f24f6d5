package dev.oriel.admin.live;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.data.Row;

/**
 * Which windows show a row, by its key. Most rows are shown by few windows and there are
 * many of them, so plain arrays hold the windows.
 */
final class ShownKeys {

	private static final Window[] NONE = {};

	private final Map<List<String>, Window[]> windows = new HashMap<>();

	void add(Window window, List<Row> rows) {
		for (Row row : rows) {
			this.windows.merge(row.key(), new Window[] { window }, (present, one) -> {
				if (Arrays.asList(present).contains(window)) {
					return present;
				}
				Window[] more = Arrays.copyOf(present, present.length + 1);
				more[present.length] = window;
				return more;
			});
		}
	}

	void remove(Window window, List<Row> rows) {
		for (Row row : rows) {
			this.windows.computeIfPresent(row.key(), (key, present) -> {
				Window[] left = Arrays.stream(present).filter((each) -> each != window).toArray(Window[]::new);
				return (left.length > 0) ? left : null;
			});
		}
	}

	/**
	 * Collect the windows that show one of some rows.
	 */
	void collect(Collection<List<String>> keys, Collection<Window> showing) {
		for (List<String> key : keys) {
			showing.addAll(Arrays.asList(this.windows.getOrDefault(key, NONE)));
		}
	}

}
