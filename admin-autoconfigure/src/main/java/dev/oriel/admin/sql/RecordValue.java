package dev.oriel.admin.sql;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;

/**
 * How the member of a body becomes the value of its column. PostgreSQL does that by
 * itself, with one exception: {@code hstore} leaves as an object, but comes in as a text
 * only, so it is put together here.
 */
final class RecordValue {

	/** The alias of the record that a body is. */
	static final String RECORD = "r";

	private RecordValue() {
	}

	/**
	 * Return the type that the record has in the column's place.
	 */
	static String type(Column column) {
		return isHstore(column.type()) ? "json" : column.type().sqlName();
	}

	/**
	 * Return the expression for the value.
	 */
	static String of(Column column) {
		String member = RECORD + "." + Identifiers.quote(column.name());
		if (!isHstore(column.type())) {
			return member;
		}
		String hstore = column.type().unwrapped().sqlName();
		return "CAST(CASE json_typeof(" + member + ") WHEN 'object' THEN (SELECT " + hstore
				+ "(coalesce(array_agg(key), '{}'), coalesce(array_agg(value), '{}')) FROM json_each_text(" + member
				+ ")) ELSE CAST(" + member + " #>> '{}' AS " + hstore + ") END AS " + column.type().sqlName() + ")";
	}

	static boolean isHstore(DataType type) {
		return type.unwrapped() instanceof DataType.Base base && base.name().equals("hstore");
	}

}
