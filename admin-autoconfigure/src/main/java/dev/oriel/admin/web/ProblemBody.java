package dev.oriel.admin.web;

import dev.oriel.admin.data.FieldError;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.Row;
import dev.oriel.admin.data.StaleRow;
import dev.oriel.admin.data.StaleRowException;
import dev.oriel.admin.data.VetoedException;
import dev.oriel.admin.data.Violation;
import dev.oriel.admin.schema.RelationName;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

import org.jspecify.annotations.Nullable;

/**
 * The body of an error: PostgREST's four members, the column where one is known, and what
 * else is known of a write that was refused.
 */
final class ProblemBody {

	private ProblemBody() {
	}

	static byte[] of(Problem problem) {
		return Json.bytes(node(problem));
	}

	/**
	 * Return the body of a problem, with what more the exception knows of it.
	 */
	static byte[] of(ProblemException ex) {
		ObjectNode node = node(ex.problem());
		if (ex instanceof StaleRowException stale) {
			putCurrent(stale.current(), node);
			if (!stale.rows().isEmpty()) {
				ArrayNode rows = node.putArray("stale");
				stale.rows().forEach((row) -> add(row, rows.addObject()));
			}
		}
		if (ex instanceof VetoedException vetoed) {
			ArrayNode errors = node.putArray("errors");
			vetoed.errors().forEach((error) -> add(error, errors.addObject()));
		}
		return Json.bytes(node);
	}

	private static void add(StaleRow row, ObjectNode node) {
		if (row.path() != null) {
			node.put("path", row.path());
		}
		putCurrent(row.current(), node);
	}

	private static void add(FieldError error, ObjectNode node) {
		if (error.path() != null) {
			node.put("path", error.path());
		}
		if (error.column() != null) {
			node.put("column", error.column());
		}
		node.put("message", error.message());
	}

	private static void putCurrent(@Nullable Row current, ObjectNode node) {
		if (current != null) {
			node.putRawValue("current", new RawValue(current.json()));
		}
		else {
			node.putNull("current");
		}
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
		if (problem.violation() != null) {
			add(problem.violation(), node);
		}
		return node;
	}

	private static void add(Violation violation, ObjectNode node) {
		if (!violation.columns().isEmpty()) {
			violation.columns().forEach(node.putArray("columns")::add);
		}
		if (violation.rule() != null) {
			node.put("rule", violation.rule());
		}
		if (violation.value() != null) {
			node.putRawValue("value", new RawValue(violation.value()));
		}
		if (violation.path() != null) {
			node.put("path", violation.path());
		}
		if (violation.row() != null) {
			add(violation.row(), node.putObject("row"));
		}
		Violation.Referencing referencing = violation.referencing();
		if (referencing != null) {
			ObjectNode rows = node.putObject("referencing");
			add(referencing.relation(), rows);
			referencing.values().forEach(rows.putObject("values")::put);
			rows.put("count", referencing.count());
			if (referencing.first() != null) {
				add(referencing.first(), rows.putObject("first"));
			}
		}
	}

	private static void add(Violation.OtherRow row, ObjectNode node) {
		add(row.relation(), node);
		row.key().forEach(node.putObject("key")::put);
	}

	private static void add(RelationName relation, ObjectNode node) {
		node.put("schema", relation.schema()).put("relation", relation.name());
	}

}
