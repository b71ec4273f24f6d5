package dev.oriel.admin.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import dev.oriel.admin.data.Impact;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import org.jspecify.annotations.Nullable;

/**
 * The body that tells what a write would change, beside the rows as they would be or the
 * result of a function.
 */
final class ImpactBody {

	private static final String ATTRIBUTE = ImpactBody.class.getName();

	private ImpactBody() {
	}

	/**
	 * Return who is told the impact of what a request writes, or {@code null} if it does
	 * not ask for that.
	 */
	static @Nullable Consumer<Impact> told(ServerRequest request, Preferences preferences,
			Representation representation) {
		if (!preferences.impact()) {
			return null;
		}
		if (!(representation instanceof Representation.Json)) {
			throw new ProblemException(new Problem(406, "PGRST107", "The impact of a write is told in JSON only", null,
					"Ask for application/json, or leave the preference 'impact' out."));
		}
		return (impact) -> request.attributes().put(ATTRIBUTE, impact);
	}

	/**
	 * End an answer with what was told to the request.
	 * @param member what else is told
	 * @param json its value, or {@code null} if it is not wanted
	 */
	static ServerResponse answer(ServerRequest request, ContentProfile profile, ServerResponse.BodyBuilder response,
			String member, @Nullable String json) {
		Impact impact = (request.attributes().get(ATTRIBUTE) instanceof Impact told) ? told : new Impact(List.of());
		ObjectNode body = Json.MAPPER.createObjectNode();
		ArrayNode tables = body.putArray("impact");
		impact.tables().forEach((table) -> add(table, tables.addObject()));
		if (json != null) {
			body.putRawValue(member, new RawValue(json));
		}
		byte[] bytes = Json.bytes(body);
		return response.header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE + ";charset=UTF-8")
			.headers(profile::addTo)
			.header(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length))
			.build((servletRequest, servletResponse) -> {
				servletResponse.getOutputStream().write(bytes);
				return null;
			});
	}

	private static void add(Impact.Table table, ObjectNode node) {
		node.put("schema", table.relation().schema()).put("table", table.relation().name());
		Impact.Counts counts = table.counts();
		node.put("insert", counts.insert()).put("update", counts.update()).put("delete", counts.delete());
		if (table.sample() == null) {
			node.putNull("sample");
			return;
		}
		ArrayNode sample = node.putArray("sample");
		for (Impact.Change change : table.sample()) {
			ObjectNode row = sample.addObject().put("op", change.operation().name().toLowerCase(Locale.ROOT));
			ObjectNode key = row.putObject("key");
			for (Map.Entry<String, String> part : change.key().entrySet()) {
				key.put(part.getKey(), part.getValue());
			}
			add("before", change.before(), row);
			add("after", change.after(), row);
		}
	}

	private static void add(String name, @Nullable String json, ObjectNode node) {
		if (json != null) {
			node.putRawValue(name, new RawValue(json));
		}
		else {
			node.putNull(name);
		}
	}

}
