package dev.oriel.admin.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Reads names, and the steps into JSON that may follow them.
 */
final class PathParser {

	private static final String FIELD_NAME = "field name (* or [a..z0..9_$])";

	private static final String KEY = "any non reserved character different from: .,>()";

	private PathParser() {
	}

	static ColumnPath column(Scanner scanner) {
		return new ColumnPath(name(scanner).text(), steps(scanner));
	}

	static Name name(Scanner scanner) {
		return name(scanner, FIELD_NAME);
	}

	static Name name(Scanner scanner, String... expected) {
		scanner.skipBlanks();
		boolean quoted = scanner.peek() == '"';
		String text = quoted ? quoted(scanner) : dashed(scanner, Name::isCharacter, expected);
		scanner.skipBlanks();
		return new Name(text, quoted);
	}

	/**
	 * Read the name of a type or of a text search configuration.
	 */
	static String identifier(Scanner scanner) {
		scanner.skipBlanks();
		int start = scanner.position();
		while (Name.isCharacter(scanner.peek())) {
			scanner.next();
		}
		String identifier = scanner.since(start).strip();
		if (identifier.isEmpty()) {
			throw scanner.unexpected("letter", "digit");
		}
		return identifier;
	}

	static List<ColumnPath.Step> steps(Scanner scanner) {
		List<ColumnPath.Step> steps = new ArrayList<>();
		while (scanner.skip("->")) {
			Limits.step(scanner, steps.size() + 1);
			steps.add(step(scanner, scanner.skip(">")));
		}
		scanner.skipBlanks();
		return steps;
	}

	private static ColumnPath.Step step(Scanner scanner, boolean asText) {
		if (scanner.peek() == '"') {
			return new ColumnPath.Step(quoted(scanner), false, asText);
		}
		int start = scanner.position();
		boolean negative = scanner.skip("-");
		String digits = scanner.digits();
		if (!digits.isEmpty() && isAfterIndex(scanner)) {
			return new ColumnPath.Step(index(scanner, start), true, asText);
		}
		if (negative) {
			throw digits.isEmpty() ? scanner.unexpected("digit")
					: scanner.unexpected("digit", "\"->\"", "\"::\"", "\".\"", "\",\"", "end of input");
		}
		scanner.reset(start);
		return new ColumnPath.Step(dashed(scanner, PathParser::isKeyCharacter, KEY), false, asText);
	}

	private static boolean isAfterIndex(Scanner scanner) {
		int start = scanner.position();
		scanner.skipBlanks();
		boolean after = scanner.peek() == Scanner.END || ".,)".indexOf(scanner.peek()) >= 0 || scanner.lookingAt("->")
				|| scanner.lookingAt("::");
		scanner.reset(start);
		return after;
	}

	private static String index(Scanner scanner, int start) {
		try {
			return Integer.toString(Integer.parseInt(scanner.since(start)));
		}
		catch (NumberFormatException ex) {
			throw scanner.refused("the index of an array is at most " + Integer.MAX_VALUE);
		}
	}

	private static boolean isKeyCharacter(int character) {
		return character != Scanner.END && "(-:.,>)".indexOf(character) < 0;
	}

	/**
	 * Read parts with single dashes between them; a dash that begins an arrow ends them.
	 */
	private static String dashed(Scanner scanner, IntPredicate part, String... expected) {
		StringBuilder text = new StringBuilder();
		do {
			text.append(text.isEmpty() ? "" : "-");
			int start = scanner.position();
			while (part.test(scanner.peek())) {
				scanner.next();
			}
			String found = scanner.since(start).strip();
			if (found.isEmpty()) {
				throw scanner.unexpected(expected);
			}
			text.append(found);
		}
		while (!scanner.lookingAt("->") && scanner.skip("-"));
		return text.toString();
	}

	/**
	 * Read a text in double quotes, where a backslash takes the next character as it is.
	 */
	static String quoted(Scanner scanner) {
		scanner.expect("\"");
		StringBuilder text = new StringBuilder();
		while (!scanner.skip("\"")) {
			scanner.skip("\\");
			if (scanner.peek() == Scanner.END) {
				throw scanner.unexpected("\"\\\"\"");
			}
			text.appendCodePoint(scanner.next());
		}
		return text.toString();
	}

}
