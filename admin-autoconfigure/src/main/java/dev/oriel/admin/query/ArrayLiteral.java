package dev.oriel.admin.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The arrays that follow {@code any} and {@code all}, in PostgreSQL's notation:
 * <code>{1,"a,b"}</code>.
 */
final class ArrayLiteral {

	private ArrayLiteral() {
	}

	static List<String> parse(Scanner scanner) {
		List<String> elements = new ArrayList<>();
		skipWhitespace(scanner);
		scanner.expect("{");
		skipWhitespace(scanner);
		if (!scanner.skip("}")) {
			do {
				skipWhitespace(scanner);
				elements.add((scanner.peek() == '"') ? PathParser.quoted(scanner) : bare(scanner));
				skipWhitespace(scanner);
			}
			while (scanner.skip(","));
			if (!scanner.skip("}")) {
				throw scanner.unexpected("\",\"", "\"}\"");
			}
		}
		skipWhitespace(scanner);
		scanner.expectEnd();
		return elements;
	}

	private static String bare(Scanner scanner) {
		int start = scanner.position();
		StringBuilder element = new StringBuilder();
		int length = 0;
		while (scanner.peek() != Scanner.END && ",{}\"".indexOf(scanner.peek()) < 0) {
			boolean escaped = scanner.skip("\\");
			if (scanner.peek() == Scanner.END) {
				break;
			}
			int character = scanner.next();
			element.appendCodePoint(character);
			length = (escaped || !isBlank(character)) ? element.length() : length;
		}
		if (length == 0) {
			throw scanner.unexpected("value");
		}
		if (isNull(scanner.since(start).strip())) {
			throw scanner.refused("NULL cannot be compared with any or all; use is.null, or \"NULL\" for the text");
		}
		return element.substring(0, length);
	}

	static String write(List<String> elements) {
		List<String> written = elements.stream()
			.map((element) -> isBare(element) ? element : Name.quote(element))
			.toList();
		return "{" + String.join(",", written) + "}";
	}

	private static boolean isBare(String element) {
		return !element.isEmpty() && !isNull(element) && element.codePoints()
			.allMatch((character) -> Character.isLetterOrDigit(character) || "_-*%.:@/+".indexOf(character) >= 0);
	}

	private static boolean isNull(String element) {
		return element.toUpperCase(Locale.ROOT).equals("NULL");
	}

	private static void skipWhitespace(Scanner scanner) {
		while (isBlank(scanner.peek())) {
			scanner.next();
		}
	}

	private static boolean isBlank(int character) {
		return character == ' ' || (character >= '\t' && character <= '\r');
	}

}
