package dev.oriel.admin.schema.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.oriel.admin.schema.DataType;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.Assert;

/**
 * The types that some relations and functions use, and the types these are made of.
 */
final class TypeCatalog {

	/*
	 * A type is the array of another one only if that one says so: int2vector and point
	 * have elements too, but do not look like arrays in text.
	 */
	private static final String SQL = """
			WITH RECURSIVE used(oid) AS (
			  SELECT a.atttypid
			  FROM unnest(CAST(? AS oid[])) r(oid) JOIN pg_attribute a ON a.attrelid = r.oid
			  WHERE a.attnum > 0 AND NOT a.attisdropped
			  UNION
			  SELECT unnest(CAST(? AS oid[]))
			  UNION
			  SELECT part.oid
			  FROM used u
			  JOIN pg_type t ON t.oid = u.oid
			  CROSS JOIN LATERAL (
			    VALUES (t.typbasetype), (t.typelem)
			    UNION ALL
			    SELECT a.atttypid FROM pg_attribute a
			    WHERE a.attrelid = t.typrelid AND t.typtype = 'c' AND a.attnum > 0 AND NOT a.attisdropped
			  ) part(oid)
			  WHERE part.oid <> 0
			)
			SELECT t.oid, format_type(t.oid, -1) AS sql_name, t.typname, t.typtype, t.typcategory,
			  t.typbasetype, t.typnotnull, pg_get_expr(t.typdefaultbin, 0) AS default_expression,
			  CASE WHEN element.typarray = t.oid THEN element.oid END AS element,
			  CASE WHEN t.typtype = 'e' THEN ARRAY(
			    SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder
			  ) END AS labels,
			  CASE WHEN t.typtype = 'd' THEN ARRAY(
			    SELECT pg_get_constraintdef(c.oid) FROM pg_constraint c
			    WHERE c.contypid = t.oid AND c.contype = 'c' ORDER BY c.conname
			  ) END AS checks,
			  CASE WHEN t.typtype = 'c' THEN ARRAY(
			    SELECT a.attname::text FROM pg_attribute a
			    WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
			  ) END AS field_names,
			  CASE WHEN t.typtype = 'c' THEN ARRAY(
			    SELECT a.atttypid::bigint FROM pg_attribute a
			    WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
			  ) END AS field_types,
			  CASE WHEN t.typtype = 'c' THEN ARRAY(
			    SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
			    WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
			  ) END AS field_declarations
			FROM used u
			JOIN pg_type t ON t.oid = u.oid
			LEFT JOIN pg_type element ON element.oid = t.typelem
			""";

	private final Map<Long, TypeRow> rows = new HashMap<>();

	private final Map<Long, DataType> types = new HashMap<>();

	private TypeCatalog(List<TypeRow> rows) {
		rows.forEach((row) -> this.rows.put(row.oid(), row));
	}

	static TypeCatalog read(JdbcClient catalog, long[] relations, long[] types) {
		return new TypeCatalog(
				catalog.sql(SQL).param(relations).param(types).query((row, number) -> TypeRow.of(row)).list());
	}

	DataType type(long oid) {
		DataType type = this.types.get(oid);
		if (type == null) {
			type = create(row(oid));
			this.types.put(oid, type);
		}
		return type;
	}

	/**
	 * Return the default that a domain gives to columns without one of their own.
	 */
	@Nullable String defaultExpression(long oid) {
		return row(oid).defaultExpression();
	}

	private TypeRow row(long oid) {
		TypeRow row = this.rows.get(oid);
		Assert.state(row != null, () -> "Type " + oid + " is gone");
		return row;
	}

	private DataType create(TypeRow row) {
		if (row.element() != null) {
			return new DataType.Array(row.oid(), row.sqlName(), type(row.element()));
		}
		return switch (row.kind()) {
			case "d" -> new DataType.Domain(row.oid(), row.sqlName(), type(row.base()), row.notNull(), row.checks());
			case "e" -> new DataType.Enumeration(row.oid(), row.sqlName(), row.labels());
			case "r" -> new DataType.Range(row.oid(), row.sqlName(), false);
			case "m" -> new DataType.Range(row.oid(), row.sqlName(), true);
			case "c" -> new DataType.Composite(row.oid(), row.sqlName(), fields(row));
			default -> new DataType.Base(row.oid(), row.sqlName(), row.name(), row.category());
		};
	}

	private List<DataType.Field> fields(TypeRow row) {
		return IntStream.range(0, row.fieldNames().size())
			.mapToObj((field) -> new DataType.Field(row.fieldNames().get(field), type(row.fieldTypes().get(field)),
					row.fieldDeclarations().get(field)))
			.toList();
	}

	private record TypeRow(long oid, String sqlName, String name, String kind, char category, long base,
			boolean notNull, @Nullable String defaultExpression, @Nullable Long element, List<String> labels,
			List<String> checks, List<String> fieldNames, List<Long> fieldTypes, List<String> fieldDeclarations) {

		static TypeRow of(ResultSet row) throws SQLException {
			return new TypeRow(row.getLong("oid"), row.getString("sql_name"), row.getString("typname"),
					row.getString("typtype"), row.getString("typcategory").charAt(0), row.getLong("typbasetype"),
					row.getBoolean("typnotnull"), row.getString("default_expression"),
					row.getObject("element", Long.class), Rows.texts(row, "labels"), Rows.texts(row, "checks"),
					Rows.texts(row, "field_names"), Rows.longs(row, "field_types"),
					Rows.texts(row, "field_declarations"));
		}

	}

}
