package dev.oriel.admin.transfer.format;

import java.nio.charset.StandardCharsets;

/**
 * Keeps texts of a CSV file from being run as formulas by the spreadsheet program that
 * opens it: an apostrophe is put before a text that begins like a formula, perhaps behind
 * apostrophes, quotes and spaces. What is a number is none and stays as it is. As every
 * text that would begin like a formula behind its apostrophes gets one more, it can be
 * taken away again without loss.
 *
 * @since 0.1.0
 */
public final class FormulaGuard {

	private static final byte[] FIRST = new byte[256];

	private static final byte HARMLESS = 0;

	private static final byte SKIPPED = 1;

	private static final byte FORMULA = 2;

	private static final byte WIDE = 3;

	static {
		for (char skipped : new char[] { ' ', '"', '\'' }) {
			FIRST[skipped] = SKIPPED;
		}
		for (char formula : new char[] { '=', '+', '-', '@', '\t', '\r', '\n' }) {
			FIRST[formula] = FORMULA;
		}
		// The first bytes of spaces and full-width signs in UTF-8.
		for (int wide : new int[] { 0xC2, 0xE2, 0xE3, 0xEF }) {
			FIRST[wide] = WIDE;
		}
	}

	private FormulaGuard() {
	}

	/**
	 * Return a text with an apostrophe before it, if a spreadsheet program would run it.
	 * @param text the text
	 */
	public static String guarded(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return isNeeded(bytes, 0, bytes.length) ? "'" + text : text;
	}

	/**
	 * Whether a text has to be guarded.
	 */
	static boolean isNeeded(byte[] bytes, int from, int to) {
		int i = from;
		while (i < to) {
			switch (FIRST[bytes[i] & 0xFF]) {
				case SKIPPED -> i++;
				case FORMULA -> {
					return !isNumber(bytes, from, to);
				}
				case WIDE -> {
					int length = (bytes[i] & 0xFF) == 0xC2 ? 2 : 3;
					if (i + length > to) {
						return false;
					}
					if (isWideFormula(bytes, i)) {
						return true;
					}
					if (!isWideSpace(bytes, i)) {
						return false;
					}
					i += length;
				}
				default -> {
					return false;
				}
			}
		}
		return false;
	}

	/**
	 * The full-width forms of {@code = + - @}.
	 */
	private static boolean isWideFormula(byte[] bytes, int at) {
		if ((bytes[at] & 0xFF) != 0xEF || (bytes[at + 1] & 0xFF) != 0xBC) {
			return false;
		}
		int last = bytes[at + 2] & 0xFF;
		return last == 0x9D || last == 0x8B || last == 0x8D || last == 0xA0;
	}

	/**
	 * The space that does not break, those of typesetting, the ideographic one, and the
	 * byte order mark.
	 */
	private static boolean isWideSpace(byte[] bytes, int at) {
		int first = bytes[at] & 0xFF;
		int second = bytes[at + 1] & 0xFF;
		if (first == 0xC2) {
			return second == 0xA0;
		}
		int third = bytes[at + 2] & 0xFF;
		return switch (first) {
			case 0xE2 -> second == 0x80 && (third <= 0x8F || third == 0xAF);
			case 0xE3 -> second == 0x80 && third == 0x80;
			default -> second == 0xBB && third == 0xBF;
		};
	}

	/**
	 * Whether a text is a number, with a sign, a point and an exponent at most.
	 */
	private static boolean isNumber(byte[] bytes, int from, int to) {
		int i = from + ((bytes[from] == '-' || bytes[from] == '+') ? 1 : 0);
		boolean digits = false;
		boolean point = false;
		for (; i < to; i++) {
			byte value = bytes[i];
			if (value >= '0' && value <= '9') {
				digits = true;
			}
			else if (value == '.' && !point) {
				point = true;
			}
			else if ((value == 'e' || value == 'E') && digits) {
				return isExponent(bytes, i + 1, to);
			}
			else {
				return false;
			}
		}
		return digits;
	}

	private static boolean isExponent(byte[] bytes, int from, int to) {
		int first = (from < to && (bytes[from] == '-' || bytes[from] == '+')) ? from + 1 : from;
		for (int i = first; i < to; i++) {
			if (bytes[i] < '0' || bytes[i] > '9') {
				return false;
			}
		}
		return first < to;
	}

	/**
	 * Return a text without the apostrophe that guards it, if there is one.
	 */
	static String removed(String text) {
		if (text.length() < 2 || text.charAt(0) != '\'') {
			return text;
		}
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return isNeeded(bytes, 1, bytes.length) ? text.substring(1) : text;
	}

}
