package dev.oriel.admin.sql;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Texts as one array in PostgreSQL's own notation, so that a list of any length is one
 * argument and one statement text.
 */
final class ArrayLiteral {

	private ArrayLiteral() {
	}

	static String of(List<? extends @Nullable String> elements) {
		StringBuilder literal = new StringBuilder("{");
		for (String element : elements) {
			if (literal.length() > 1) {
				literal.append(',');
			}
			if (element == null) {
				literal.append("NULL");
				continue;
			}
			literal.append('"').append(element.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
		}
		return literal.append('}').toString();
	}

}
