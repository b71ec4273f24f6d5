package dev.oriel.admin.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.Enforcement;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.ValueKind;

import org.jspecify.annotations.Nullable;

/**
 * What the page is told about relations, in the shape of its JSON.
 */
final class SchemaDocuments {

	private static final Pattern LENGTH = Pattern
		.compile("(?:character varying|character|bit|bit varying)\\((\\d+)\\)");

	private static final Pattern PRECISION = Pattern.compile("numeric\\((\\d+),(-?\\d+)\\)");

	/** Names that can be made readable; all others stay as they are. */
	private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{N}]+(_[\\p{L}\\p{N}]+)*");

	private SchemaDocuments() {
	}

	record Overview(String version, String database, List<String> schemas, List<Summary> relations) {
	}

	record Summary(String schema, String name, String kind, String label, @Nullable String icon,
			@Nullable String comment, boolean hidden, @Nullable Long estimatedRows, String live,
			@Nullable String partitionOf) {

		static Summary of(Relation relation, Presentations.Table table, @Nullable Long estimatedRows, String live) {
			RelationName parent = relation.partitionOf();
			return new Summary(relation.name().schema(), relation.name().name(), relation.kind().label(),
					SchemaDocuments.label(relation, table), table.icon(), relation.comment(),
					Boolean.TRUE.equals(table.hidden()) || parent != null, estimatedRows, live,
					(parent != null) ? parent.toString() : null);
		}

	}

	record Detail(String version, String schema, String name, String kind, String label, @Nullable String comment,
			@Nullable String display, @Nullable Long estimatedRows, String live, List<String> primaryKey,
			List<List<String>> uniqueKeys, Permissions permissions, List<ColumnDocument> columns,
			List<Reference> foreignKeys, List<Referrer> referencedBy, Map<String, String> tags,
			StructureDocument structure, List<LimitationDocument> limitations) {
	}

	record Permissions(boolean select, boolean insert, boolean update, boolean delete) {

		static Permissions of(RelationAccess access) {
			return new Permissions(access.allows(Operation.SELECT), access.allows(Operation.INSERT),
					access.allows(Operation.UPDATE), access.allows(Operation.DELETE));
		}

	}

	record ColumnDocument(String name, String type, String kind, String baseType, boolean array, boolean nullable,
			@JsonProperty("default") @Nullable String defaultExpression, @Nullable String identity, boolean generated,
			@Nullable String generation, @Nullable String comment, Map<String, String> tags,
			@Nullable List<String> enumValues, @Nullable List<FieldDocument> fields, @Nullable Integer maxLength,
			@Nullable Integer precision, @Nullable Integer scale, boolean insertable, boolean updatable,
			Presentations.Column presentation) {

		static ColumnDocument of(Column column, Relation relation, RelationAccess access,
				Presentations.Column presentation) {
			boolean editable = column.type().isKnown();
			DataType unwrapped = column.type().unwrapped();
			boolean array = unwrapped instanceof DataType.Array;
			DataType element = (unwrapped instanceof DataType.Array type) ? type.element().unwrapped() : unwrapped;
			Matcher precision = PRECISION.matcher(column.declaredType());
			boolean precise = precision.matches();
			return new ColumnDocument(column.name(), column.declaredType(), column.kind().label(), baseType(element),
					array, column.nullable(), defaultExpression(column, relation, access), identity(column),
					column.generated(), generation(column), column.comment(), column.tags(),
					(element instanceof DataType.Enumeration type) ? type.labels() : null,
					(element instanceof DataType.Composite type) ? FieldDocument.of(type) : null, maxLength(column),
					precise ? Integer.valueOf(precision.group(1)) : null,
					precise ? Integer.valueOf(precision.group(2)) : null,
					editable && access.insertable().contains(column.name()),
					editable && access.updatable().contains(column.name()), presentation);
		}

		/**
		 * Return the default, but not of a column that is computed from others which the
		 * caller may not know.
		 */
		private static @Nullable String defaultExpression(Column column, Relation relation, RelationAccess access) {
			boolean known = !column.generated() || access.readable().size() == relation.columns().size();
			return known ? column.defaultExpression() : null;
		}

		private static @Nullable String generation(Column column) {
			return column.generated() ? column.generation().name().toLowerCase(Locale.ROOT) : null;
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

	/**
	 * One field of a composite type.
	 */
	record FieldDocument(String name, String type, String kind) {

		static List<FieldDocument> of(DataType.Composite type) {
			return type.fields()
				.stream()
				.map((field) -> new FieldDocument(field.name(), field.declaredType(),
						ValueKind.of(field.type()).label()))
				.toList();
		}

	}

	record Reference(String name, List<String> columns, ReferenceTarget references, String onDelete, String onUpdate,
			boolean enforced, boolean validated, boolean deferrable, boolean deferred) {

		static Reference of(ForeignKey key) {
			Enforcement enforcement = key.enforcement();
			return new Reference(key.name(), key.columns(),
					new ReferenceTarget(key.target().schema(), key.target().name(), key.targetColumns()),
					action(key.onDelete()), action(key.onUpdate()), enforcement.enforced(), enforcement.validated(),
					enforcement.deferrable(), enforcement.deferred());
		}

		private static String action(ForeignKey.Action action) {
			return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
		return readable(relation.name().name());
	}

	/**
	 * Return a name made readable.
	 */
	static String readable(String name) {
		if (!WORDS.matcher(name).matches()) {
			return name.isBlank() ? '"' + name + '"' : name;
		}
		return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1).replace('_', ' ');
	}

}
