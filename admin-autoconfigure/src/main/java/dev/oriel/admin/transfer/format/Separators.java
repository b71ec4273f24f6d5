package dev.oriel.admin.transfer.format;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Finds out what separates the values of a file, if that is beyond doubt.
 */
final class Separators {

	private static final char[] USUAL = { ',', ';', '\t', '|' };

	/** How many lines have to agree where the header alone does not tell. */
	private static final int SAMPLE = 50;

	private Separators() {
	}

	/**
	 * Return the separator that a line like {@code sep=;} before the header names, as
	 * Excel writes and reads it, or {@code null} if there is no such line.
	 * @param text the beginning of the file
	 */
	static @Nullable Character named(String text) {
		boolean named = text.length() > 4 && text.regionMatches(true, 0, "sep=", 0, 4)
				&& (text.length() == 5 || text.charAt(5) == '\n' || text.charAt(5) == '\r');
		return named ? Character.valueOf(text.charAt(4)) : null;
	}

	/**
	 * Return the separator.
	 * @param text the beginning of the file, from the header on
	 * @param whole whether that is all of the file
	 * @throws FileFormatException when it may be one or another
	 */
	static char find(String text, char quote, boolean whole) throws FileFormatException {
		List<Character> found = new ArrayList<>();
		for (char candidate : USUAL) {
			if (counts(text, candidate, quote, 1, whole).stream().anyMatch((count) -> count > 0)) {
				found.add(candidate);
			}
		}
		if (found.isEmpty()) {
			return ',';
		}
		if (found.size() == 1) {
			return found.get(0);
		}
		List<Character> fitting = found.stream().filter((each) -> fits(text, each, quote, whole)).toList();
		if (fitting.size() == 1) {
			return fitting.get(0);
		}
		throw new FileFormatException(1,
				"It is not certain what separates the values: the header holds "
						+ found.stream().map(Separators::name).collect(Collectors.joining(" and ")),
				"Say which separator it is.");
	}

	private static boolean fits(String text, char separator, char quote, boolean whole) {
		List<Integer> counts = counts(text, separator, quote, SAMPLE, whole);
		return counts.size() > 1 && counts.stream().distinct().count() == 1;
	}

	/**
	 * Return how many separators each of the first lines has outside of quotes, without
	 * empty lines and without a line that is not there as a whole.
	 */
	private static List<Integer> counts(String text, char separator, char quote, int lines, boolean whole) {
		List<Integer> counts = new ArrayList<>();
		boolean quoted = false;
		int count = 0;
		int start = 0;
		for (int i = 0; i < text.length() && counts.size() < lines; i++) {
			char character = text.charAt(i);
			if (character == quote) {
				quoted = !quoted;
			}
			else if (!quoted && character == separator) {
				count++;
			}
			else if (!quoted && (character == '\n' || character == '\r')) {
				if (i > start) {
					counts.add(count);
				}
				count = 0;
				start = i + 1;
			}
		}
		if (counts.size() < lines && start < text.length() && (whole || counts.isEmpty())) {
			counts.add(count);
		}
		return counts;
	}

	static String name(char separator) {
		return switch (separator) {
			case ',' -> "a comma";
			case ';' -> "a semicolon";
			case '\t' -> "a tab";
			case '|' -> "a vertical bar";
			default -> "'" + separator + "'";
		};
	}

}
