package dev.oriel.admin.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

/**
 * The problem that a function describes in full: it raises the SQLSTATE {@code PGRST}
 * with JSON as its message and detail.
 *
 * @see <a href=
 * "https://docs.postgrest.org/en/stable/references/errors.html#add-http-headers-with-raise">
 * PostgREST: RAISE with headers</a>
 */
final class RaisedProblem {

	static final String SQLSTATE = "PGRST";

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	/** What a function may say to clients, but nothing that browsers are guarded by. */
	private static final Set<String> HEADERS = Set.of("retry-after", "link", "deprecation", "sunset", "warning");

	private static final Set<String> GUARDS = Set.of("x-frame-options", "x-content-type-options", "x-xss-protection");

	private RaisedProblem() {
	}

	static Problem of(@Nullable String message, @Nullable String detail) {
		JsonNode body = read(message);
		if (body == null || !isText(body.path("code")) || !isText(body.path("message"))) {
			return unreadable("Invalid JSON value for MESSAGE: '" + message + "'",
					"MESSAGE must be a JSON object with obligatory keys: 'code', 'message' and optional keys: 'details', 'hint'.");
		}
		JsonNode answer = read(detail);
		int status = (answer != null) ? answer.path("status").asInt(0) : 0;
		if (answer == null || status < 200 || status > 599 || !answer.path("headers").isObject()) {
			return unreadable(
					(detail != null) ? "Invalid JSON value for DETAIL: '" + detail + "'"
							: "DETAIL is missing in the RAISE statement",
					"DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and optional key: 'status_text'.");
		}
		return new Problem(status, body.path("code").asString(), body.path("message").asString(),
				text(body.path("details")), text(body.path("hint")), null, List.of(), headers(answer.path("headers")));
	}

	private static Map<String, String> headers(JsonNode node) {
		Map<String, String> headers = new LinkedHashMap<>();
		node.properties().forEach((header) -> {
			String name = header.getKey().toLowerCase(Locale.ROOT);
			boolean allowed = HEADERS.contains(name)
					|| (name.matches("x-[a-z0-9-]+") && !GUARDS.contains(name) && !name.startsWith("x-accel-"));
			String value = text(header.getValue());
			if (allowed && value != null && value.chars().allMatch((c) -> c >= ' ' && c < 127)) {
				headers.put(header.getKey(), value);
			}
		});
		return headers;
	}

	private static @Nullable JsonNode read(@Nullable String text) {
		try {
			JsonNode node = (text != null) ? MAPPER.readTree(text) : null;
			return (node != null && node.isObject()) ? node : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static boolean isText(JsonNode node) {
		return node.isString();
	}

	private static @Nullable String text(JsonNode node) {
		return node.isString() ? node.asString() : null;
	}

	private static Problem unreadable(String details, String hint) {
		return new Problem(500, "PGRST121", "Could not parse JSON in the \"RAISE SQLSTATE 'PGRST'\" error", details,
				hint);
	}

}
