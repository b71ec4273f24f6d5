package dev.oriel.admin.sql;

import dev.oriel.admin.query.ColumnPath;
import dev.oriel.admin.schema.DataType;

/**
 * Writes the test for a value that holds nothing, which depends on its type. It is never
 * unknown, so its negation finds all other rows.
 */
final class Emptiness {

	private static final String EMPTY_JSON = "^ *(null|\"\"|[[] *[]]|[{] *[}]) *$".replace(" ", "[[:space:]]");

	private final Expressions expressions;

	Emptiness(Expressions expressions) {
		this.expressions = expressions;
	}

	void write(ColumnPath path, SqlText sql) {
		DataType type = this.expressions.type(path);
		sql.add("(");
		this.expressions.write(path, sql);
		sql.add(" IS NULL");
		if (!path.path().isEmpty()) {
			boolean text = path.path().get(path.path().size() - 1).asText();
			writeBase(text ? "text" : (isJson(type, "json") ? "json" : "jsonb"), path, sql);
		}
		else if (type instanceof DataType.Array) {
			writeCall("cardinality(", path, ") = 0", sql);
		}
		else if (type instanceof DataType.Range) {
			writeCall("isempty(", path, ")", sql);
		}
		else if (type instanceof DataType.Base base) {
			writeBase((base.category() == 'S') ? "text" : base.name(), path, sql);
		}
		sql.add(")");
	}

	private void writeBase(String type, ColumnPath path, SqlText sql) {
		switch (type) {
			case "text", "bytea" -> writeCall("", path, " = ''", sql);
			case "jsonb" -> writeCall("", path, " IN ('null', '[]', '{}', '\"\"')", sql);
			// The type has no equality, and keeps the blanks as they were written.
			case "json" -> writeCall("", path, "::text ~ '" + EMPTY_JSON + "'", sql);
			default -> {
			}
		}
	}

	private void writeCall(String before, ColumnPath path, String after, SqlText sql) {
		sql.add(" OR ").add(before);
		this.expressions.write(path, sql);
		sql.add(after);
	}

	private static boolean isJson(DataType type, String name) {
		return type instanceof DataType.Base base && base.name().equals(name);
	}

}
