package dev.oriel.admin.query;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The encoding of query strings and paths. Decoding is strict: a sequence that is cut
 * short, or that is no UTF-8, is an error rather than a guess.
 */
final class PercentEncoding {

	private static final String PLAIN = "-._~!$'()*,:@/?";

	private PercentEncoding() {
	}

	/**
	 * Return the parameters of a query string. Those without an equals sign say nothing
	 * and are left out.
	 */
	static List<Parameter> parameters(String query) {
		List<Parameter> parameters = new ArrayList<>();
		int start = 0;
		int equals = find('=', query, 0);
		while (equals < query.length()) {
			int end = find('&', query, start);
			if (equals < end) {
				String name = decode(query, start, equals, true);
				parameters.add(new Parameter(name, decode(query, equals + 1, end, true)));
				equals = find('=', query, end);
			}
			start = end + 1;
		}
		return parameters;
	}

	private static int find(char character, String text, int start) {
		int position = text.indexOf(character, start);
		return (position < 0) ? text.length() : position;
	}

	/**
	 * Return the decoded part of a text.
	 * @param text the text
	 * @param start where the part starts
	 * @param end where it ends
	 * @param plusIsSpace whether a plus stands for a space, as in a query string
	 */
	static String decode(String text, int start, int end, boolean plusIsSpace) {
		StringBuilder decoded = new StringBuilder(end - start);
		int position = start;
		while (position < end) {
			char character = text.charAt(position);
			if (character == '%') {
				int escapesEnd = escapesEnd(text, position, end);
				decoded.append(characters(text, position, escapesEnd));
				position = escapesEnd;
			}
			else {
				decoded.append((character == '+' && plusIsSpace) ? ' ' : character);
				position++;
			}
		}
		return decoded.toString();
	}

	private static int escapesEnd(String text, int start, int end) {
		int position = start;
		while (position < end && text.charAt(position) == '%') {
			if (position + 2 >= end || hex(text, position + 1) < 0 || hex(text, position + 2) < 0) {
				throw malformed(position, text.substring(position, Math.min(position + 3, end)),
						"a percent sign and two hexadecimal digits", "Write a percent sign itself as %25");
			}
			position += 3;
		}
		return position;
	}

	private static CharSequence characters(String text, int start, int end) {
		ByteBuffer bytes = ByteBuffer.allocate((end - start) / 3);
		for (int position = start; position < end; position += 3) {
			bytes.put((byte) (hex(text, position + 1) * 16 + hex(text, position + 2)));
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
		}
		catch (CharacterCodingException ex) {
			throw malformed(start, text.substring(start, Math.min(end, start + 12)), "UTF-8 characters",
					"Encode the query string as UTF-8");
		}
	}

	private static int hex(String text, int position) {
		char character = text.charAt(position);
		return (character < 128) ? Character.digit(character, 16) : -1;
	}

	private static QueryException malformed(int position, String found, String expected, String hint) {
		return new QueryException("PGRST100",
				"\"failed to decode query string\" (line 1, column " + (position + 1) + ")",
				"unexpected \"" + found + "\" expecting " + expected, hint);
	}

	static String encode(String text) {
		StringBuilder encoded = new StringBuilder(text.length());
		for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
			if (octet >= 0 && (isAsciiLetterOrDigit(octet) || PLAIN.indexOf(octet) >= 0)) {
				encoded.append((char) octet);
			}
			else {
				encoded.append('%').append(hexDigit(octet >> 4)).append(hexDigit(octet));
			}
		}
		return encoded.toString();
	}

	private static boolean isAsciiLetterOrDigit(int octet) {
		return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9');
	}

	private static char hexDigit(int value) {
		return "0123456789ABCDEF".charAt(value & 0xF);
	}

}
