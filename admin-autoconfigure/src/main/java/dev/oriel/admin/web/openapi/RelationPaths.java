package dev.oriel.admin.web.openapi;

import java.util.List;
import java.util.stream.Stream;

import dev.oriel.admin.query.QueryWriter;
import dev.oriel.admin.schema.Column;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What can be done with the rows of relations.
 */
final class RelationPaths {

	private static final String WRITTEN = "written";

	private final VisibleApi api;

	private final RestLanguage language;

	RelationPaths(VisibleApi api, RestLanguage language) {
		this.api = api;
		this.language = language;
	}

	/**
	 * Return everything that can be done at the relation's path.
	 */
	ObjectNode path(VisibleRelation relation) {
		ObjectNode path = TypeSchemas.described(JsonNodeFactory.instance.objectNode(), relation.relation().comment());
		if (relation.allows("GET")) {
			path.set("get", read(relation, "list", "Read rows of "));
		}
		if (relation.allows("HEAD")) {
			path.set("head", read(relation, "head", "Read about rows of "));
		}
		if (relation.allows("POST")) {
			path.set("post", insert(relation));
		}
		if (relation.allows("PUT") && relation.access().readable().containsAll(relation.relation().primaryKey())) {
			path.set("put", replace(relation));
		}
		if (relation.allows("PATCH")) {
			path.set("patch", change(relation, "update", "Change rows of "));
		}
		if (relation.allows("DELETE")) {
			path.set("delete", change(relation, "delete", "Delete rows of "));
		}
		return path;
	}

	/**
	 * Add a parameter for each column that may be filtered by.
	 */
	static void addParameters(VisibleRelation relation, ObjectNode parameters) {
		for (Column column : relation.readable()) {
			ObjectNode filter = SharedComponents.filter(QueryWriter.name(column.name()));
			parameters.set(ComponentNames.of(relation.name(), column.name()),
					TypeSchemas.described(filter, column.comment()));
		}
	}

	/**
	 * Add the answers that hold rows: that of reading, which may be a file, and that of
	 * writing, which may tell the impact instead.
	 */
	void addResponses(VisibleRelation relation, ObjectNode responses) {
		if (!relation.allows("GET")) {
			return;
		}
		ObjectNode row = RelationSchemas.rowReference(relation);
		ObjectNode rows = TypeSchemas.typed("array", false).set("items", row);
		ObjectNode read = responses.putObject(ComponentNames.of(relation.name()))
			.put("description", "Rows of " + relation.name() + ".");
		addHeaders(read, "ContentRange", "Link", "PreferenceApplied", "ETag");
		ObjectNode files = content(rows, row);
		this.language.files().forEach(files::putObject);
		read.set("content", files);
		if (Stream.of("POST", "PUT", "PATCH", "DELETE").anyMatch(relation::allows)) {
			ObjectNode written = responses.putObject(ComponentNames.of(relation.name(), WRITTEN))
				.put("description", "Rows of " + relation.name() + " that were written, or what would change.");
			addHeaders(written, "ContentRange", "PreferenceApplied", "ETag", "Location");
			ObjectNode either = JsonNodeFactory.instance.objectNode();
			either.putArray("oneOf").add(rows).add(TypeSchemas.reference("schemas", SharedComponents.IMPACT));
			ObjectNode content = content(rows, row);
			content.putObject("application/json").set("schema", either);
			written.set("content", content);
		}
	}

	private static void addHeaders(ObjectNode response, String... components) {
		ObjectNode headers = response.putObject("headers");
		for (String component : components) {
			headers.set(component.replaceAll("(?<=[a-z])(?=[A-Z])", "-"), Operations.header(component));
		}
	}

	/**
	 * Return the contents of answers.
	 * @param whole what answers with any number of rows look like
	 * @param one what answers with one row look like
	 */
	ObjectNode content(ObjectNode whole, ObjectNode one) {
		ObjectNode content = JsonNodeFactory.instance.objectNode();
		this.language.rows().forEach((type) -> content.putObject(type).set("schema", answer(type, whole)));
		this.language.row().forEach((type) -> content.putObject(type).set("schema", answer(type, one)));
		return content;
	}

	/**
	 * Return what an answer looks like in a media type.
	 */
	private static ObjectNode answer(String type, ObjectNode json) {
		if (type.startsWith("text/") || type.endsWith("ndjson")) {
			return TypeSchemas.typed("string", false);
		}
		if (type.endsWith("geo+json")) {
			return TypeSchemas.described(TypeSchemas.typed("object", false), "A collection of features.");
		}
		// What is left out may be what the schema requires.
		return type.contains("nulls=stripped")
				? TypeSchemas.described(TypeSchemas.anything(), "The same without the members that are null.")
				: json.deepCopy();
	}

	private ObjectNode read(VisibleRelation relation, String verb, String summary) {
		Stream<ObjectNode> parameters = Stream
			.of(Stream.of("select", "order", "limit", "offset", "after", "before").map(SharedComponents::parameter),
					filters(relation),
					Stream.of(SharedComponents.parameter("range"), PreferHeader.reference(RestLanguage.Use.READ)),
					profile("acceptProfile"))
			.flatMap((each) -> each);
		ObjectNode operation = operation(relation, verb, summary, parameters);
		ObjectNode rows = rows(relation, verb.equals("head"));
		Operations.respond(operation, "200", rows);
		Operations.respond(operation, "206", rows.deepCopy());
		return operation;
	}

	private static ObjectNode rows(VisibleRelation relation, boolean headersOnly) {
		return headersOnly ? done() : TypeSchemas.reference("responses", ComponentNames.of(relation.name()));
	}

	private static ObjectNode done() {
		return TypeSchemas.reference("responses", SharedComponents.DONE);
	}

	/**
	 * Return what writing answers with if rows are wanted, or the impact.
	 */
	private static ObjectNode written(VisibleRelation relation) {
		return TypeSchemas.reference("responses",
				relation.allows("GET") ? ComponentNames.of(relation.name(), WRITTEN) : SharedComponents.IMPACT);
	}

	private ObjectNode insert(VisibleRelation relation) {
		Stream<ObjectNode> parameters = Stream
			.of(select(relation), Stream.of("columns", "on_conflict").map(SharedComponents::parameter),
					Stream.of(PreferHeader.reference(RestLanguage.Use.INSERT)), profile("contentProfile"))
			.flatMap((each) -> each);
		ObjectNode operation = operation(relation, "insert", "Insert rows into ", parameters);
		ObjectNode row = RelationSchemas.insertReference(relation);
		ObjectNode rows = JsonNodeFactory.instance.objectNode();
		rows.putArray("oneOf").add(row).add(TypeSchemas.typed("array", false).set("items", row.deepCopy()));
		body(operation, rows, row);
		Operations.respond(operation, "200", written(relation));
		Operations.respond(operation, "201", relation.allows("GET") ? written(relation) : done());
		return Operations.writing(operation);
	}

	/**
	 * Return the operation that writes the one row of a primary key, whether it is there
	 * or not.
	 */
	private ObjectNode replace(VisibleRelation relation) {
		Stream<ObjectNode> key = relation.relation()
			.primaryKey()
			.stream()
			.map((column) -> SharedComponents.filter(QueryWriter.name(column)).put("required", true));
		Stream<ObjectNode> parameters = Stream
			.of(select(relation), key, Stream.of(PreferHeader.reference(RestLanguage.Use.REPLACE)),
					profile("contentProfile"))
			.flatMap((each) -> each);
		ObjectNode operation = operation(relation, "replace", "Insert or replace the row of a key in ", parameters);
		ObjectNode row = RelationSchemas.insertReference(relation);
		body(operation, row, row);
		Operations.respond(operation, "200", written(relation));
		Operations.respond(operation, "201", relation.allows("GET") ? written(relation) : done());
		Operations.respond(operation, "204", done());
		return Operations.writing(operation);
	}

	private ObjectNode change(VisibleRelation relation, String verb, String summary) {
		RestLanguage.Use use = verb.equals("update") ? RestLanguage.Use.UPDATE : RestLanguage.Use.DELETE;
		Stream<String> columns = (use == RestLanguage.Use.UPDATE) ? Stream.of("columns") : Stream.empty();
		Stream<ObjectNode> parameters = Stream
			.of(select(relation), columns.map(SharedComponents::parameter), filters(relation),
					Stream.of(SharedComponents.parameter("ifMatch"), PreferHeader.reference(use)),
					profile("contentProfile"))
			.flatMap((each) -> each);
		ObjectNode operation = operation(relation, verb, summary, parameters);
		if (use == RestLanguage.Use.UPDATE) {
			ObjectNode row = RelationSchemas.updateReference(relation);
			ObjectNode edit = RelationSchemas.editReference(relation);
			ObjectNode either = JsonNodeFactory.instance.objectNode();
			if (edit != null) {
				either.putArray("oneOf").add(row).add(TypeSchemas.typed("array", false).set("items", edit));
			}
			body(operation, (edit != null) ? either : row, row);
		}
		Operations.respond(operation, "200", written(relation));
		Operations.respond(operation, "204", done());
		return Operations.writing(operation);
	}

	private static ObjectNode operation(VisibleRelation relation, String verb, String summary,
			Stream<ObjectNode> parameters) {
		return Operations.of(verb + "_" + ComponentNames.of(relation.name()), relation.name(),
				summary + relation.name(), parameters);
	}

	/**
	 * Add a body. What is not JSON holds texts, which PostgreSQL reads.
	 */
	private void body(ObjectNode operation, ObjectNode json, ObjectNode fields) {
		ObjectNode content = operation.putObject("requestBody").put("required", true).putObject("content");
		for (String type : this.language.bodies()) {
			ObjectNode schema = type.endsWith("json") ? json
					: (type.startsWith("text/") ? TypeSchemas.typed("string", false) : fields);
			content.putObject(type).set("schema", schema.deepCopy());
		}
	}

	private static Stream<ObjectNode> select(VisibleRelation relation) {
		return relation.allows("GET") ? Stream.of(SharedComponents.parameter("select")) : Stream.empty();
	}

	private static Stream<ObjectNode> filters(VisibleRelation relation) {
		List<Column> readable = relation.readable();
		Stream<String> logic = readable.isEmpty() ? Stream.empty() : Stream.of("q", "and", "or");
		return Stream
			.concat(logic, readable.stream().map((column) -> ComponentNames.of(relation.name(), column.name())))
			.map(SharedComponents::parameter);
	}

	private Stream<ObjectNode> profile(String component) {
		return this.api.isDefault() ? Stream.empty() : Stream.of(SharedComponents.parameter(component));
	}

}
