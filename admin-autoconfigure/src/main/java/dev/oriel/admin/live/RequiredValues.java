package dev.oriel.admin.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.data.Footprint;
import org.jspecify.annotations.Nullable;

/**
 * Which windows a row may belong to, by the value that it must have in some column. Each
 * window is found under one of its columns; one that requires nothing, under none.
 */
final class RequiredValues {

	private final Map<String, Map<String, Set<Window>>> windows = new HashMap<>();

	private final Set<Window> unconditional = new LinkedHashSet<>();

	/** The column that each window is found under. */
	private final Map<Window, String> columns = new HashMap<>();

	void add(Window window, Footprint footprint) {
		String column = leastCrowded(footprint);
		if (column == null) {
			this.unconditional.add(window);
			return;
		}
		this.columns.put(window, column);
		Map<String, Set<Window>> byValue = this.windows.computeIfAbsent(column, (name) -> new HashMap<>());
		for (String value : values(footprint, column)) {
			byValue.computeIfAbsent(value, (same) -> new HashSet<>(2)).add(window);
		}
	}

	void remove(Window window, Footprint footprint) {
		this.unconditional.remove(window);
		String column = this.columns.remove(window);
		Map<String, Set<Window>> byValue = (column != null) ? this.windows.get(column) : null;
		if (byValue == null) {
			return;
		}
		for (String value : values(footprint, column)) {
			byValue.computeIfPresent(value, (same, windows) -> {
				windows.remove(window);
				return windows.isEmpty() ? null : windows;
			});
		}
		if (byValue.isEmpty()) {
			this.windows.remove(column);
		}
	}

	/**
	 * Return the column under which the fewest windows stand in the same place, so that a
	 * condition that all of them have is not the one they are found by.
	 */
	private @Nullable String leastCrowded(Footprint footprint) {
		String best = null;
		int fewest = Integer.MAX_VALUE;
		for (Map.Entry<String, Set<String>> required : footprint.required().entrySet()) {
			Map<String, Set<Window>> byValue = this.windows.getOrDefault(required.getKey(), Map.of());
			int others = required.getValue()
				.stream()
				.mapToInt((value) -> byValue.getOrDefault(value, Set.of()).size())
				.sum();
			if (others < fewest) {
				best = required.getKey();
				fewest = others;
			}
		}
		return best;
	}

	private static Set<String> values(Footprint footprint, @Nullable String column) {
		return footprint.required().getOrDefault(column, Set.of());
	}

	/**
	 * Return the columns whose values must be known to tell the windows apart.
	 */
	List<String> columns() {
		return new ArrayList<>(this.windows.keySet());
	}

	/**
	 * Collect the windows that any row may belong to.
	 */
	void collectUnconditional(Collection<Window> candidates) {
		candidates.addAll(this.unconditional);
	}

	/**
	 * Collect the windows that rows with some values in one column may belong to.
	 */
	void collect(String column, Collection<@Nullable String> values, Collection<Window> candidates) {
		Map<String, Set<Window>> byValue = this.windows.getOrDefault(column, Map.of());
		for (String value : values) {
			if (value != null) {
				candidates.addAll(byValue.getOrDefault(value, Set.of()));
			}
		}
	}

	/**
	 * Collect all windows that are found under one column.
	 */
	void collectAll(String column, Collection<Window> candidates) {
		this.windows.getOrDefault(column, Map.of()).values().forEach(candidates::addAll);
	}

}
