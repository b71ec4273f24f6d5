package dev.oriel.admin.sql;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;

/**
 * A column that gets its values from a staged file.
 *
 * @param column the column
 * @param source the column of the staging table that holds the texts
 * @param optional whether some rows of the file say nothing of the column, not even that
 * it has no value
 * @since 0.1.0
 */
public record StagedColumn(Column column, Staging.Source source, boolean optional) {

	/**
	 * Return the value as the base of the column's type. What a modifier such as a length
	 * asks for is left to the assignment, because a cast would cut the value silently.
	 */
	String value() {
		String type = this.column.type().unwrapped().sqlName();
		String text = "s." + this.source.name();
		if (this.column.type().unwrapped() instanceof DataType.Base base && base.name().equals("regclass")) {
			// The only type whose cast reads less than its input function does.
			return "pg_catalog.regclassin(pg_catalog.textout(" + text + "))";
		}
		return type.equals("text") ? text : "CAST(" + text + " AS " + type + ")";
	}

	/**
	 * Return the value as the column will hold it, to compare it with others.
	 */
	String stored() {
		return "CAST(" + value() + " AS " + this.column.declaredType() + ")";
	}

	/**
	 * Return the condition that a row says nothing of the column.
	 */
	String absent() {
		return this.source.number() + " = ANY (s.absent)";
	}

	String name() {
		return Identifiers.quote(this.column.name());
	}

}
