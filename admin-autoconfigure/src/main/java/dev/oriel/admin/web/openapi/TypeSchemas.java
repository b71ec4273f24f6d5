package dev.oriel.admin.web.openapi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

/**
 * What the JSON texts that PostgreSQL makes of values look like. A format is only named
 * where the texts keep to it: those of {@code timestamp} have no offset, and those of
 * {@code interval} are not ISO 8601.
 */
final class TypeSchemas {

	/** From here on, types are not PostgreSQL's own. */
	private static final long FIRST_NORMAL_OID = 16384;

	private static final Pattern LENGTH = Pattern
		.compile("(?:character varying|character|bit|bit varying)\\((\\d+)\\)(?:\\[\\])*");

	private TypeSchemas() {
	}

	/**
	 * Return the schema of a column's values, with their length.
	 */
	static ObjectNode of(Column column) {
		ObjectNode schema = of(column.type(), column.nullable());
		Matcher length = LENGTH.matcher(column.declaredType());
		if (length.matches()) {
			ObjectNode text = (schema.get("items") instanceof ObjectNode items) ? items : schema;
			text.put("maxLength", Integer.parseInt(length.group(1)));
		}
		return schema;
	}

	/**
	 * Return the schema of the values of a column that may be read, so that its fields
	 * may be known.
	 */
	static ObjectNode readable(Column column) {
		ObjectNode schema = of(column);
		addFields(column.type(), schema);
		return schema;
	}

	private static void addFields(DataType type, ObjectNode schema) {
		DataType value = type.unwrapped();
		if (value instanceof DataType.Array array && schema.get("items") instanceof ObjectNode items) {
			addFields(array.element(), items);
		}
		else if (value instanceof DataType.Composite composite) {
			ObjectNode properties = schema.putObject("properties");
			for (DataType.Field field : composite.fields()) {
				ObjectNode property = of(field.type(), true);
				addFields(field.type(), property);
				properties.set(field.name(), property);
			}
		}
	}

	/**
	 * Return the schema of a type's values.
	 */
	static ObjectNode of(DataType type, boolean nullable) {
		DataType value = type.unwrapped();
		if (value instanceof DataType.Array array) {
			return typed("array", nullable).set("items", of(array.element(), true));
		}
		if (value instanceof DataType.Enumeration enumeration) {
			ObjectNode schema = typed("string", nullable);
			ArrayNode labels = schema.putArray("enum");
			enumeration.labels().forEach(labels::add);
			return nullable ? schema.set("enum", labels.addNull()) : schema;
		}
		if (value instanceof DataType.Composite) {
			return typed("object", nullable);
		}
		return (value instanceof DataType.Base base) ? of(base, nullable) : typed("string", nullable);
	}

	private static ObjectNode of(DataType.Base type, boolean nullable) {
		return switch (type.name()) {
			case "int2" -> typed("integer", nullable).put("format", "int16");
			case "int4" -> typed("integer", nullable).put("format", "int32");
			case "int8" -> typed("integer", nullable).put("format", "int64");
			case "float4" -> typed("number", nullable).put("format", "float");
			case "float8" -> typed("number", nullable).put("format", "double");
			case "numeric" -> typed("number", nullable);
			case "bool" -> typed("boolean", nullable);
			case "text", "varchar", "bpchar", "name", "char", "citext" -> typed("string", nullable);
			case "uuid", "date" -> typed("string", nullable).put("format", type.name());
			case "timestamptz" -> typed("string", nullable).put("format", "date-time");
			case "json", "jsonb", "record" -> anything();
			// Where there is a cast to json, PostgreSQL uses it, so a type of an
			// extension may look like anything.
			default ->
				(type.oid() < FIRST_NORMAL_OID) ? typed("string", nullable).put("format", type.name()) : anything();
		};
	}

	static ObjectNode anything() {
		return JsonNodeFactory.instance.objectNode();
	}

	static ObjectNode typed(String type, boolean nullable) {
		ObjectNode schema = JsonNodeFactory.instance.objectNode();
		if (nullable) {
			schema.putArray("type").add(type).add("null");
			return schema;
		}
		return schema.put("type", type);
	}

	static ObjectNode described(ObjectNode schema, @Nullable String description) {
		return (description != null) ? schema.put("description", description) : schema;
	}

	static ObjectNode reference(String kind, String name) {
		return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/" + kind + "/" + name);
	}

}
