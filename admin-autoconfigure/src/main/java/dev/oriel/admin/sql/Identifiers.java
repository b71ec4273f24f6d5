package dev.oriel.admin.sql;

import dev.oriel.admin.schema.RelationName;

/**
 * The one place where a name becomes part of a statement.
 */
final class Identifiers {

	private Identifiers() {
	}

	/**
	 * Return a name as a quoted identifier, with the quotes it holds doubled.
	 * @param name the name as the catalogue holds it
	 */
	static String quote(String name) {
		if (name.isEmpty() || name.indexOf('\0') >= 0) {
			throw new IllegalArgumentException("A name must not be empty and must not hold NUL");
		}
		// pgjdbc leaves quoted identifiers alone, so a question mark needs no escape
		// here.
		return '"' + name.replace("\"", "\"\"") + '"';
	}

	static String quote(RelationName name) {
		return quote(name.schema()) + "." + quote(name.name());
	}

}
