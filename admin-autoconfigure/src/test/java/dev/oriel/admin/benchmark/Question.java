package dev.oriel.admin.benchmark;

import java.util.Map;

/**
 * A request.
 *
 * @param method the method
 * @param path the path and the query string
 * @param headers the headers, besides those that say who asks
 * @param body the body, which may be empty
 */
record Question(String method, String path, Map<String, String> headers, String body) {

	Question(String path, Map<String, String> headers) {
		this("GET", path, headers, "");
	}

	static Question of(String path) {
		return new Question(path, Map.of());
	}

}
