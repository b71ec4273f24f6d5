package dev.oriel.admin.query;

import java.nio.charset.StandardCharsets;

/**
 * What a fuzzer calls with query strings: each must be read or refused, and what was read
 * must survive being written and read again.
 */
public final class QueryTarget {

	private static final QueryParser PARSER = new QueryParser();

	private static final QueryWriter WRITER = new QueryWriter();

	private QueryTarget() {
	}

	/**
	 * Try one input; the name is what fuzzers look for.
	 * @param input a query string
	 */
	public static void fuzzerTestOneInput(byte[] input) {
		accepts(new String(input, StandardCharsets.UTF_8));
	}

	/**
	 * Whether a query string is read; if not, the error must say what is wrong.
	 * @param text the query string
	 */
	public static boolean accepts(String text) {
		Query query;
		try {
			query = PARSER.parse(text);
		}
		catch (QueryException ex) {
			require(ex.code().matches("PGRST10[038]") && !String.valueOf(ex.getMessage()).isBlank(), text);
			return false;
		}
		String written = WRITER.write(query);
		// Half of a character cannot be encoded, and escapes may be longer than allowed.
		if (StandardCharsets.UTF_8.newEncoder().canEncode(text) && written.length() <= Limits.CHARACTERS) {
			require(PARSER.parse(written).equals(query), text);
		}
		return true;
	}

	private static void require(boolean condition, String text) {
		if (!condition) {
			throw new AssertionError("Not read and written alike: " + text);
		}
	}

}
