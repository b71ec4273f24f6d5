package dev.oriel.admin.sql;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Relation;

/**
 * What names one row of a relation inside of statements.
 *
 * @param parts the expressions that name it together
 */
record RowName(List<Part> parts) {

	/** The alias of the record that a name is. */
	private static final String RECORD = "k";

	/**
	 * Return the name by the values of columns.
	 */
	static RowName of(List<Column> columns) {
		return new RowName(columns.stream()
			.map((column) -> new Part(column.name(), column.type().sqlName(),
					Expressions.ROW + "." + Identifiers.quote(column.name())))
			.toList());
	}

	/**
	 * Return the name that rows of any relation have as long as they are locked or do not
	 * change: the key; or else the place that the row is stored at; or else all that is
	 * in it.
	 */
	static RowName of(Relation relation) {
		List<Column> key = relation.key().stream().map(relation::column).filter(Objects::nonNull).toList();
		if (!key.isEmpty()) {
			return of(key);
		}
		if (relation.kind().isTable()) {
			return new RowName(List.of(new Part("tableoid", "oid", Expressions.ROW + ".tableoid"),
					new Part("ctid", "tid", Expressions.ROW + ".ctid")));
		}
		return new RowName(List.of(new Part("md5", "text", "md5((" + Expressions.ROW + ".*)::text)")));
	}

	/**
	 * Return the expression for a row's name as JSON.
	 */
	String text() {
		return this.parts.stream()
			.map((part) -> part.expression() + "::text AS " + Identifiers.quote(part.name()))
			.collect(Collectors.joining(", ", "(SELECT row_to_json(k.*)::text FROM (SELECT ", ") AS k)"));
	}

	/**
	 * Return the expressions to order rows by their names.
	 */
	String order() {
		return String.join(", ", this.parts.stream().map(Part::expression).toList());
	}

	/**
	 * Write the rows that are named: {@code e}, with the name as {@code k}.
	 */
	void writeRows(List<NamedRow> rows, SqlText sql) {
		sql.add("json_to_recordset(").value(json(rows), "json").add(") AS e(n int4, k json, v text, s json)");
		sql.add(", LATERAL json_to_record(e.k) AS " + RECORD + "(")
			.join(", ", this.parts, (part) -> sql.add(Identifiers.quote(part.name()) + " " + part.type()));
		sql.add(")");
	}

	/**
	 * Write the condition that a row has the name.
	 */
	void writeCondition(SqlText sql) {
		sql.join(" AND ", this.parts,
				(part) -> sql.add(part.expression() + " = " + RECORD + "." + Identifiers.quote(part.name())));
	}

	private static String json(List<NamedRow> rows) {
		StringBuilder json = new StringBuilder("[");
		for (NamedRow row : rows) {
			json.append((json.length() > 1) ? "," : "").append("{\"n\":").append(row.number());
			json.append(",\"k\":").append(row.name()).append(",\"s\":").append(row.values());
			if (row.version() != null) {
				json.append(",\"v\":\"").append(row.version()).append('"');
			}
			json.append('}');
		}
		return json.append(']').toString();
	}

	/**
	 * A part of a name.
	 *
	 * @param name what it is called
	 * @param type its type
	 * @param expression what it is for a row
	 */
	record Part(String name, String type, String expression) {

	}

}
