package dev.oriel.admin.web;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;

import org.jspecify.annotations.Nullable;

/**
 * What the page is told about relations, in the shape of its JSON.
 */
final class SchemaDocuments {

	private static final Pattern LENGTH = Pattern
		.compile("(?:character varying|character|bit|bit varying)\\((\\d+)\\)");

	private static final Pattern PRECISION = Pattern.compile("numeric\\((\\d+),(-?\\d+)\\)");

	private SchemaDocuments() {
	}

	record Overview(String version, String database, List<String> schemas, List<Summary> relations) {
	}

	record Summary(String schema, String name, String kind, String label, @Nullable String icon,
			@Nullable String comment, boolean hidden, @Nullable Long estimatedRows, String live,
			@Nullable String partitionOf) {

		static Summary of(Relation relation, Presentations.Table table, String live) {
			RelationName parent = relation.partitionOf();
			return new Summary(relation.name().schema(), relation.name().name(), relation.kind().label(),
					SchemaDocuments.label(relation, table), table.icon(), relation.comment(),
					table.hidden() || parent != null, relation.estimatedRows(), live,
					(parent != null) ? parent.toString() : null);
		}

	}

	record Detail(String version, String schema, String name, String kind, String label, @Nullable String comment,
			@Nullable String display, @Nullable Long estimatedRows, String live, List<String> primaryKey,
			List<List<String>> uniqueKeys, Permissions permissions, List<ColumnDocument> columns,
			List<Reference> foreignKeys, List<Referrer> referencedBy) {
	}

	record Permissions(boolean select, boolean insert, boolean update, boolean delete) {

		static Permissions of(RelationAccess access) {
			return new Permissions(access.allows(Operation.SELECT), access.allows(Operation.INSERT),
					access.allows(Operation.UPDATE), access.allows(Operation.DELETE));
		}

	}

	record ColumnDocument(String name, String type, String kind, String baseType, boolean array, boolean nullable,
			@JsonProperty("default") @Nullable String defaultExpression, @Nullable String identity, boolean generated,
			@Nullable String comment, @Nullable List<String> enumValues, @Nullable Integer maxLength,
			@Nullable Integer precision, @Nullable Integer scale, boolean insertable, boolean updatable,
			Presentations.Column presentation) {

		static ColumnDocument of(Column column, RelationAccess access, Presentations.Column presentation) {
			DataType unwrapped = column.type().unwrapped();
			boolean array = unwrapped instanceof DataType.Array;
			DataType element = (unwrapped instanceof DataType.Array type) ? type.element().unwrapped() : unwrapped;
			Matcher precision = PRECISION.matcher(column.declaredType());
			boolean precise = precision.matches();
			return new ColumnDocument(column.name(), column.declaredType(), column.kind().label(), baseType(element),
					array, column.nullable(), column.defaultExpression(), identity(column), column.generated(),
					column.comment(), (element instanceof DataType.Enumeration type) ? type.labels() : null,
					maxLength(column), precise ? Integer.valueOf(precision.group(1)) : null,
					precise ? Integer.valueOf(precision.group(2)) : null, access.insertable().contains(column.name()),
					access.updatable().contains(column.name()), presentation);
		}

		private static String baseType(DataType type) {
			return (type instanceof DataType.Base base) ? base.name() : type.sqlName();
		}

		private static @Nullable String identity(Column column) {
			return (column.identity() != Column.Identity.NONE)
					? column.identity().name().toLowerCase(Locale.ROOT).replace('_', '-') : null;
		}

		private static @Nullable Integer maxLength(Column column) {
			Matcher length = LENGTH.matcher(column.declaredType());
			return length.matches() ? Integer.valueOf(length.group(1)) : null;
		}

	}

	record Reference(String name, List<String> columns, ReferenceTarget references) {

		static Reference of(ForeignKey key) {
			return new Reference(key.name(), key.columns(),
					new ReferenceTarget(key.target().schema(), key.target().name(), key.targetColumns()));
		}

	}

	record ReferenceTarget(String schema, String relation, List<String> columns) {
	}

	record Referrer(String schema, String relation, String name, List<String> columns, List<String> references) {

		static Referrer of(ForeignKey key) {
			return new Referrer(key.source().schema(), key.source().name(), key.name(), key.columns(),
					key.targetColumns());
		}

	}

	/**
	 * Return what a relation is called in the page: as configured, or its own name made
	 * readable.
	 */
	static String label(Relation relation, Presentations.Table table) {
		if (table.label() != null) {
			return table.label();
		}
		String words = relation.name().name().replace('_', ' ').strip();
		return words.isEmpty() ? relation.name().name()
				: words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
	}

}
