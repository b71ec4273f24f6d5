package dev.oriel.admin.web;

import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.schema.Relation;

import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Shows and alters how changes of one relation become known.
 */
final class LiveModeHandler {

	private final SchemaHandler schema;

	private final LiveControl live;

	LiveModeHandler(SchemaHandler schema, LiveControl live) {
		this.schema = schema;
		this.live = live;
	}

	ServerResponse handle(ServerRequest request) {
		Relation relation = this.schema.find(request);
		return switch (request.method().name()) {
			case "GET" -> ServerResponse.ok()
				.contentType(Responses.JSON)
				.body(Json.bytes(
						new Mode(this.live.mode(relation), this.live.installable(relation), this.live.sql(relation))));
			case "POST" -> {
				this.live.install(relation);
				yield ServerResponse.noContent().build();
			}
			case "DELETE" -> {
				this.live.remove(relation);
				yield ServerResponse.noContent().build();
			}
			default -> throw new ProblemException(ProblemAnswers.methodNotAllowed(request.method().name()));
		};
	}

	record Mode(String mode, boolean installable, String sql) {
	}

}
