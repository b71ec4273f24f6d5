package dev.oriel.admin.live;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts pieces out of JSON text without reading them, so that their bytes can be compared.
 */
public final class RawJson {

	private RawJson() {
	}

	/**
	 * Return the elements of the first array behind a name.
	 */
	public static List<String> elements(String json, String name) {
		List<String> elements = new ArrayList<>();
		int position = json.indexOf(name) + name.length() + 1;
		while (json.charAt(position) != ']') {
			int end = end(json, position);
			elements.add(json.substring(position, end));
			position = (json.charAt(end) == ',') ? end + 1 : end;
		}
		return elements;
	}

	/**
	 * Return the row of a change.
	 */
	static String row(String change) {
		int start = change.indexOf(",\"row\":") + ",\"row\":".length();
		return change.substring(start, end(change, start));
	}

	private static int end(String json, int start) {
		int depth = 0;
		boolean quoted = false;
		for (int i = start; i < json.length(); i++) {
			char character = json.charAt(i);
			if (quoted) {
				if (character == '\\') {
					i++;
				}
				else {
					quoted = character != '"';
				}
			}
			else if (character == '"') {
				quoted = true;
			}
			else if (character == '{' || character == '[') {
				depth++;
			}
			else if (character == '}' || character == ']') {
				if (--depth < 0) {
					return i;
				}
				if (depth == 0) {
					return i + 1;
				}
			}
			else if (character == ',' && depth == 0) {
				return i;
			}
		}
		return json.length();
	}

}
