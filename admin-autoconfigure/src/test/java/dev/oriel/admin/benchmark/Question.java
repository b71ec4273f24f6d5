package dev.oriel.admin.benchmark;

import java.util.Map;

/**
 * A request.
 *
 * @param path the path and the query string
 * @param headers the headers, besides those that say who asks
 */
record Question(String path, Map<String, String> headers) {

	static Question of(String path) {
		return new Question(path, Map.of());
	}

}
