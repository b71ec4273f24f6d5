package dev.oriel.admin.query;

import java.util.Set;

/**
 * A name as it stands in a query.
 *
 * @param text the name without quotes
 * @param quoted whether it was quoted, so that it cannot be a word of the language
 */
record Name(String text, boolean quoted) {

	/** Words that mean something of their own in at least one place. */
	private static final Set<String> WORDS = Set.of("select", "columns", "on_conflict", "order", "limit", "offset",
			"after", "before", "q", "and", "or", "not", "count", "left", "inner");

	boolean is(String word) {
		return !this.quoted && this.text.equals(word);
	}

	/**
	 * Whether a name may hold the character without being quoted. Marks belong to the
	 * letters of many scripts.
	 */
	static boolean isCharacter(int character) {
		return isVisibleCharacter(character) || character == ' ';
	}

	private static boolean isVisibleCharacter(int character) {
		if (character == Scanner.END) {
			return false;
		}
		int type = Character.getType(character);
		return Character.isLetterOrDigit(character) || character == '_' || character == '$'
				|| type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
	}

	/**
	 * Return the name as it can stand in any place of a query.
	 */
	static String write(String name) {
		return (isPlain(name) && !WORDS.contains(name)) ? name : quote(name);
	}

	static String quote(String text) {
		return Scanner.quoted(text.replace("\\", "\\\\").replace("\"", "\\\""));
	}

	/**
	 * Whether the text is read back as it is: characters of names, with single spaces and
	 * dashes between them.
	 */
	static boolean isPlain(String text) {
		boolean afterVisible = false;
		for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
			int character = text.codePointAt(i);
			boolean visible = isVisibleCharacter(character);
			if (!visible && !(afterVisible && (character == ' ' || character == '-'))) {
				return false;
			}
			afterVisible = visible;
		}
		return afterVisible;
	}

	/**
	 * Return the name of a type or of a text search configuration, which cannot be
	 * quoted.
	 */
	static String requireIdentifier(String text) {
		boolean identifier = !text.isBlank() && text.strip().equals(text)
				&& text.codePoints().allMatch(Name::isCharacter);
		if (!identifier) {
			throw new IllegalArgumentException("'" + text + "' cannot be written as a name without quotes");
		}
		return text;
	}

}
