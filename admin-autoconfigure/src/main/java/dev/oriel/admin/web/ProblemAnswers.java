package dev.oriel.admin.web;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.query.QueryException;

/**
 * The problems that arise before or beside the use cases.
 */
final class ProblemAnswers {

	private ProblemAnswers() {
	}

	static Problem of(QueryException ex) {
		return new Problem(400, ex.code(), String.valueOf(ex.getMessage()), ex.details(), ex.hint());
	}

	static Problem unavailable() {
		return new Problem(503, "PGRST000", "The database cannot be reached", null,
				"It is tried again by itself; nothing was changed.");
	}

	static Problem internal() {
		return new Problem(500, "ORIEL500", "The request could not be carried out", null,
				"The server's log says why. Nothing was changed.");
	}

	static Problem notFound(String path) {
		return new Problem(404, "ORIEL404", "There is nothing here", path, null);
	}

	static Problem methodNotAllowed(String method) {
		return new Problem(405, "PGRST117", "Unsupported HTTP method: " + method, null, null);
	}

}
