package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.admin.schema.Column;

/**
 * The statements that look into a body for what was refused, because PostgreSQL tells the
 * value or the rule, but not the row. None of them reads a table. Rows are counted from
 * 1.
 *
 * @since 0.1.0
 */
public final class BodyStatements {

	private static final Pattern LENGTH = Pattern.compile("(character varying|character|bit varying|bit)\\((\\d+)\\)");

	private static final String CHECK = "CHECK (";

	/** The row's number, under a name that no column can have. */
	private static final String NUMBER = "\"\t\"";

	private BodyStatements() {
	}

	/**
	 * Return the statement that reads all values of a body as their columns' types, and
	 * fails as the write would. Its only value is whether one of them is too long, which
	 * a cast does not refuse.
	 * @param columns the columns, at least one
	 * @param rows a JSON array of objects
	 */
	public static SqlStatement values(List<Column> columns, String rows) {
		SqlText sql = new SqlText().add("SELECT ");
		List<String> lengths = new ArrayList<>();
		sql.add("coalesce(bool_or(");
		columns.forEach((column) -> addLength(column, lengths));
		sql.add(lengths.isEmpty() ? "FALSE" : String.join(" OR ", lengths)).add("), FALSE)");
		for (Column column : columns) {
			sql.add(", count(CAST(" + RecordValue.of(column) + " AS " + column.declaredType() + "))");
		}
		sql.add(" FROM json_to_recordset(").value(rows, "json").add(") AS " + RecordValue.RECORD + "(");
		writeRecord(columns, sql);
		return sql.add(")").toStatement();
	}

	private static void addLength(Column column, List<String> lengths) {
		Matcher length = LENGTH.matcher(column.declaredType());
		if (length.matches()) {
			String value = RecordValue.of(column);
			lengths.add(switch (length.group(1)) {
				case "bit" -> "bit_length(" + value + ") <> " + length.group(2);
				case "bit varying" -> "bit_length(" + value + ") > " + length.group(2);
				// Blanks at the end are cut off.
				default -> "char_length(rtrim(" + value + "::text, ' ')) > " + length.group(2);
			});
		}
	}

	/**
	 * Return the statement that tells the first row without a value for a column.
	 * @param column the column
	 * @param rows a JSON array of objects
	 */
	public static SqlStatement missing(Column column, String rows) {
		SqlText sql = new SqlText().add("SELECT min(" + NUMBER + ")");
		writeNumbered(List.of(column), rows, sql);
		return sql.add(" WHERE " + RecordValue.of(column) + " IS NULL").toStatement();
	}

	/**
	 * Return the statement that tells the rows with the values of a key, in their order.
	 * @param key the columns with the values
	 * @param rows a JSON array of objects
	 */
	public static SqlStatement equal(Map<Column, String> key, String rows) {
		SqlText sql = new SqlText().add("SELECT " + NUMBER);
		writeNumbered(List.copyOf(key.keySet()), rows, sql);
		String separator = " WHERE ";
		for (Map.Entry<Column, String> part : key.entrySet()) {
			sql.add(separator + RecordValue.of(part.getKey()) + " = ");
			sql.value(part.getValue(), part.getKey().type().unwrapped().sqlName());
			separator = " AND ";
		}
		return sql.add(" ORDER BY " + NUMBER).toStatement();
	}

	/**
	 * Whether a check can be tried: one that holds a question mark would be taken for a
	 * statement with an argument.
	 * @param definition the check as PostgreSQL prints it
	 */
	public static boolean isTriable(String definition) {
		return definition.startsWith(CHECK) && definition.indexOf('?') < 0;
	}

	/**
	 * Return the statement that tells the first row that does not meet a check.
	 * @param definition the check as PostgreSQL prints it
	 * @param columns the columns that it is about
	 * @param rows a JSON array of objects
	 */
	public static SqlStatement unmet(String definition, List<Column> columns, String rows) {
		if (!isTriable(definition)) {
			throw new IllegalArgumentException("The check cannot be tried");
		}
		// Behind the last bracket stands how it is enforced.
		String condition = definition.substring(CHECK.length(), definition.lastIndexOf(')'));
		SqlText sql = new SqlText().add("SELECT min(" + NUMBER + ") FROM (SELECT " + NUMBER);
		columns.forEach((column) -> sql.add(", CAST(" + RecordValue.of(column) + " AS " + column.declaredType()
				+ ") AS " + Identifiers.quote(column.name())));
		writeNumbered(columns, rows, sql);
		return sql.add(") p WHERE NOT (" + condition + ")").toStatement();
	}

	private static void writeNumbered(List<Column> columns, String rows, SqlText sql) {
		sql.add(" FROM ROWS FROM (json_to_recordset(").value(rows, "json").add(") AS (");
		writeRecord(columns, sql);
		sql.add(")) WITH ORDINALITY AS " + RecordValue.RECORD + "(");
		sql.join(", ", columns, (column) -> sql.add(Identifiers.quote(column.name())));
		sql.add(", " + NUMBER + ")");
	}

	private static void writeRecord(List<Column> columns, SqlText sql) {
		sql.join(", ", columns, (column) -> sql.add(Identifiers.quote(column.name()) + " " + RecordValue.type(column)));
	}

}
