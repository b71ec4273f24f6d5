package dev.oriel.admin.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import dev.oriel.admin.data.MalformedJson;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.store.SettingsStore;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * How one user wants one relation to be shown. Only its owner ever sees it: the user's
 * name is the guard's, never the request's.
 */
final class SettingsHandler {

	private static final int MAX_SIZE = 64 * 1024;

	private final SchemaHandler schema;

	private final SettingsStore store;

	SettingsHandler(SchemaHandler schema, SettingsStore store) {
		this.schema = schema;
		this.store = store;
	}

	ServerResponse handle(ServerRequest request) throws IOException {
		try {
			return answer(request);
		}
		catch (DataAccessResourceFailureException | TransientDataAccessResourceException ex) {
			throw new ProblemException(Problem.unavailable(), ex);
		}
		catch (DataIntegrityViolationException ex) {
			throw new ProblemException(new Problem(400, "PGRST102", "The settings hold what PostgreSQL cannot store",
					"A NUL character, or half of a surrogate pair.", "Leave it out."), ex);
		}
		catch (DataAccessException ex) {
			throw new ProblemException(new Problem(503, "ORIEL503", "Settings cannot be kept",
					"The schema 'oriel' is missing from the database, may not be written, or is locked.",
					"Set 'oriel.database.initialize-schema=always', or run the statements in docs/database.md."), ex);
		}
	}

	private ServerResponse answer(ServerRequest request) throws IOException {
		RelationName relation = this.schema.find(request).name();
		String user = GuardFilter.caller(request).name();
		return switch (request.method().name()) {
			case "GET" -> this.store.find(user, relation)
				.map((settings) -> ServerResponse.ok()
					.contentType(Responses.JSON)
					.body(settings.getBytes(StandardCharsets.UTF_8)))
				.orElseGet(() -> ServerResponse.noContent().build());
			case "PUT" -> {
				this.store.save(user, relation, object(Bodies.read(request, MAX_SIZE)));
				yield ServerResponse.noContent().build();
			}
			case "DELETE" -> {
				this.store.delete(user, relation);
				yield ServerResponse.noContent().build();
			}
			default -> throw new ProblemException(ProblemAnswers.methodNotAllowed(request.method().name()));
		};
	}

	private static String object(String body) {
		try {
			JsonNode node = Json.MAPPER.readTree(body);
			if (node != null && node.isObject()) {
				return node.toString();
			}
		}
		catch (JacksonException ex) {
			throw new ProblemException(new Problem(400, "PGRST102", "Empty or invalid json", MalformedJson.describe(ex),
					"Send the settings as one object."), ex);
		}
		throw new ProblemException(
				new Problem(400, "PGRST102", "An object is expected", null, "Send the settings as one object."));
	}

}
