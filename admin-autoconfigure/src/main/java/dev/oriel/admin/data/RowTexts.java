package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

import org.jspecify.annotations.Nullable;

/**
 * Takes rows of a body apart that were read before, without changing a character.
 */
final class RowTexts {

	private RowTexts() {
	}

	/**
	 * Return the texts of the elements of an array.
	 * @param array a JSON array of objects
	 */
	static List<String> elements(String array) {
		List<String> elements = new ArrayList<>();
		try (JsonParser parser = WriteBody.FACTORY.createParser(ObjectReadContext.empty(), array)) {
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
		try (JsonParser parser = WriteBody.FACTORY.createParser(ObjectReadContext.empty(), object)) {
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

	private static String next(JsonParser parser, String text) {
		int start = (int) parser.currentTokenLocation().getCharOffset();
		parser.skipChildren();
		parser.finishToken();
		return text.substring(start, (int) parser.currentLocation().getCharOffset());
	}

}
