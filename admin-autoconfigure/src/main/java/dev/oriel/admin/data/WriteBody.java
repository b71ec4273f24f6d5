package dev.oriel.admin.data;

import java.util.LinkedHashSet;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import org.jspecify.annotations.Nullable;

/**
 * The rows a client sends. Only the names are looked at; the values stay as they were
 * written, down to the last digit, until PostgreSQL reads them.
 *
 * @param json the rows as a JSON array
 * @param single the only row as a JSON object, or {@code null} when there are several
 * @param size how many rows there are
 * @param names the members that each row has
 */
record WriteBody(String json, @Nullable String single, int size, Set<String> names) {

	private static final JsonFactory FACTORY = new JsonFactory();

	/**
	 * Read a body.
	 * @param text a JSON object, or an array of objects with the same members
	 */
	static WriteBody parse(String text) {
		Shape shape = new Shape();
		boolean array;
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
			array = read(parser, shape);
			if (parser.nextToken() != null) {
				throw invalid("Only one JSON value is expected");
			}
		}
		catch (JacksonException ex) {
			throw invalid(ex.getOriginalMessage());
		}
		Set<String> names = (shape.names != null) ? shape.names : Set.of();
		return array ? new WriteBody(text, null, shape.size, names) : new WriteBody("[" + text + "]", text, 1, names);
	}

	private static boolean read(JsonParser parser, Shape shape) {
		JsonToken first = parser.nextToken();
		if (first == JsonToken.START_OBJECT) {
			shape.add(readNames(parser));
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
			shape.add(readNames(parser));
			token = parser.nextToken();
		}
		return true;
	}

	private static Set<String> readNames(JsonParser parser) {
		Set<String> names = new LinkedHashSet<>();
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			if (!names.add(parser.currentName())) {
				throw invalid("Duplicate member '%s'".formatted(parser.currentName()));
			}
			if (parser.nextToken() == JsonToken.VALUE_STRING && !isStorable(parser.getString())) {
				throw new ProblemException(new Problem(400, "22P05", "The text holds what PostgreSQL cannot store",
						"A NUL character, or half of a surrogate pair.", "Leave it out.", parser.currentName()));
			}
			parser.skipChildren();
		}
		return names;
	}

	private static boolean isStorable(String text) {
		return text.codePoints()
			.noneMatch((c) -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
	}

	private static ProblemException invalid(@Nullable String details) {
		return new ProblemException(new Problem(400, "PGRST102", "Empty or invalid json", details,
				"Send one object, or an array of objects that all have the same members."));
	}

	/**
	 * What is known after each row read.
	 */
	private static final class Shape {

		private @Nullable Set<String> names;

		private int size;

		private void add(Set<String> names) {
			if (this.names != null && !this.names.equals(names)) {
				throw new ProblemException(new Problem(400, "PGRST102", "All object keys must match",
						"Row %d differs from the rows before it.".formatted(this.size + 1), null));
			}
			this.names = names;
			this.size++;
		}

	}

}
