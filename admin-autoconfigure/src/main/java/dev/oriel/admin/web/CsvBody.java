package dev.oriel.admin.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;

import org.jspecify.annotations.Nullable;

/**
 * Rows as comma-separated values, by RFC 4180. The first line names the columns. The word
 * {@code NULL} stands for no value, unless it is quoted; nothing is an empty text.
 *
 * @see <a href=
 * "https://docs.postgrest.org/en/stable/references/api/tables_views.html#bulk-insert">
 * PostgREST: bulk insert</a>
 */
final class CsvBody {

	private static final String NULL = "NULL";

	private final String text;

	private int position;

	private int line = 1;

	private CsvBody(String text) {
		this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
	}

	/**
	 * Return the rows, each with its values by the names of the columns.
	 */
	static List<Map<String, @Nullable String>> parse(String text) {
		CsvBody body = new CsvBody(text);
		List<@Nullable String> names = body.isAtEnd() ? List.of() : body.row();
		if (names.isEmpty() || names.stream().anyMatch((name) -> name == null || name.isEmpty())
				|| names.stream().distinct().count() < names.size()) {
			throw invalid("The first line must name the columns, each once.");
		}
		List<Map<String, @Nullable String>> rows = new ArrayList<>();
		while (!body.isAtEnd()) {
			if (body.skipEmptyLine()) {
				continue;
			}
			int line = body.line;
			rows.add(zip(names, body.row(), line));
		}
		return rows;
	}

	private static Map<String, @Nullable String> zip(List<@Nullable String> names, List<@Nullable String> values,
			int line) {
		if (values.size() != names.size()) {
			throw new ProblemException(new Problem(400, "PGRST102", "All lines must have same number of fields",
					"Line %d has %d, the first one has %d.".formatted(line, values.size(), names.size()), null));
		}
		Map<String, @Nullable String> row = new LinkedHashMap<>();
		for (int i = 0; i < values.size(); i++) {
			row.put(String.valueOf(names.get(i)), values.get(i));
		}
		return row;
	}

	private boolean skipEmptyLine() {
		boolean empty = skip('\r') | skip('\n');
		this.line += empty ? 1 : 0;
		return empty;
	}

	private boolean isAtEnd() {
		return this.position >= this.text.length();
	}

	private List<@Nullable String> row() {
		List<@Nullable String> values = new ArrayList<>();
		do {
			values.add(field());
		}
		while (skip(','));
		boolean ended = skip('\r') | skip('\n');
		if (!ended && !isAtEnd()) {
			throw invalid("Line %d goes on behind the quote that ends a field.".formatted(this.line));
		}
		this.line++;
		return values;
	}

	private @Nullable String field() {
		if (skip('"')) {
			return quoted();
		}
		int start = this.position;
		while (!isAtEnd() && ",\r\n".indexOf(this.text.charAt(this.position)) < 0) {
			this.position++;
		}
		String value = this.text.substring(start, this.position);
		return value.equals(NULL) ? null : value;
	}

	private String quoted() {
		StringBuilder value = new StringBuilder();
		int opened = this.line;
		while (!isAtEnd()) {
			char character = this.text.charAt(this.position++);
			if (character == '"' && !skip('"')) {
				return value.toString();
			}
			this.line += (character == '\n') ? 1 : 0;
			value.append(character);
		}
		throw invalid("The quote that begins in line %d has no end.".formatted(opened));
	}

	private boolean skip(char character) {
		boolean found = !isAtEnd() && this.text.charAt(this.position) == character;
		this.position += found ? 1 : 0;
		return found;
	}

	private static ProblemException invalid(String details) {
		return new ProblemException(new Problem(400, "PGRST102", "Empty or invalid CSV", details, null));
	}

}
