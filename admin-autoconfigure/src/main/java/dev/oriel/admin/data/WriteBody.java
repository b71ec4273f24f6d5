package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import dev.oriel.admin.json.UnlimitedJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

import org.jspecify.annotations.Nullable;

/**
 * The rows a client sends. Only the names are looked at; the values stay as they were
 * written, down to the last digit, until PostgreSQL reads them.
 *
 * @param single the only row as a JSON object, or {@code null} when there are several
 * @param size how many rows there are
 * @param names the columns to write
 * @param runs the rows in their order, taken apart where the columns that they give
 * differ
 */
record WriteBody(@Nullable String single, int size, Set<String> names, List<Run> runs) {

	/**
	 * Read a body without related rows.
	 * @param payload the body, and what is made of it
	 */
	static WriteBody parse(Payload payload) {
		return Objects.requireNonNull(parse(payload, (name) -> false));
	}

	/**
	 * Read a body of rows that need not have the same members, none of which stands for
	 * related rows.
	 * @param text the body
	 */
	static WriteBody ofDifferentRows(String text) {
		return Objects.requireNonNull(parse(text, new Shape(null, false, true, (name) -> false)));
	}

	/**
	 * Read a body.
	 * @param payload the body, and what is made of it
	 * @param related whether a member is no column but stands for related rows
	 * @return {@code null} if a row has related rows
	 */
	static @Nullable WriteBody parse(Payload payload, Predicate<String> related) {
		return parse(payload.json(), new Shape(payload.columns(), payload.defaults(), false, related));
	}

	private static @Nullable WriteBody parse(String text, Shape shape) {
		boolean array;
		try (JsonParser parser = UnlimitedJson.factory().createParser(ObjectReadContext.empty(), text)) {
			array = read(parser, shape);
			if (parser.nextToken() != null) {
				throw invalid("Only one JSON value is expected");
			}
		}
		catch (JacksonException ex) {
			throw invalid(MalformedJson.describe(ex));
		}
		if (shape.related) {
			return null;
		}
		shape.requireSame();
		return new WriteBody(array ? null : text, shape.size, shape.names(), shape.runs(text, array));
	}

	/**
	 * Return the body of one row that was read before.
	 * @param json the row, a JSON object
	 * @param names its members
	 */
	static WriteBody ofRow(String json, List<String> names) {
		Set<String> members = new LinkedHashSet<>(names);
		return new WriteBody(json, 1, members, List.of(new Run(members, 1, "[" + json + "]")));
	}

	private static boolean read(JsonParser parser, Shape shape) {
		JsonToken first = parser.nextToken();
		if (first == JsonToken.START_OBJECT) {
			shape.add(readNames(parser, shape), 0, 0);
			return false;
		}
		if (first != JsonToken.START_ARRAY) {
			throw invalid("An object or an array of objects is expected");
		}
		JsonToken token = parser.nextToken();
		while (token != JsonToken.END_ARRAY) {
			if (token != JsonToken.START_OBJECT) {
				throw invalid("An array of objects is expected");
			}
			long start = parser.currentTokenLocation().getCharOffset();
			Set<String> names = readNames(parser, shape);
			shape.add(names, (int) start, (int) parser.currentLocation().getCharOffset());
			token = parser.nextToken();
		}
		return true;
	}

	private static Set<String> readNames(JsonParser parser, Shape shape) {
		Set<String> names = new LinkedHashSet<>();
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			if (!names.add(parser.currentName())) {
				throw invalid("Duplicate member '%s'".formatted(parser.currentName()));
			}
			JsonToken value = parser.nextToken();
			if (value == JsonToken.VALUE_STRING && !isStorable(parser.getString())) {
				throw new ProblemException(new Problem(400, "22P05", "The text holds what PostgreSQL cannot store",
						"A NUL character, or half of a surrogate pair.", "Leave it out.", parser.currentName()));
			}
			shape.look(parser.currentName(), value);
			parser.skipChildren();
		}
		return names;
	}

	static boolean isStorable(String text) {
		return text.codePoints()
			.noneMatch((c) -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
	}

	private static ProblemException invalid(@Nullable String details) {
		return new ProblemException(new Problem(400, "PGRST102", "Empty or invalid json", details,
				"Send one object, or an array of objects that all have the same members."));
	}

	/**
	 * Rows that give the same columns.
	 *
	 * @param names the columns
	 * @param size how many rows there are
	 * @param json the rows as a JSON array
	 */
	record Run(Set<String> names, int size, String json) {
	}

	/**
	 * What is known after each row read.
	 */
	private static final class Shape {

		private final @Nullable List<String> columns;

		private final boolean defaults;

		private final boolean mixed;

		private final List<Slice> slices = new ArrayList<>();

		private final Predicate<String> relatedNames;

		private @Nullable Set<String> names;

		private int size;

		private int different;

		private boolean related;

		private Shape(@Nullable List<String> columns, boolean defaults, boolean mixed, Predicate<String> relatedNames) {
			this.columns = columns;
			this.defaults = defaults;
			this.mixed = mixed;
			this.relatedNames = relatedNames;
			this.related = columns != null && columns.stream().anyMatch(relatedNames);
		}

		/**
		 * Look at a member, which is asked for by its name only if it may be what no
		 * plain value is.
		 */
		private void look(String name, JsonToken value) {
			boolean possible = value == JsonToken.START_ARRAY || value == JsonToken.START_OBJECT
					|| value == JsonToken.VALUE_NULL;
			this.related |= possible && (this.columns == null || this.columns.contains(name))
					&& this.relatedNames.test(name);
		}

		/**
		 * Refuse rows that differ from the first. Those that embed others may.
		 */
		private void requireSame() {
			if (this.different > 0) {
				throw new ProblemException(new Problem(400, "PGRST102", "All object keys must match",
						"Row %d differs from the rows before it.".formatted(this.different),
						"Name the columns to write with 'columns'."));
			}
		}

		private void add(Set<String> given, int start, int end) {
			if (this.mixed) {
				this.names = (this.names != null) ? this.names : new LinkedHashSet<>();
				this.names.addAll(given);
				this.size++;
				slice(given, start, end);
				return;
			}
			if (this.columns == null && this.names != null && !this.names.equals(given)) {
				this.different = (this.different == 0) ? this.size + 1 : this.different;
			}
			this.names = (this.columns != null) ? new LinkedHashSet<>(this.columns) : given;
			this.size++;
			Set<String> written = new LinkedHashSet<>(this.names);
			if (this.defaults) {
				written.retainAll(given);
			}
			slice(written, start, end);
		}

		private void slice(Set<String> written, int start, int end) {
			Slice last = this.slices.isEmpty() ? null : this.slices.get(this.slices.size() - 1);
			// A statement without columns inserts no more than one row.
			if (last != null && !written.isEmpty() && last.names().equals(written)) {
				this.slices.set(this.slices.size() - 1, new Slice(written, last.size() + 1, last.start(), end));
			}
			else {
				this.slices.add(new Slice(written, 1, start, end));
			}
		}

		private Set<String> names() {
			return (this.names != null) ? this.names : Set.of();
		}

		private List<Run> runs(String text, boolean array) {
			return this.slices.stream()
				.map((slice) -> new Run(slice.names(), slice.size(),
						"[" + (array ? text.substring(slice.start(), slice.end()) : text) + "]"))
				.toList();
		}

	}

	/**
	 * Where a run stands in the text.
	 */
	private record Slice(Set<String> names, int size, int start, int end) {
	}

}
