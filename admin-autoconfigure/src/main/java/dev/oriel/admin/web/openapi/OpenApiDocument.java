package dev.oriel.admin.web.openapi;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import dev.oriel.admin.schema.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The description of one schema's HTTP interface by OpenAPI 3.1. It is written as it is
 * made, a relation at a time, so that it needs little memory however many there are; and
 * it is made anew for each caller, so that none sees what is another's.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.0.html">OpenAPI 3.1</a>
 * @since 0.1.0
 */
public final class OpenApiDocument {

	private static final String DESCRIPTION = """
			The rows of the database, in the language of PostgREST 16. Values are PostgreSQL's own JSON texts: numbers \
			have all their digits, NaN and infinities are strings, and so are dates and times, which may be 'infinity' \
			or before Christ. Related rows are embedded by 'select', and by members of the same names in bodies. \
			The same queries answer with files of any size (CSV, NDJSON, JSON, XLSX, SQL) at '%1$sexport/{relation}', and a \
			POST of a file to '%1$simport/{relation}' imports it; '%1$sjobs/{id}' tells how far they are.""";

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final VisibleApi api;

	private final RestLanguage language;

	private final ApiServer server;

	private final RelationPaths relations;

	private final FunctionPaths functions;

	/**
	 * Create a description.
	 * @param api what the caller may use
	 * @param language what can be asked for
	 * @param server where it is
	 */
	public OpenApiDocument(VisibleApi api, RestLanguage language, ApiServer server) {
		this.api = api;
		this.language = language;
		this.server = server;
		this.relations = new RelationPaths(api, language);
		this.functions = new FunctionPaths(api, this.relations);
	}

	/**
	 * Return a text that differs whenever the content does.
	 */
	public String identity() {
		Package build = getClass().getPackage();
		return String.join("\n", String.valueOf(build.getImplementationVersion()), this.server.toString(),
				this.language.rows().toString(), this.language.row().toString(), this.language.files().toString(),
				this.language.bodies().toString(), new TreeMap<>(this.language.preferences()).toString(),
				this.api.rights());
	}

	/**
	 * Write the description.
	 * @param output where it goes; is left open
	 */
	public void write(OutputStream output) {
		JsonGenerator generator = MAPPER.createGenerator(output);
		generator.writeStartObject();
		generator.writeStringProperty("openapi", "3.1.0");
		writeInfo(generator);
		generator.writeName("security");
		generator.writeTree(Operations.security(false));
		generator.writeObjectPropertyStart("paths");
		writePaths(generator);
		generator.writeEndObject();
		generator.writeObjectPropertyStart("components");
		writeComponents(generator);
		generator.writeEndObject();
		generator.writeEndObject();
		generator.flush();
	}

	private void writeInfo(JsonGenerator generator) {
		ObjectNode info = JsonNodeFactory.instance.objectNode()
			.put("title", this.server.title())
			.put("description", DESCRIPTION.formatted(this.server.url().replaceAll("rest$", "")))
			.put("version", this.api.snapshot().version());
		generator.writeName("info");
		generator.writeTree(info);
		generator.writeArrayPropertyStart("servers");
		generator.writeTree(JsonNodeFactory.instance.objectNode().put("url", this.server.url()));
		generator.writeEndArray();
	}

	private void writePaths(JsonGenerator generator) {
		for (VisibleRelation relation : this.api.relations()) {
			generator.writeName("/" + PathSegments.of(relation.name()));
			generator.writeTree(this.relations.path(relation));
		}
		for (Map.Entry<String, List<Function>> named : this.api.functions().entrySet()) {
			List<Function> callable = named.getValue().stream().filter(FunctionPaths::isCallable).toList();
			if (!callable.isEmpty()) {
				generator.writeName("/rpc/" + PathSegments.of(named.getKey()));
				generator.writeTree(this.functions.path(callable));
			}
		}
	}

	private void writeComponents(JsonGenerator generator) {
		write(generator, "schemas", SharedComponents::addSchemas, RelationSchemas::add);
		write(generator, "responses", SharedComponents::addResponses, this.relations::addResponses);
		write(generator, "parameters", (shared) -> SharedComponents.addParameters(this.api, this.language, shared),
				RelationPaths::addParameters);
		write(generator, "headers", SharedComponents::addHeaders, (relation, nothing) -> {
		});
		write(generator, "securitySchemes", (shared) -> SharedComponents.addSecuritySchemes(this.server, shared),
				(relation, nothing) -> {
				});
	}

	/**
	 * Write the components of one kind, first those that are shared.
	 */
	private void write(JsonGenerator generator, String kind, Consumer<ObjectNode> shared,
			BiConsumer<VisibleRelation, ObjectNode> ofRelation) {
		generator.writeObjectPropertyStart(kind);
		ObjectNode first = JsonNodeFactory.instance.objectNode();
		shared.accept(first);
		writeMembers(generator, first);
		for (VisibleRelation relation : this.api.relations()) {
			ObjectNode components = JsonNodeFactory.instance.objectNode();
			ofRelation.accept(relation, components);
			writeMembers(generator, components);
		}
		generator.writeEndObject();
	}

	private static void writeMembers(JsonGenerator generator, ObjectNode node) {
		node.forEachEntry((name, value) -> {
			generator.writeName(name);
			generator.writeTree(value);
		});
	}

}
