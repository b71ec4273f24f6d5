package dev.oriel.admin.web.openapi;

import java.util.List;

import dev.oriel.admin.schema.Column;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

/**
 * What the rows of a relation look like: as they are read, as they are inserted, and as
 * they are changed. Three of them, because each knows other columns and needs others.
 */
final class RelationSchemas {

	private static final String INSERT = "insert";

	private static final String UPDATE = "update";

	private static final String EDIT = "edit";

	private static final String VERSION = "_version";

	private RelationSchemas() {
	}

	static ObjectNode rowReference(VisibleRelation relation) {
		return TypeSchemas.reference("schemas", ComponentNames.of(relation.name()));
	}

	static ObjectNode insertReference(VisibleRelation relation) {
		return TypeSchemas.reference("schemas", ComponentNames.of(relation.name(), INSERT));
	}

	static ObjectNode updateReference(VisibleRelation relation) {
		return TypeSchemas.reference("schemas", ComponentNames.of(relation.name(), UPDATE));
	}

	/**
	 * Return what names a row by its key and changes it, or {@code null} if the relation
	 * has no key that may be read.
	 */
	static @Nullable ObjectNode editReference(VisibleRelation relation) {
		return key(relation).isEmpty() ? null
				: TypeSchemas.reference("schemas", ComponentNames.of(relation.name(), EDIT));
	}

	private static List<String> key(VisibleRelation relation) {
		List<String> key = relation.relation().key();
		return relation.access().readable().containsAll(key) ? key : List.of();
	}

	/**
	 * Add the schemas that the relation's methods need.
	 */
	static void add(VisibleRelation relation, ObjectNode schemas) {
		if (relation.allows("GET")) {
			schemas.set(ComponentNames.of(relation.name()), row(relation));
		}
		if (relation.allows("POST")) {
			schemas.set(ComponentNames.of(relation.name(), INSERT), insert(relation));
		}
		if (relation.allows("PATCH")) {
			schemas.set(ComponentNames.of(relation.name(), UPDATE), update(relation));
			if (!key(relation).isEmpty()) {
				schemas.set(ComponentNames.of(relation.name(), EDIT), edit(relation));
			}
		}
	}

	/**
	 * Return what a whole row looks like.
	 */
	static ObjectNode row(VisibleRelation relation) {
		ObjectNode schema = rows(relation.readable());
		return TypeSchemas.described(schema, relation.relation().comment());
	}

	/**
	 * Return what a row of these columns looks like.
	 */
	static ObjectNode rows(List<Column> columns) {
		ObjectNode schema = TypeSchemas.typed("object", false);
		ObjectNode properties = JsonNodeFactory.instance.objectNode();
		ArrayNode required = JsonNodeFactory.instance.arrayNode();
		for (Column column : columns) {
			ObjectNode property = readable(column);
			if (column.generated() || column.identity() == Column.Identity.ALWAYS) {
				property.put("readOnly", true);
			}
			properties.set(column.name(), property);
			required.add(column.name());
		}
		return withMembers(schema, properties, required);
	}

	private static ObjectNode insert(VisibleRelation relation) {
		ObjectNode schema = TypeSchemas.typed("object", false);
		ObjectNode properties = JsonNodeFactory.instance.objectNode();
		ArrayNode required = JsonNodeFactory.instance.arrayNode();
		for (Column column : relation.insertable()) {
			ObjectNode property = property(relation, column);
			JsonNode value = DefaultValues.of(column, property);
			if (value != null) {
				property.set("default", value);
			}
			properties.set(column.name(), property);
			boolean filled = column.defaultExpression() != null || column.identity() != Column.Identity.NONE;
			if (!column.nullable() && !filled) {
				required.add(column.name());
			}
		}
		return withMembers(schema, properties, required);
	}

	private static ObjectNode update(VisibleRelation relation) {
		ObjectNode properties = JsonNodeFactory.instance.objectNode();
		relation.updatable().forEach((column) -> properties.set(column.name(), property(relation, column)));
		return withMembers(TypeSchemas.typed("object", false), properties, JsonNodeFactory.instance.arrayNode());
	}

	private static ObjectNode edit(VisibleRelation relation) {
		List<String> key = key(relation);
		ObjectNode properties = JsonNodeFactory.instance.objectNode();
		ArrayNode required = JsonNodeFactory.instance.arrayNode();
		relation.readable().stream().filter((column) -> key.contains(column.name())).forEach((column) -> {
			properties.set(column.name(), property(relation, column));
			required.add(column.name());
		});
		properties.putObject(VERSION)
			.put("type", "string")
			.put("description", "The version that the row must still have; otherwise the answer is 412.");
		relation.updatable()
			.stream()
			.filter((column) -> !key.contains(column.name()))
			.forEach((column) -> properties.set(column.name(), property(relation, column)));
		return withMembers(TypeSchemas.typed("object", false), properties, required);
	}

	private static ObjectNode property(VisibleRelation relation, Column column) {
		boolean readable = relation.access().readable().contains(column.name());
		return readable ? readable(column) : TypeSchemas.described(TypeSchemas.of(column), column.comment());
	}

	private static ObjectNode readable(Column column) {
		return TypeSchemas.described(TypeSchemas.readable(column), column.comment());
	}

	private static ObjectNode withMembers(ObjectNode schema, ObjectNode properties, ArrayNode required) {
		schema.set("properties", properties);
		return required.isEmpty() ? schema : schema.set("required", required);
	}

}
