package dev.oriel.admin.schema.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * Ways to take one of several alternatives at each place. A view that shows one column
 * again and again has more of them than anybody can tell apart, so there is a limit.
 */
final class Combinations {

	private static final int LIMIT = 16;

	private Combinations() {
	}

	static <T> List<List<T>> of(List<List<T>> alternatives) {
		List<List<T>> combinations = List.of(List.of());
		for (List<T> choices : alternatives) {
			List<List<T>> longer = new ArrayList<>();
			for (List<T> combination : combinations) {
				for (T choice : choices) {
					List<T> next = new ArrayList<>(combination);
					next.add(choice);
					longer.add(next);
				}
			}
			combinations = longer.subList(0, Math.min(longer.size(), LIMIT));
		}
		return List.copyOf(combinations);
	}

}
