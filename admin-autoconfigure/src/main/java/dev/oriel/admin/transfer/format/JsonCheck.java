package dev.oriel.admin.transfer.format;

import dev.oriel.admin.json.UnlimitedJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

import org.jspecify.annotations.Nullable;

/**
 * Checks that a text is a JSON object that PostgreSQL can take, without making anything
 * of it: its characters are passed on as they are, so that no digit of a number is lost.
 */
final class JsonCheck {

	private final JsonFactory factory;

	private final int depth;

	JsonCheck(FormatLimits limits) {
		this.depth = limits.depth();
		this.factory = UnlimitedJson.factory(limits.depth());
	}

	/**
	 * Return what is wrong with a text, or {@code null} if nothing is.
	 */
	@Nullable Fault check(char[] text, int offset, int length) {
		boolean escapes = hasEscapes(text, offset, length);
		try (JsonParser parser = this.factory.createParser(ObjectReadContext.empty(), text, offset, length)) {
			JsonToken token = parser.nextToken();
			if (token != JsonToken.START_OBJECT) {
				return new Fault(0, 0, "It is %s, not an object".formatted(name(token)));
			}
			int open = 1;
			while (open > 0) {
				token = parser.nextToken();
				if (token == null) {
					return new Fault(0, 0, "The object has no end");
				}
				open += token.isStructStart() ? 1 : (token.isStructEnd() ? -1 : 0);
				boolean texts = token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME;
				String fault = (texts && escapes) ? faultOf(parser.getString()) : null;
				if (fault != null) {
					TokenStreamLocation location = parser.currentTokenLocation();
					return new Fault(location.getLineNr(), location.getColumnNr(), fault);
				}
			}
			return (parser.nextToken() == null) ? null
					: fault(parser.currentTokenLocation(), "There is something behind the object");
		}
		catch (StreamConstraintsException ex) {
			return fault(ex.getLocation(),
					"Arrays and objects stand more than %d levels inside of each other".formatted(this.depth));
		}
		catch (JacksonException ex) {
			return fault(ex.getLocation(), ex.getOriginalMessage().replaceAll("\\s+", " "));
		}
	}

	private static Fault fault(@Nullable TokenStreamLocation location, String reason) {
		return (location != null) ? new Fault(location.getLineNr(), location.getColumnNr(), reason)
				: new Fault(0, 0, reason);
	}

	private static boolean hasEscapes(char[] text, int offset, int length) {
		for (int i = offset; i < offset + length - 1; i++) {
			if (text[i] == '\\' && text[i + 1] == 'u') {
				return true;
			}
		}
		return false;
	}

	private static @Nullable String faultOf(String text) {
		if (text.indexOf('\0') >= 0) {
			return "There is a NUL character (\\u0000), which PostgreSQL cannot store";
		}
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			boolean pair = Character.isHighSurrogate(character) && i + 1 < text.length()
					&& Character.isLowSurrogate(text.charAt(i + 1));
			if (Character.isSurrogate(character) && !pair) {
				return "There is half of a surrogate pair (\\u%04x), which is no character".formatted((int) character);
			}
			i += pair ? 1 : 0;
		}
		return null;
	}

	private static String name(@Nullable JsonToken token) {
		if (token == null) {
			return "nothing";
		}
		return switch (token) {
			case START_ARRAY -> "an array";
			case VALUE_STRING -> "a text";
			case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
			case VALUE_NULL -> "null";
			default -> "a truth value";
		};
	}

	/**
	 * What is wrong.
	 *
	 * @param line the line inside of the text, from 1, or 0 where it is about all of it
	 * @param column the character in the line, from 1
	 * @param reason what is wrong
	 */
	record Fault(int line, int column, String reason) {

		/**
		 * Return the reason with its place in the file.
		 * @param first the line in which the text begins
		 * @param start the character in that line at which it begins, from 1
		 */
		String at(long first, long start) {
			return (this.line == 0) ? this.reason : "%s, in line %d at character %d".formatted(this.reason,
					first + this.line - 1, (this.line == 1) ? start + this.column - 1 : this.column);
		}

	}

}
