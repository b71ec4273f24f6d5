package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes texts into cells: what XML cannot hold, or would change, is escaped, and what is
 * longer than a cell is cut.
 */
final class XlsxTexts {

	/** How many characters a cell can hold, as UTF-16 counts them. */
	static final int LONGEST = 32_767;

	private static final byte[] ELLIPSIS = "…".getBytes(StandardCharsets.UTF_8);

	private static final byte[][] ESCAPES = new byte[256][];

	static {
		for (int i = 0; i < ' '; i++) {
			if (i != '\t' && i != '\n') {
				ESCAPES[i] = "_x%04X_".formatted(i).getBytes(StandardCharsets.US_ASCII);
			}
		}
		ESCAPES['<'] = "&lt;".getBytes(StandardCharsets.US_ASCII);
		ESCAPES['>'] = "&gt;".getBytes(StandardCharsets.US_ASCII);
		ESCAPES['&'] = "&amp;".getBytes(StandardCharsets.US_ASCII);
		// What looks like an escape, and the two characters that XML leaves out.
		ESCAPES['_'] = "_x005F_".getBytes(StandardCharsets.US_ASCII);
		ESCAPES[0xEF] = "_xFFFE_".getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Whether a program would drop spaces or line feeds of a text.
	 */
	static boolean needsSpace(byte[] bytes, int from, int to) {
		if (from == to) {
			return false;
		}
		if (bytes[from] <= ' ' && bytes[from] >= 0 || bytes[to - 1] <= ' ' && bytes[to - 1] >= 0) {
			return true;
		}
		for (int i = from; i < to; i++) {
			if (bytes[i] == '\n') {
				return true;
			}
		}
		return false;
	}

	/**
	 * Write a text and return whether it was cut.
	 */
	boolean write(byte[] bytes, int from, int to, ByteOutput out) throws IOException {
		int end = (to - from > LONGEST) ? end(bytes, from, to) : to;
		int start = from;
		for (int i = from; i < end; i++) {
			byte[] escape = ESCAPES[bytes[i] & 0xFF];
			if (escape != null && isMeant(bytes, i, end)) {
				out.write(bytes, start, i - start);
				boolean wide = (bytes[i] & 0xFF) == 0xEF;
				if (wide) {
					out.write(((bytes[i + 2] & 0xFF) == 0xBE) ? "_xFFFE_" : "_xFFFF_");
					i += 2;
				}
				else {
					out.write(escape);
				}
				start = i + 1;
			}
		}
		out.write(bytes, start, end - start);
		if (end < to) {
			out.write(ELLIPSIS);
		}
		return end < to;
	}

	private static boolean isMeant(byte[] bytes, int at, int to) {
		return switch (bytes[at] & 0xFF) {
			case '_' -> at + 6 < to && bytes[at + 1] == 'x' && bytes[at + 6] == '_' && isHex(bytes, at + 2);
			case 0xEF -> (bytes[at + 1] & 0xFF) == 0xBF && (bytes[at + 2] & 0xFF) >= 0xBE;
			default -> true;
		};
	}

	private static boolean isHex(byte[] bytes, int from) {
		for (int i = from; i < from + 4; i++) {
			if (Character.digit(bytes[i], 16) < 0) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return where a text ends that fits, with room for an ellipsis, if it does not fit
	 * as a whole.
	 */
	private static int end(byte[] bytes, int from, int to) {
		int units = 0;
		int last = to;
		for (int i = from; i < to;) {
			int first = bytes[i] & 0xFF;
			int length = (first < 0x80) ? 1 : ((first < 0xE0) ? 2 : ((first < 0xF0) ? 3 : 4));
			int wide = (length == 4) ? 2 : 1;
			if (units + wide > LONGEST - 1 && last == to) {
				last = i;
			}
			units += wide;
			if (units > LONGEST) {
				return last;
			}
			i += length;
		}
		return to;
	}

}
