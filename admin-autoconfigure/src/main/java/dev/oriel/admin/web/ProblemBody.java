package dev.oriel.admin.web;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.Row;
import dev.oriel.admin.data.StaleRowException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * The body of an error: PostgREST's four members, and the column where one is known.
 */
final class ProblemBody {

	private ProblemBody() {
	}

	static byte[] of(Problem problem) {
		return Json.bytes(node(problem));
	}

	static byte[] of(StaleRowException ex) {
		ObjectNode node = node(ex.problem());
		Row current = ex.current();
		if (current != null) {
			node.putRawValue("current", new RawValue(current.json()));
		}
		else {
			node.putNull("current");
		}
		return Json.bytes(node);
	}

	private static ObjectNode node(Problem problem) {
		ObjectNode node = Json.MAPPER.createObjectNode()
			.put("code", problem.code())
			.put("message", problem.message())
			.put("details", problem.details())
			.put("hint", problem.hint());
		if (!problem.candidates().isEmpty()) {
			ArrayNode details = node.putArray("details");
			problem.candidates()
				.forEach((candidate) -> details.addObject()
					.put("cardinality", candidate.cardinality())
					.put("embedding", candidate.embedding())
					.put("relationship", candidate.relationship()));
		}
		if (problem.column() != null) {
			node.put("column", problem.column());
		}
		return node;
	}

}
