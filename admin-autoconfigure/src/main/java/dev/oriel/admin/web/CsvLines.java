package dev.oriel.admin.web;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.oriel.admin.data.Row;
import dev.oriel.admin.data.RowPage;

import org.jspecify.annotations.Nullable;

/**
 * Writes rows as comma-separated values, by RFC 4180, with PostgreSQL's own texts of the
 * values. No value is written as nothing, an empty text as quotes with nothing between.
 */
final class CsvLines {

	private CsvLines() {
	}

	/**
	 * Return the lines, the first of which names the fields.
	 * @param page rows that are composite values, with the names of their fields
	 */
	static String write(RowPage page) {
		StringBuilder lines = new StringBuilder(line(page.fields()));
		for (Row row : page.rows()) {
			lines.append('\n').append(line(fields(row.json())));
		}
		return lines.toString();
	}

	private static String line(List<? extends @Nullable String> values) {
		return values.stream().map(CsvLines::quote).collect(Collectors.joining(","));
	}

	private static String quote(@Nullable String value) {
		if (value == null) {
			return "";
		}
		boolean plain = !value.isEmpty()
				&& value.chars().noneMatch((c) -> c == ',' || c == '"' || c == '\n' || c == '\r');
		return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
	}

	/**
	 * Return the texts of a composite value, which PostgreSQL writes as
	 * {@code (a,"b ""c""",)}: quotes and backslashes are doubled inside of quotes, and
	 * nothing stands for NULL.
	 */
	static List<@Nullable String> fields(String composite) {
		List<@Nullable String> fields = new ArrayList<>();
		int end = composite.length() - 1;
		int position = 1;
		while (position <= end) {
			boolean quoted = position < end && composite.charAt(position) == '"';
			StringBuilder text = new StringBuilder();
			int start = position;
			boolean inside = false;
			while (position < end && (inside || composite.charAt(position) != ',')) {
				char character = composite.charAt(position);
				boolean doubled = inside && (character == '"' || character == '\\') && position + 1 < end
						&& composite.charAt(position + 1) == character;
				if (doubled) {
					text.append(character);
					position++;
				}
				else if (character == '"') {
					inside = !inside;
				}
				else {
					text.append(character);
				}
				position++;
			}
			fields.add((position == start && !quoted) ? null : text.toString());
			position++;
		}
		return fields;
	}

}
