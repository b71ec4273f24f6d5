package dev.oriel.admin.query;

import java.util.ArrayList;
import java.util.List;

/**
 * Texts of several parts, as in parameters and headers. A part in quotes may hold what
 * else separates parts; a quote or a backslash in it has a backslash before it.
 *
 * @since 0.1.0
 */
public final class QuotedText {

	private QuotedText() {
	}

	/**
	 * Return the parts of a text, with their quotes and the space around them.
	 * @param text the text, which has at least one part
	 * @param separator what stands between two parts
	 */
	public static List<String> split(String text, char separator) {
		List<String> parts = new ArrayList<>();
		int start = 0;
		boolean quoted = false;
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character == '\\' && quoted) {
				i++;
			}
			else if (character == '"') {
				quoted = !quoted;
			}
			else if (character == separator && !quoted) {
				parts.add(text.substring(start, i));
				start = i + 1;
			}
		}
		parts.add(text.substring(start));
		return parts;
	}

	/**
	 * Return a part without its quotes, or as it is if it has none.
	 * @param part the part, without space around it
	 */
	public static String unquoted(String part) {
		if (part.length() < 2 || !part.startsWith("\"") || !part.endsWith("\"")) {
			return part;
		}
		return part.substring(1, part.length() - 1).replaceAll("\\\\(.)", "$1");
	}

}
