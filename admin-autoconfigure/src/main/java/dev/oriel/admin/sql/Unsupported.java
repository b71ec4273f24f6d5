package dev.oriel.admin.sql;

import dev.oriel.admin.query.QueryException;

/**
 * Parts of the language that are understood but not answered yet, told as what they are.
 */
final class Unsupported {

	private Unsupported() {
	}

	static QueryException embedding(String target) {
		return new QueryException("ORIEL501", "Embedding other relations is not supported by this version",
				"'%s' is no column of the relation asked for.".formatted(target),
				"Ask for the related rows with a query of their own.");
	}

}
