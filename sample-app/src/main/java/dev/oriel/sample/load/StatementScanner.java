package dev.oriel.sample.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds where a statement ends, by the rules of psql: not at a semicolon within quotes,
 * dollar quotes, comments, parentheses or the {@code BEGIN ATOMIC … END} body of a
 * function. It is fed line by line and keeps what it is within between them.
 */
final class StatementScanner {

	private enum Within {

		NOTHING, STRING, ESCAPE_STRING, IDENTIFIER, DOLLAR_STRING, COMMENT

	}

	private static final Pattern DOLLAR_TAG = Pattern.compile("\\$([A-Za-z_\\x80-\\uFFFF][\\w\\x80-\\uFFFF]*)?\\$");

	private static final Pattern WORD = Pattern.compile("[A-Za-z_\\x80-\\uFFFF][\\w$\\x80-\\uFFFF]*");

	private static final Set<String> ROUTINES = Set.of("function", "procedure");

	private static final int WORDS_THAT_TELL = 4;

	private final List<String> firstWords = new ArrayList<>();

	private Within within = Within.NOTHING;

	private String dollarTag = "";

	private int commentDepth;

	private int parentheses;

	private int bodyDepth;

	private boolean empty = true;

	/**
	 * Reads on in a line.
	 * @return where the statement ends, the semicolon included, or -1 if it goes on in
	 * the next line
	 */
	int scan(String line, int from) {
		int at = from;
		while (at < line.length()) {
			if (this.within == Within.NOTHING && line.charAt(at) == ';' && this.parentheses <= 0
					&& this.bodyDepth == 0) {
				return at + 1;
			}
			at = switch (this.within) {
				case NOTHING -> code(line, at);
				case STRING -> quoted(line, at, '\'', false);
				case ESCAPE_STRING -> quoted(line, at, '\'', true);
				case IDENTIFIER -> quoted(line, at, '"', false);
				case DOLLAR_STRING -> dollarQuoted(line, at);
				case COMMENT -> comment(line, at);
			};
		}
		return -1;
	}

	/**
	 * Whether there has been nothing but blanks and comments.
	 */
	boolean isEmpty() {
		return this.empty;
	}

	/**
	 * Whether a line that starts here may be a command of psql.
	 */
	boolean isBetweenStatements() {
		return this.empty && this.within == Within.NOTHING;
	}

	private int code(String line, int at) {
		char character = line.charAt(at);
		if (line.startsWith("--", at)) {
			return line.length();
		}
		if (line.startsWith("/*", at)) {
			return comment(line, at);
		}
		if (Character.isWhitespace(character)) {
			return at + 1;
		}
		this.empty = false;
		return switch (character) {
			case '\'' -> enter(Within.STRING, at + 1);
			case '"' -> enter(Within.IDENTIFIER, at + 1);
			case '(' -> parenthesis(1, at);
			case ')' -> parenthesis(-1, at);
			case '$' -> dollar(line, at);
			default -> word(line, at);
		};
	}

	private int enter(Within next, int at) {
		this.within = next;
		return at;
	}

	private int parenthesis(int step, int at) {
		this.parentheses += step;
		return at + 1;
	}

	private int dollar(String line, int at) {
		Matcher tag = DOLLAR_TAG.matcher(line).region(at, line.length());
		if (!tag.lookingAt()) {
			return at + 1;
		}
		this.dollarTag = tag.group();
		return enter(Within.DOLLAR_STRING, tag.end());
	}

	private int word(String line, int at) {
		Matcher word = WORD.matcher(line).region(at, line.length());
		if (!word.lookingAt()) {
			return at + 1;
		}
		if (word.group().equalsIgnoreCase("e") && line.startsWith("'", word.end())) {
			return enter(Within.ESCAPE_STRING, word.end() + 1);
		}
		noteWord(word.group().toLowerCase(Locale.ROOT));
		return word.end();
	}

	private void noteWord(String word) {
		if (this.firstWords.size() < WORDS_THAT_TELL) {
			this.firstWords.add(word);
		}
		if (this.parentheses != 0 || !createsRoutine()) {
			return;
		}
		if (word.equals("begin") || (word.equals("case") && this.bodyDepth > 0)) {
			this.bodyDepth++;
		}
		else if (word.equals("end") && this.bodyDepth > 0) {
			this.bodyDepth--;
		}
	}

	private boolean createsRoutine() {
		return this.firstWords.size() > 1 && this.firstWords.get(0).equals("create")
				&& (ROUTINES.contains(this.firstWords.get(1)) || (this.firstWords.size() == WORDS_THAT_TELL
						&& this.firstWords.get(1).equals("or") && ROUTINES.contains(this.firstWords.get(3))));
	}

	private int quoted(String line, int at, char quote, boolean backslashEscapes) {
		char character = line.charAt(at);
		if (backslashEscapes && character == '\\') {
			return at + 2;
		}
		if (character != quote) {
			return at + 1;
		}
		boolean doubled = line.startsWith(String.valueOf(quote), at + 1);
		return doubled ? at + 2 : enter(Within.NOTHING, at + 1);
	}

	private int dollarQuoted(String line, int at) {
		int end = line.indexOf(this.dollarTag, at);
		return (end < 0) ? line.length() : enter(Within.NOTHING, end + this.dollarTag.length());
	}

	private int comment(String line, int at) {
		this.within = Within.COMMENT;
		if (line.startsWith("/*", at)) {
			this.commentDepth++;
			return at + 2;
		}
		if (!line.startsWith("*/", at)) {
			return at + 1;
		}
		this.commentDepth--;
		return enter((this.commentDepth == 0) ? Within.NOTHING : Within.COMMENT, at + 2);
	}

}
