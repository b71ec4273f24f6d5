package dev.oriel.admin.web.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.core.io.ClassPathResource;

/**
 * Says what is wrong with a description: by the JSON Schema of OpenAPI 3.1 with JSON
 * Schema 2020-12 inside, and by what these cannot say.
 */
public final class OpenApiValidator {

	private static final Pattern TEMPLATE = Pattern.compile("\\{([^}]*)}");

	private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch");

	private final Schema schema;

	public OpenApiValidator() {
		ObjectNode specification = (ObjectNode) read("dev/oriel/admin/web/openapi/openapi-3.1.json");
		((ObjectNode) specification.get("$defs")).putObject("schema")
			.put("$ref", "https://json-schema.org/draft/2020-12/schema");
		this.schema = registry().getSchema(specification);
	}

	/**
	 * Return the problems of a description; none if it is valid.
	 */
	public List<String> problems(JsonNode document) {
		List<String> problems = new ArrayList<>();
		this.schema.validate(document)
			.forEach((error) -> problems.add(error.getInstanceLocation() + ": " + error.getMessage()));
		checkReferences(document, document, problems);
		checkOperations(document, problems);
		return problems;
	}

	/**
	 * Return what is wrong with a value of a schema of the description.
	 * @param document the description
	 * @param component the name of the schema among the components
	 * @param value the value
	 */
	public static List<String> problems(JsonNode document, String component, JsonNode value) {
		ObjectNode schema = JsonMapper.shared().createObjectNode();
		schema.put("$ref", "#/components/schemas/" + component).set("components", document.get("components"));
		return registry().getSchema(schema)
			.validate(value)
			.stream()
			.map((error) -> error.getInstanceLocation() + ": " + error.getMessage())
			.toList();
	}

	private static SchemaRegistry registry() {
		return SchemaRegistry.withDialect(Dialects.getDraft202012(), (builder) -> builder
			.schemaRegistryConfig(SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
	}

	private static void checkReferences(JsonNode document, JsonNode node, List<String> problems) {
		JsonNode reference = node.path("$ref");
		if (reference.isString() && (!reference.asString().startsWith("#/")
				|| document.at(reference.asString().substring(1)).isMissingNode())) {
			problems.add("Nothing is at " + reference);
		}
		node.forEach((child) -> checkReferences(document, child, problems));
	}

	private static void checkOperations(JsonNode document, List<String> problems) {
		Set<String> ids = new HashSet<>();
		for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
			for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
				if (METHODS.contains(member.getKey())) {
					String id = member.getValue().path("operationId").asString("");
					if (id.isEmpty() || !ids.add(id)) {
						problems
							.add("%s %s has no name of its own: '%s'".formatted(member.getKey(), path.getKey(), id));
					}
					checkParameters(document, path.getKey(), member.getValue(), problems);
				}
			}
		}
	}

	private static void checkParameters(JsonNode document, String path, JsonNode operation, List<String> problems) {
		Set<String> declared = new HashSet<>();
		for (JsonNode given : operation.path("parameters")) {
			JsonNode parameter = given.has("$ref") ? document.at(given.get("$ref").asString().substring(1)) : given;
			String key = parameter.path("in").asString("") + " " + parameter.path("name").asString("");
			if (!declared.add(key)) {
				problems.add(path + " declares twice: " + key);
			}
		}
		Matcher template = TEMPLATE.matcher(path);
		while (template.find()) {
			if (!declared.contains("path " + template.group(1))) {
				problems.add(path + " does not declare " + template.group(1));
			}
		}
	}

	private static JsonNode read(String resource) {
		try {
			return JsonMapper.shared().readTree(new ClassPathResource(resource).getInputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
