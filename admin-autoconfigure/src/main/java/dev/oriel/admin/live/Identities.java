package dev.oriel.admin.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.data.Row;

/**
 * What makes a row of one list the same as a row of another: its key, or, where keys are
 * missing or not distinct, its whole content, equal rows being told apart by their count.
 *
 * @param before the identities of the rows of the first list
 * @param after the identities of the rows of the second list
 * @param keyed whether they are keys
 */
record Identities(List<Object> before, List<Object> after, boolean keyed) {

	static Identities of(List<Row> before, List<Row> after) {
		if (haveKeys(before) && haveKeys(after)) {
			return new Identities(keys(before), keys(after), true);
		}
		return new Identities(contents(before), contents(after), false);
	}

	private static boolean haveKeys(List<Row> rows) {
		Set<List<String>> keys = new HashSet<>();
		for (Row row : rows) {
			if (row.key().isEmpty() || !keys.add(row.key())) {
				return false;
			}
		}
		return true;
	}

	private static List<Object> keys(List<Row> rows) {
		return rows.stream().<Object>map(Row::key).toList();
	}

	private static List<Object> contents(List<Row> rows) {
		Map<String, Integer> counts = new HashMap<>();
		List<Object> contents = new ArrayList<>();
		for (Row row : rows) {
			contents.add(new Content(row.json(), counts.merge(row.json(), 1, Integer::sum)));
		}
		return contents;
	}

	/**
	 * A row without a key.
	 */
	private record Content(String json, int occurrence) {
	}

}
