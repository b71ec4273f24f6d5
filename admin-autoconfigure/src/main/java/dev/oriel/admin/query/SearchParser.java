package dev.oriel.admin.query;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads and writes the words of a search: {@code q=blue "new york"}. Nothing is taken
 * from PostgREST's language: what has the form of a filter on a column called {@code q}
 * is one, and all else PostgREST would refuse.
 */
final class SearchParser {

	static final String NAME = "q";

	/** So that a misspelt filter is an error and no search. */
	private static final Pattern OPERATION = Pattern.compile(
			Stream.concat(Stream.of(Operator.values()).map(Operator::label), Stream.of("is", PeriodParser.OPERATOR))
				.collect(Collectors.joining("|", "(not\\.)?(", ")(\\([^()]*\\))?\\.")));

	private SearchParser() {
	}

	/**
	 * Whether the text begins as the operator of a filter does.
	 */
	static boolean isOperation(String text) {
		return OPERATION.matcher(text).lookingAt();
	}

	/**
	 * Read words. A phrase in double quotes is one word; two double quotes in it stand
	 * for one, and one that does not end ends with the text.
	 * @param text the words
	 * @param scanner says where something is wrong
	 */
	static List<String> words(String text, Scanner scanner, Limits limits) {
		List<String> words = new ArrayList<>();
		int position = 0;
		while (position < text.length()) {
			int character = text.codePointAt(position);
			if (isBlank(character)) {
				position += Character.charCount(character);
				continue;
			}
			StringBuilder word = new StringBuilder();
			position = (character == '"') ? phrase(text, position + 1, word) : bare(text, position, word);
			if (!word.isEmpty()) {
				limits.word(scanner, word);
				words.add(word.toString());
			}
		}
		return words;
	}

	private static int phrase(String text, int start, StringBuilder word) {
		int position = start;
		while (position < text.length()) {
			boolean quote = text.charAt(position) == '"';
			if (quote && !text.startsWith("\"\"", position)) {
				return position + 1;
			}
			word.append(text.charAt(position));
			position += quote ? 2 : 1;
		}
		return position;
	}

	private static int bare(String text, int start, StringBuilder word) {
		int position = start;
		while (position < text.length() && !isBlank(text.codePointAt(position))) {
			word.appendCodePoint(text.codePointAt(position));
			position += Character.charCount(text.codePointAt(position));
		}
		return position;
	}

	private static boolean isBlank(int character) {
		return Character.isWhitespace(character) || Character.isSpaceChar(character);
	}

	/**
	 * Return the words so that they are read as a search.
	 */
	static String write(List<String> words) {
		String text = words.stream().map(SearchParser::write).collect(Collectors.joining(" "));
		if (!isOperation(text)) {
			return text;
		}
		String rest = words.stream().skip(1).map((word) -> " " + write(word)).collect(Collectors.joining());
		return quote(words.get(0)) + rest;
	}

	private static String write(String word) {
		boolean bare = word.charAt(0) != '"' && word.codePoints().noneMatch(SearchParser::isBlank);
		return bare ? word : quote(word);
	}

	private static String quote(String word) {
		return "\"" + word.replace("\"", "\"\"") + "\"";
	}

}
