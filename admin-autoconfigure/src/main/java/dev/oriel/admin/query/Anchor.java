package dev.oriel.admin.query;

import java.util.regex.Pattern;

/**
 * The place in an order where a page begins or ends. Where that is stands in a cursor,
 * which only its issuer can read: a text that was given out with an earlier page.
 *
 * @param side on which side of that place the page lies
 * @param cursor the cursor, with the mark that it begins with
 * @since 0.1.0
 */
public record Anchor(Side side, String cursor) {

	/**
	 * What every cursor begins with. No operator does, so {@code after} and
	 * {@code before} stay names of columns for filters: {@code after=eq.5}.
	 */
	public static final String MARK = "~";

	private static final Pattern CURSOR = Pattern.compile(MARK + "[A-Za-z0-9_-]*");

	public Anchor {
		if (!isCursor(cursor)) {
			throw new IllegalArgumentException("A cursor is a mark with base64url after it");
		}
	}

	/**
	 * Whether a text may be a cursor.
	 * @param text the text
	 */
	static boolean isCursor(String text) {
		return CURSOR.matcher(text).matches();
	}

	/**
	 * On which side of its place a page lies, and how that is called in a query string.
	 */
	public enum Side {

		/** The rows that come next after it. */
		AFTER("after"),
		/** The rows that come last before it. */
		BEFORE("before");

		private final String parameter;

		Side(String parameter) {
			this.parameter = parameter;
		}

		/**
		 * Return the name of the parameter.
		 */
		public String parameter() {
			return this.parameter;
		}

	}

}
