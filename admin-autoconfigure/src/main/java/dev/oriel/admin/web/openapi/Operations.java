package dev.oriel.admin.web.openapi;

import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the operations on relations and those on functions have in common.
 */
final class Operations {

	private Operations() {
	}

	/**
	 * Return an operation that may be refused.
	 * @param id its name, unique in the document
	 * @param tag what it is about
	 * @param summary what it does
	 * @param parameters its parameters
	 */
	static ObjectNode of(String id, String tag, String summary, Stream<ObjectNode> parameters) {
		ObjectNode operation = JsonNodeFactory.instance.objectNode().put("operationId", id).put("summary", summary);
		operation.putArray("tags").add(tag);
		ArrayNode list = operation.putArray("parameters");
		parameters.forEach(list::add);
		operation.putObject("responses").set("default", TypeSchemas.reference("responses", SharedComponents.PROBLEM));
		return operation;
	}

	/**
	 * Add what a browser must send besides its session to write.
	 */
	static ObjectNode writing(ObjectNode operation) {
		return operation.set("security", security(true));
	}

	static ArrayNode security(boolean writing) {
		ArrayNode security = JsonNodeFactory.instance.arrayNode();
		for (String scheme : List.of("basic", "bearer")) {
			security.addObject().putArray(scheme);
		}
		ObjectNode session = security.addObject();
		session.putArray("session");
		if (writing) {
			session.putArray("csrf");
		}
		return security;
	}

	static void respond(ObjectNode operation, String status, ObjectNode response) {
		((ObjectNode) operation.get("responses")).set(status, response);
	}

	static ObjectNode header(String name) {
		return TypeSchemas.reference("headers", name);
	}

}
