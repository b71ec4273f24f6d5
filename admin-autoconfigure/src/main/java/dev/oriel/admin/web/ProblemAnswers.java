package dev.oriel.admin.web;

import dev.oriel.admin.data.Problem;

/**
 * The problems that arise before or beside the use cases.
 */
final class ProblemAnswers {

	private ProblemAnswers() {
	}

	static Problem internal() {
		return new Problem(500, "ORIEL500", "The request could not be carried out", null,
				"The server's log says why. Nothing was changed.");
	}

	static Problem notFound(String path) {
		return new Problem(404, "ORIEL404", "There is nothing here", path, null);
	}

	static Problem invalidPath(String path) {
		return new Problem(404, "PGRST125", "Invalid path specified in request URL", path, null);
	}

	static Problem methodNotAllowed(String method) {
		return new Problem(405, "PGRST117", "Unsupported HTTP method: " + method, null, null);
	}

	static Problem unreadableMediaType(String type) {
		return new Problem(400, "ORIEL400", "A header names a media type that is none", type,
				"Look at 'Accept' and 'Content-Type'.");
	}

}
