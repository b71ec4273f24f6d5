package dev.oriel.admin.query;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads the values of filters where they are not simply the rest of a parameter: in
 * lists, in arrays and in logic trees.
 */
final class ListParser {

	private static final String STOPS = ",)";

	private ListParser() {
	}

	/**
	 * Read the list of {@code in}: {@code (1,"a,b")}.
	 */
	static List<String> list(Scanner scanner) {
		scanner.skipBlanks();
		scanner.expect("(");
		scanner.skipBlanks();
		List<String> values = new ArrayList<>();
		if (scanner.skip(")")) {
			scanner.skipBlanks();
			return values;
		}
		do {
			String value = quotedValue(scanner);
			values.add((value != null) ? value : scanner.until(STOPS));
		}
		while (scanner.skip(","));
		if (!scanner.skip(")")) {
			throw scanner.unexpected("\",\"", "\")\"");
		}
		scanner.skipBlanks();
		return values;
	}

	/**
	 * Read one value in a logic tree: quoted, or an array in braces, or all up to the
	 * next comma or parenthesis.
	 */
	static String value(Scanner scanner) {
		String value = quotedValue(scanner);
		if (value == null) {
			value = array(scanner);
		}
		return (value != null) ? value : scanner.until(STOPS);
	}

	/**
	 * Read a quoted value. One that does not end where a value ends was not meant as
	 * quoted: {@code "a" b} is a value with quotes in it.
	 */
	private static @Nullable String quotedValue(Scanner scanner) {
		int start = scanner.position();
		if (!scanner.skip("\"")) {
			return null;
		}
		StringBuilder text = new StringBuilder();
		while (scanner.peek() != Scanner.END) {
			if (scanner.skip("\"")) {
				if (scanner.peek() == Scanner.END || STOPS.indexOf(scanner.peek()) >= 0) {
					return text.toString();
				}
				break;
			}
			scanner.skip("\\");
			if (scanner.peek() != Scanner.END) {
				text.appendCodePoint(scanner.next());
			}
		}
		scanner.reset(start);
		return null;
	}

	private static @Nullable String array(Scanner scanner) {
		int start = scanner.position();
		if (scanner.skip("{")) {
			scanner.until("{}");
			if (scanner.skip("}")) {
				return scanner.since(start);
			}
			scanner.reset(start);
		}
		return null;
	}

}
