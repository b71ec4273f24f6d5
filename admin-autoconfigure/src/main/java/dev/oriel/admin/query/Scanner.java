package dev.oriel.admin.query;

/**
 * A cursor over the text of one parameter that knows how to say where it stands and what
 * it did not expect there.
 */
final class Scanner {

	static final int END = -1;

	private static final int SHOWN_CHARACTERS = 200;

	private final String parameter;

	private final String task;

	private final String text;

	private int position;

	/**
	 * Create a cursor at the start of a text.
	 * @param parameter the name of the parameter, for messages
	 * @param task what the text is read as, for messages: {@code filter}
	 * @param shown the text as the client wrote it, for messages
	 * @param text the text to read
	 */
	Scanner(String parameter, String task, String shown, String text) {
		this.parameter = parameter;
		this.task = "failed to parse " + task + " (" + shorten(shown) + ")";
		this.text = text;
	}

	Scanner(String parameter, String task, String text) {
		this(parameter, task, text, text);
	}

	/**
	 * Return a cursor over a text that was found, and unescaped, inside this one.
	 */
	Scanner inside(String task, String text) {
		return new Scanner(this.parameter, task, text);
	}

	int position() {
		return this.position;
	}

	void reset(int position) {
		this.position = position;
	}

	int peek() {
		return (this.position < this.text.length()) ? this.text.codePointAt(this.position) : END;
	}

	/**
	 * Return the character here and step over it; must not be called at the end.
	 */
	int next() {
		int character = this.text.codePointAt(this.position);
		this.position += Character.charCount(character);
		return character;
	}

	boolean lookingAt(String token) {
		return this.text.startsWith(token, this.position);
	}

	boolean skip(String token) {
		if (!lookingAt(token)) {
			return false;
		}
		this.position += token.length();
		return true;
	}

	void expect(String token) {
		if (!skip(token)) {
			throw unexpected(quoted(token));
		}
	}

	void expectDelimiter() {
		if (!skip(".")) {
			throw unexpected("delimiter (.)");
		}
	}

	void expectEnd(String... alternatives) {
		if (peek() != END) {
			String[] expected = new String[alternatives.length + 1];
			System.arraycopy(alternatives, 0, expected, 0, alternatives.length);
			expected[alternatives.length] = "end of input";
			throw unexpected(expected);
		}
	}

	void skipBlanks() {
		while (peek() == ' ' || peek() == '\t') {
			this.position++;
		}
	}

	String since(int start) {
		return this.text.substring(start, this.position);
	}

	String rest() {
		int start = this.position;
		this.position = this.text.length();
		return since(start);
	}

	/**
	 * Return what is left without stepping over it.
	 */
	String ahead() {
		return this.text.substring(this.position);
	}

	/**
	 * Step over a run of ASCII letters and underscores and return it.
	 */
	String word() {
		int start = this.position;
		while (isWordCharacter(peek())) {
			this.position++;
		}
		return since(start);
	}

	/**
	 * Step over a run of ASCII digits and return it.
	 */
	String digits() {
		int start = this.position;
		while (peek() >= '0' && peek() <= '9') {
			this.position++;
		}
		return since(start);
	}

	/**
	 * Step over all characters up to the first of the given ones, or the end, and return
	 * them.
	 */
	String until(String stops) {
		int start = this.position;
		while (peek() != END && stops.indexOf(peek()) < 0) {
			next();
		}
		return since(start);
	}

	QueryException unexpected(String... expected) {
		String found = (peek() == END) ? "end of input" : quoted(Character.toString(peek()));
		return refused("unexpected " + found + " expecting " + join(expected));
	}

	QueryException refused(String details) {
		return new QueryException("PGRST100", quoted(this.task) + " " + place(), details,
				"See the parameter '" + shorten(this.parameter) + "'");
	}

	private String place() {
		String before = this.text.substring(0, this.position);
		int line = 1 + (int) before.chars().filter((character) -> character == '\n').count();
		int lineStart = before.lastIndexOf('\n') + 1;
		return "(line " + line + ", column " + (1 + before.codePointCount(lineStart, before.length())) + ")";
	}

	static String quoted(String text) {
		return "\"" + text + "\"";
	}

	private static boolean isWordCharacter(int character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_';
	}

	private static String join(String[] expected) {
		StringBuilder joined = new StringBuilder();
		for (int i = 0; i < expected.length; i++) {
			String separator = (i == expected.length - 1) ? " or " : ", ";
			joined.append((i == 0) ? "" : separator).append(expected[i]);
		}
		return joined.toString();
	}

	static String shorten(String text) {
		if (text.length() <= SHOWN_CHARACTERS) {
			return text;
		}
		return text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARACTERS / 2)) + "…";
	}

}
