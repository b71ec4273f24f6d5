package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The columns and values that PostgreSQL tells of a key, as in
 * {@code Key (a, b)=(1, 2) already exists}: in the server's language, but always in this
 * form.
 *
 * @param columns the names of the columns, or the expressions of an index
 * @param values the texts of the values; empty if it cannot be told where one ends
 * @param others the texts of the values that they conflict with; empty if there are none
 */
record KeyDetail(List<String> columns, List<String> values, List<String> others) {

	private static final String BETWEEN = ")=(";

	KeyDetail {
		columns = List.copyOf(columns);
		values = List.copyOf(values);
		others = List.copyOf(others);
	}

	/**
	 * Read a detail.
	 * @return {@code null} if it tells of no key
	 */
	static @Nullable KeyDetail of(@Nullable String detail) {
		int between = (detail != null) ? detail.indexOf(BETWEEN) : -1;
		int start = (between > 0) ? detail.indexOf('(') : -1;
		if (detail == null || start < 0 || start > between) {
			return null;
		}
		String names = detail.substring(start, between + BETWEEN.length());
		List<String> columns = names(detail.substring(start + 1, between));
		int first = start + names.length();
		int second = detail.indexOf(names, first);
		String values = detail.substring(first, (second > 0) ? second : detail.length());
		String others = (second > 0) ? detail.substring(second + names.length()) : "";
		return new KeyDetail(columns, values(values, columns.size()), values(others, columns.size()));
	}

	/**
	 * Take apart names that are quoted where they have to be. Those of a foreign key
	 * never are.
	 */
	private static List<String> names(String text) {
		List<String> names = new ArrayList<>();
		StringBuilder name = new StringBuilder();
		boolean quoted = false;
		int depth = 0;
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			quoted ^= character == '"';
			depth += quoted ? 0 : ((character == '(') ? 1 : ((character == ')') ? -1 : 0));
			if (!quoted && depth == 0 && text.startsWith(", ", i)) {
				names.add(unquoted(name.toString()));
				name.setLength(0);
				i++;
			}
			else {
				name.append(character);
			}
		}
		names.add(unquoted(name.toString()));
		return names;
	}

	private static String unquoted(String name) {
		boolean quoted = name.length() > 2 && name.startsWith("\"") && name.endsWith("\"");
		return quoted ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
	}

	private static List<String> values(String text, int count) {
		int end = text.lastIndexOf(')');
		if (end < 0) {
			return List.of();
		}
		String values = text.substring(0, end);
		List<String> parts = (count == 1) ? List.of(values) : List.of(values.split(", ", -1));
		return (parts.size() == count) ? parts : List.of();
	}

}
