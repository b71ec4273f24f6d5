package dev.oriel.admin.web;

import dev.oriel.admin.data.Problem;
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
		// Who may only look neither alters the table nor learns what its key is made of.
		boolean writable = this.schema.isWritable(request, relation);
		return switch (request.method().name()) {
			case "GET" -> ServerResponse.ok()
				.contentType(Responses.JSON)
				.body(Json.bytes(new Mode(this.live.mode(relation), writable && this.live.installable(relation),
						writable ? this.live.sql(relation) : "")));
			case "POST" -> {
				requireWritable(writable, relation);
				this.live.install(relation);
				yield ServerResponse.noContent().build();
			}
			case "DELETE" -> {
				requireWritable(writable, relation);
				this.live.remove(relation);
				yield ServerResponse.noContent().build();
			}
			default -> throw new ProblemException(ProblemAnswers.methodNotAllowed(request.method().name()));
		};
	}

	private static void requireWritable(boolean writable, Relation relation) {
		if (!writable) {
			throw new ProblemException(
					new Problem(403, "42501", "permission denied for relation " + relation.name().name(),
							"Triggers are altered by those who may write rows.", null));
		}
	}

	record Mode(String mode, boolean installable, String sql) {
	}

}
