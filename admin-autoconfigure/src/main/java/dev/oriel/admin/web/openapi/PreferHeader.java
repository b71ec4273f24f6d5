package dev.oriel.admin.web.openapi;

import java.util.SortedMap;
import java.util.regex.Pattern;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes the header {@code Prefer}, for each kind of request the values that mean
 * something there.
 */
final class PreferHeader {

	private static final Pattern WORDS = Pattern.compile("[a-z-]+(\\|[a-z-]+)*");

	private PreferHeader() {
	}

	/**
	 * Return the header as a parameter.
	 * @param preferences the names and the patterns of their values
	 */
	static ObjectNode parameter(SortedMap<String, String> preferences) {
		ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "array");
		ArrayNode items = schema.putObject("items").putArray("anyOf");
		ArrayNode known = items.addObject().put("type", "string").putArray("enum");
		preferences.forEach((name, values) -> {
			if (values.isEmpty()) {
				known.add(name);
			}
			else if (WORDS.matcher(values).matches()) {
				for (String value : values.split("\\|")) {
					known.add(name + "=" + value);
				}
			}
			else {
				items.addObject().put("type", "string").put("pattern", "^" + name + "=" + values + "$");
			}
		});
		ObjectNode parameter = JsonNodeFactory.instance.objectNode()
			.put("name", "Prefer")
			.put("in", "header")
			.put("description", "What is wanted besides, separated by commas.");
		return parameter.set("schema", schema);
	}

	static ObjectNode reference(RestLanguage.Use use) {
		return TypeSchemas.reference("parameters", use.component());
	}

}
