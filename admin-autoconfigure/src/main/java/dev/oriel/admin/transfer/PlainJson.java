package dev.oriel.admin.transfer;

/**
 * Tells which texts are JSON that PostgreSQL takes for certain: without escapes, without
 * numbers of many digits or an exponent, and not deep. Whoever reads a million of them
 * does not want to have a parser made for each.
 */
final class PlainJson {

	private static final int DIGITS = 30;

	private static final int DEPTH = 50;

	private final String text;

	private int position;

	private PlainJson(String text) {
		this.text = text;
	}

	/**
	 * Whether a text is such JSON; if not, it may still be JSON.
	 */
	static boolean is(String text) {
		PlainJson json = new PlainJson(text);
		return json.value(0) && json.next() == '\0' && json.position == text.length();
	}

	/**
	 * Return the next character that is no space, without going past it; NUL, which is
	 * nowhere in JSON, at the end.
	 */
	private char next() {
		while (this.position < this.text.length()) {
			char character = this.text.charAt(this.position);
			if (character != ' ' && character != '\n' && character != '\t' && character != '\r') {
				return character;
			}
			this.position++;
		}
		return '\0';
	}

	private boolean value(int depth) {
		return switch (next()) {
			case '{' -> depth < DEPTH && members(depth + 1);
			case '[' -> depth < DEPTH && elements(depth + 1);
			case '"' -> string();
			case 't' -> word("true");
			case 'f' -> word("false");
			case 'n' -> word("null");
			default -> number();
		};
	}

	private boolean members(int depth) {
		this.position++;
		if (next() == '}') {
			this.position++;
			return true;
		}
		do {
			if (next() != '"' || !string() || next() != ':') {
				return false;
			}
			this.position++;
			if (!value(depth)) {
				return false;
			}
		}
		while (isMore());
		return ends('}');
	}

	private boolean elements(int depth) {
		this.position++;
		if (next() == ']') {
			this.position++;
			return true;
		}
		do {
			if (!value(depth)) {
				return false;
			}
		}
		while (isMore());
		return ends(']');
	}

	private boolean isMore() {
		if (next() != ',') {
			return false;
		}
		this.position++;
		return true;
	}

	private boolean ends(char end) {
		if (next() != end) {
			return false;
		}
		this.position++;
		return true;
	}

	private boolean string() {
		int length = this.text.length();
		for (int i = this.position + 1; i < length; i++) {
			char character = this.text.charAt(i);
			if (character == '"') {
				this.position = i + 1;
				return true;
			}
			if (character < ' ' || character == '\\') {
				return false;
			}
		}
		return false;
	}

	private boolean word(String word) {
		boolean there = this.text.startsWith(word, this.position);
		this.position += word.length();
		return there;
	}

	private boolean number() {
		int from = this.position;
		if (at('-')) {
			this.position++;
		}
		boolean zero = at('0');
		int digits = digits();
		if (digits == 0 || (zero && digits > 1)) {
			return false;
		}
		if (at('.')) {
			this.position++;
			if (digits() == 0) {
				return false;
			}
		}
		return this.position - from <= DIGITS && !at('e') && !at('E');
	}

	private boolean at(char character) {
		return this.position < this.text.length() && this.text.charAt(this.position) == character;
	}

	private int digits() {
		int from = this.position;
		while (this.position < this.text.length() && this.text.charAt(this.position) >= '0'
				&& this.text.charAt(this.position) <= '9') {
			this.position++;
		}
		return this.position - from;
	}

}
