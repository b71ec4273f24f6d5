package dev.oriel.admin;

import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.json.UnlimitedJson;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

/**
 * What a live message says in full.
 *
 * @param rows the rows, each as PostgreSQL wrote it
 * @param problem why there are none, or {@code null}
 */
record LiveSnapshot(List<String> rows, @Nullable Problem problem) {

	private static final JsonMapper MAPPER = new JsonMapper();

	static LiveSnapshot parse(String message) {
		try (JsonParser parser = UnlimitedJson.factory().createParser(ObjectReadContext.empty(), message)) {
			parser.nextToken();
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				parser.nextToken();
				if (name.equals("rows")) {
					return new LiveSnapshot(rows(parser, message), null);
				}
				if (name.equals("problem")) {
					return new LiveSnapshot(List.of(), problem(message));
				}
				parser.skipChildren();
			}
		}
		throw new IllegalArgumentException("A live message has neither rows nor a problem");
	}

	private static List<String> rows(JsonParser parser, String message) {
		List<String> rows = new ArrayList<>();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			int start = (int) parser.currentTokenLocation().getCharOffset();
			parser.skipChildren();
			rows.add(message.substring(start, (int) parser.currentLocation().getCharOffset()));
		}
		return List.copyOf(rows);
	}

	private static Problem problem(String message) {
		JsonNode problem = MAPPER.readTree(message).get("problem");
		return new Problem(400, text(problem, "code", ""), text(problem, "message", ""),
				problem.get("details").isString() ? problem.get("details").stringValue() : null,
				problem.get("hint").isString() ? problem.get("hint").stringValue() : null);
	}

	private static String text(JsonNode problem, String name, String otherwise) {
		JsonNode text = problem.get(name);
		return (text != null && text.isString()) ? text.stringValue() : otherwise;
	}

}
