package dev.oriel.admin.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import dev.oriel.admin.data.MalformedJson;
import dev.oriel.admin.json.UnlimitedJson;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.transfer.format.FormatLimits;

import org.jspecify.annotations.Nullable;

/**
 * Turns the members of a JSON object into the texts that PostgreSQL's input functions
 * read, without a detour over numbers or times of Java's: a number keeps its digits, an
 * array becomes {@code {…}} and a row type {@code (…)}. JSON in a column of JSON stays as
 * it is.
 */
final class DocumentValues {

	private static final JsonFactory FACTORY = UnlimitedJson.factory(FormatLimits.DEFAULTS.depth());

	private final String json;

	private DocumentValues(String json) {
		this.json = json;
	}

	/**
	 * Return the members of an object in their order, each with its raw JSON.
	 * @throws IllegalArgumentException when it is none, with what is wrong
	 */
	static Map<String, String> members(String json) {
		Map<String, String> members = new LinkedHashMap<>();
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw new IllegalArgumentException("A JSON object is expected");
			}
			while (parser.nextToken() != JsonToken.END_OBJECT) {
				String name = parser.currentName();
				parser.nextToken();
				if (members.put(name, raw(parser, json)) != null) {
					throw new IllegalArgumentException("The member '%s' is there twice".formatted(name));
				}
			}
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(MalformedJson.describe(ex), ex);
		}
		return members;
	}

	/**
	 * Return the text of a value, or {@code null} for {@code null}.
	 * @param json the value
	 * @param type the type of its column
	 */
	static @Nullable String text(String json, DataType type) {
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
			parser.nextToken();
			return new DocumentValues(json).text(parser, type.unwrapped());
		}
	}

	private @Nullable String text(JsonParser parser, DataType type) {
		JsonToken token = parser.currentToken();
		if (token == JsonToken.VALUE_NULL) {
			return null;
		}
		if (is(type, "json") || is(type, "jsonb")) {
			return raw(parser, this.json);
		}
		if (token == JsonToken.START_ARRAY && type instanceof DataType.Array array) {
			return array(parser, array);
		}
		if (token == JsonToken.START_OBJECT && type instanceof DataType.Composite composite) {
			return row(parser, composite);
		}
		if (token == JsonToken.START_OBJECT && is(type, "hstore")) {
			return hstore(parser);
		}
		return token.isStructStart() ? raw(parser, this.json) : parser.getString();
	}

	private static boolean is(DataType type, String name) {
		return type instanceof DataType.Base base && base.name().equals(name);
	}

	private String array(JsonParser parser, DataType.Array type) {
		List<String> elements = new ArrayList<>();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			boolean nested = parser.currentToken() == JsonToken.START_ARRAY && !is(type.element().unwrapped(), "json")
					&& !is(type.element().unwrapped(), "jsonb");
			String element = text(parser, nested ? type : type.element().unwrapped());
			elements.add((element == null) ? "NULL" : (nested ? element : quote(element)));
		}
		// The only type whose values hold commas without quotes.
		String delimiter = is(type.element().unwrapped(), "box") ? ";" : ",";
		return elements.stream().collect(Collectors.joining(delimiter, "{", "}"));
	}

	private String row(JsonParser parser, DataType.Composite type) {
		Map<String, DataType> types = new LinkedHashMap<>();
		type.fields().forEach((field) -> types.put(field.name(), field.type().unwrapped()));
		Map<String, @Nullable String> values = new LinkedHashMap<>();
		while (parser.nextToken() != JsonToken.END_OBJECT) {
			String name = parser.currentName();
			parser.nextToken();
			DataType field = types.get(name);
			if (field != null) {
				values.put(name, text(parser, field));
			}
			else {
				parser.skipChildren();
			}
		}
		return types.keySet()
			.stream()
			.map(values::get)
			.map((value) -> (value == null) ? "" : quote(value))
			.collect(Collectors.joining(",", "(", ")"));
	}

	private String hstore(JsonParser parser) {
		List<String> pairs = new ArrayList<>();
		while (parser.nextToken() != JsonToken.END_OBJECT) {
			String key = parser.currentName();
			parser.nextToken();
			String value = (parser.currentToken() == JsonToken.VALUE_NULL) ? null
					: (parser.currentToken().isStructStart() ? raw(parser, this.json) : parser.getString());
			pairs.add(quote(key) + "=>" + ((value == null) ? "NULL" : quote(value)));
		}
		return String.join(",", pairs);
	}

	private static String quote(String text) {
		return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

	/**
	 * Return the very characters of the value that the parser is at.
	 */
	private static String raw(JsonParser parser, String json) {
		int from = (int) parser.currentTokenLocation().getCharOffset();
		if (parser.currentToken().isStructStart()) {
			parser.skipChildren();
		}
		else {
			// A text is read only when somebody wants it, so its end is not known before.
			parser.getString();
		}
		return json.substring(from, (int) parser.currentLocation().getCharOffset());
	}

}
