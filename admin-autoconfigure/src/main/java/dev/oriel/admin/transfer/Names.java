package dev.oriel.admin.transfer;

import java.util.ArrayList;
import java.util.List;

/**
 * Lists of names in parameters. A name in quotes may hold what else separates names; a
 * quote or a backslash in it has a backslash before it.
 */
final class Names {

	private Names() {
	}

	/**
	 * Return the parts of a list, with their quotes.
	 */
	static List<String> split(String text, char separator) {
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
	 * Return where the last colon is that stands outside of quotes, or -1.
	 */
	static int lastColon(String text) {
		List<String> parts = split(text, ':');
		return text.length() - parts.get(parts.size() - 1).length() - 1;
	}

	/**
	 * Return a name without its quotes.
	 */
	static String unquoted(String name) {
		if (name.length() < 2 || !name.startsWith("\"") || !name.endsWith("\"")) {
			return name;
		}
		return name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1");
	}

}
