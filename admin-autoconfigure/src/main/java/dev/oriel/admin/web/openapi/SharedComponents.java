package dev.oriel.admin.web.openapi;

import java.util.List;
import java.util.TreeMap;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every relation and function refers to. None of these names can be that of a
 * relation's component: those of parameters hold no dash, and the other ones end in words
 * that follow no relation.
 */
final class SharedComponents {

	static final String PROBLEM = "rest-problem";

	static final String DONE = "rest-done";

	/** What a write would change. */
	static final String IMPACT = "rest-impact";

	private static final String FILTER = "rest-filter";

	private SharedComponents() {
	}

	static void addSchemas(ObjectNode schemas) {
		schemas.putObject(FILTER)
			.put("type", "string")
			.put("description", "An operator and a value, for example 'eq.1', 'gte.2024-01-01', 'in.(a,b)', "
					+ "'like.A*', 'is.null' or 'not.eq.1'.");
		ObjectNode problem = schemas.putObject(PROBLEM).put("type", "object");
		problem.put("description", "Why a request was refused.");
		ObjectNode properties = problem.putObject("properties");
		text(properties, "code", "A SQLSTATE of PostgreSQL, a code of PostgREST or one of Oriel's.", false);
		text(properties, "message", "What is wrong.", false);
		properties.putObject("details").put("description", "More about it; a list where there are several candidates.");
		text(properties, "hint", "What to do about it.", true);
		text(properties, "column", "The column it is about, where one is known.", false);
		properties.putObject("current")
			.put("description", "The row as it is now, or null if it is gone, where somebody else changed it.");
		problem.putArray("required").add("code").add("message").add("details").add("hint");
		addImpact(schemas.putObject(IMPACT).put("type", "object"));
	}

	private static void addImpact(ObjectNode impact) {
		impact.put("description", "What would change, for 'Prefer: tx=rollback, impact'.");
		ObjectNode properties = impact.putObject("properties");
		ObjectNode table = array(properties, "impact", "The tables with changes, the one written to first.", false);
		text(table, "schema", "The table's schema.", false);
		text(table, "table", "The table.", false);
		for (String count : List.of("insert", "update", "delete")) {
			table.putObject(count).put("type", "integer").put("format", "int64").put("minimum", 0);
		}
		ObjectNode change = array(table, "sample", "Some of the rows; null if looking for them took too long.", true);
		ArrayNode operations = change.putObject("op").put("type", "string").putArray("enum");
		operations.add("insert").add("update").add("delete");
		change.set("key", TypeSchemas.typed("object", false));
		change.set("before", TypeSchemas.typed("object", true));
		change.set("after", TypeSchemas.typed("object", true));
		ObjectNode rows = TypeSchemas.typed("array", false).put("description", "The rows as they would be returned.");
		properties.set("rows", rows.set("items", TypeSchemas.typed("object", false)));
		impact.putArray("required").add("impact");
	}

	/**
	 * Add a list of objects, and return their members.
	 */
	private static ObjectNode array(ObjectNode properties, String name, String description, boolean nullable) {
		ObjectNode list = TypeSchemas.typed("array", nullable).put("description", description);
		properties.set(name, list);
		return list.putObject("items").put("type", "object").putObject("properties");
	}

	static void addParameters(VisibleApi api, RestLanguage language, ObjectNode parameters) {
		query(parameters, "select", "The fields to answer with, related rows included. Without it, every column of the "
				+ "relation is there; with it, only what it names.", "id,name");
		query(parameters, "order", "What to sort by.", "name.desc.nullslast,id");
		query(parameters, "and", "Conditions that must all hold; also as 'not.and'.", "(id.gte.1,id.lt.9)");
		query(parameters, "or", "Conditions of which one must hold; also as 'not.or'.", "(id.eq.1,name.like.A*)");
		query(parameters, "q", "Words that must occur in the columns that can be searched.", "moon trip");
		query(parameters, "columns", "The columns to write, if the members of the body are not all meant.",
				"name,note");
		query(parameters, "on_conflict", "The columns whose values together tell which row is there already, for "
				+ "'resolution'; the primary key where they are not given.", "name");
		number(parameters, "limit", "How many rows to answer with at most.");
		number(parameters, "offset", "How many rows to leave out first.");
		query(parameters, "after", "The cursor of the row that the page begins behind, from the header 'Link'.",
				"~WzEsIl0");
		query(parameters, "before", "The cursor of the row that the page ends before, from the header 'Link'.",
				"~WzEsIl0");
		header(parameters, "range", "Range",
				"The first and the last row to answer with, from 0, in place of 'limit' and " + "'offset'.")
			.put("pattern", "^(items=)?[0-9]+-[0-9]*$");
		header(parameters, "ifMatch", "If-Match",
				"The version that the row must still have, as its ETag says; several, or '*' for any. Otherwise the "
						+ "answer is 412.");
		for (RestLanguage.Use use : RestLanguage.Use.values()) {
			parameters.set(use.component(),
					PreferHeader.parameter(language.preferences().getOrDefault(use, new TreeMap<>())));
		}
		if (!api.isDefault()) {
			profile(parameters, "acceptProfile", "Accept-Profile", api.schema());
			profile(parameters, "contentProfile", "Content-Profile", api.schema());
		}
	}

	static void addHeaders(ObjectNode headers) {
		example(headers, "ContentRange", "The first and the last row of the answer, and how many rows there are.",
				"0-24/573");
		example(headers, "Link", "The next and the previous page, where they begin and end at rows ('page=keyset').",
				"<film?limit=25&after=~WzEsIl0>; rel=\"next\"");
		example(headers, "PreferenceApplied", "The preferences that were followed.", "count=exact");
		example(headers, "Location", "Where the new row is, for 'return=headers-only'.", "film?id=eq.1");
		example(headers, "ETag", "The version of the only row.", "\"735\"");
	}

	static void addResponses(ObjectNode responses) {
		ObjectNode problem = responses.putObject(PROBLEM).put("description", "The request was refused.");
		problem.putObject("content")
			.putObject("application/json")
			.set("schema", TypeSchemas.reference("schemas", PROBLEM));
		responses.putObject(DONE).put("description", "Done; there is nothing to answer with.");
		ObjectNode impact = responses.putObject(IMPACT)
			.put("description", "Done, without anything to answer with; or what it would have changed.");
		impact.putObject("content")
			.putObject("application/json")
			.set("schema", TypeSchemas.reference("schemas", IMPACT));
	}

	static void addSecuritySchemes(ApiServer server, ObjectNode schemes) {
		schemes.putObject("basic").put("type", "http").put("scheme", "basic");
		schemes.putObject("bearer").put("type", "http").put("scheme", "bearer");
		schemes.putObject("session")
			.put("type", "apiKey")
			.put("in", "cookie")
			.put("name", server.sessionCookie())
			.put("description", "The session of somebody who signed in to the application by its own login.");
		schemes.putObject("csrf")
			.put("type", "apiKey")
			.put("in", "header")
			.put("name", server.csrfHeader())
			.put("description", "The token that 'GET api/session' tells. Needed to write with a session.");
	}

	static ObjectNode parameter(String name) {
		return TypeSchemas.reference("parameters", name);
	}

	/**
	 * Return a filter on a column as a parameter.
	 */
	static ObjectNode filter(String name) {
		ObjectNode parameter = JsonNodeFactory.instance.objectNode().put("name", name).put("in", "query");
		return parameter.set("schema", TypeSchemas.reference("schemas", FILTER));
	}

	private static void text(ObjectNode properties, String name, String description, boolean nullable) {
		properties.set(name, TypeSchemas.typed("string", nullable).put("description", description));
	}

	private static void query(ObjectNode parameters, String name, String description, String example) {
		ObjectNode parameter = parameters.putObject(name)
			.put("name", name)
			.put("in", "query")
			.put("description", description)
			.put("example", example);
		parameter.putObject("schema").put("type", "string");
	}

	private static void number(ObjectNode parameters, String name, String description) {
		ObjectNode parameter = parameters.putObject(name)
			.put("name", name)
			.put("in", "query")
			.put("description", description);
		parameter.putObject("schema").put("type", "integer").put("format", "int64").put("minimum", 0);
	}

	private static ObjectNode header(ObjectNode parameters, String component, String name, String description) {
		ObjectNode parameter = parameters.putObject(component)
			.put("name", name)
			.put("in", "header")
			.put("description", description);
		return parameter.putObject("schema").put("type", "string");
	}

	private static void profile(ObjectNode parameters, String component, String name, String schema) {
		header(parameters, component, name, "The schema of the database.").put("const", schema);
		((ObjectNode) parameters.get(component)).put("required", true);
	}

	private static void example(ObjectNode headers, String name, String description, String example) {
		ObjectNode header = headers.putObject(name).put("description", description).put("example", example);
		header.putObject("schema").put("type", "string");
	}

}
