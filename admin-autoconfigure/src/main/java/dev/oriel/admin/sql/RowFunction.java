package dev.oriel.admin.sql;

import dev.oriel.admin.schema.Function;

/**
 * Calls of functions that take a row and nothing else.
 */
final class RowFunction {

	private RowFunction() {
	}

	static String call(Function function, String row) {
		return Identifiers.quote(function.schema()) + "." + Identifiers.quote(function.name()) + "(" + row + ")";
	}

	/**
	 * Return a row as one value. The star keeps a column from being taken for it that has
	 * the alias as its name, the cast makes one value of the star.
	 * @param scope the relation
	 * @param row its alias
	 */
	static String wholeRow(Scope scope, String row) {
		return "CAST(" + row + ".* AS " + Identifiers.quote(scope.relation().name()) + ")";
	}

}
