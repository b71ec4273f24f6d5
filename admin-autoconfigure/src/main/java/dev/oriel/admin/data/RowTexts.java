package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

import dev.oriel.admin.json.UnlimitedJson;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

/**
 * Takes rows of a body apart that were read before, without changing a character.
 */
final class RowTexts {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private RowTexts() {
	}

	/**
	 * Return the texts of the elements of an array.
	 * @param array a JSON array of objects
	 */
	static List<String> elements(String array) {
		List<String> elements = new ArrayList<>();
		try (JsonParser parser = UnlimitedJson.factory().createParser(ObjectReadContext.empty(), array)) {
			parser.nextToken();
			while (parser.nextToken() == JsonToken.START_OBJECT) {
				elements.add(next(parser, array));
			}
		}
		return elements;
	}

	/**
	 * Return the text of an object's member, or {@code null} if it has none.
	 */
	static @Nullable String member(String object, String name) {
		try (JsonParser parser = UnlimitedJson.factory().createParser(ObjectReadContext.empty(), object)) {
			parser.nextToken();
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				boolean found = parser.currentName().equals(name);
				parser.nextToken();
				String text = next(parser, object);
				if (found) {
					return text;
				}
			}
		}
		return null;
	}

	/**
	 * Return the only member of an object that is asked for, or several as an object;
	 * {@code null} if it has none of them.
	 */
	static @Nullable String members(String object, List<String> names) {
		if (names.size() == 1) {
			return member(object, names.get(0));
		}
		StringJoiner members = new StringJoiner(",", "{", "}").setEmptyValue("");
		for (String name : names) {
			String value = member(object, name);
			if (value != null) {
				members.add(MAPPER.writeValueAsString(name) + ":" + value);
			}
		}
		return members.toString().isEmpty() ? null : members.toString();
	}

	/**
	 * Return an array of one object with one member.
	 * @param name the member's name
	 * @param value its value as JSON
	 */
	static String array(String name, String value) {
		return "[{" + MAPPER.writeValueAsString(name) + ":" + value + "}]";
	}

	private static String next(JsonParser parser, String text) {
		int start = (int) parser.currentTokenLocation().getCharOffset();
		parser.skipChildren();
		parser.finishToken();
		return text.substring(start, (int) parser.currentLocation().getCharOffset());
	}

}
