package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.ForeignKey;

import org.jspecify.annotations.Nullable;

/**
 * The statements that find and write many rows at once, each with values of its own. The
 * rows come as a JSON array of objects, whose members are named after columns, or are
 * {@link #keyMember} and {@link #versionMember}; what is returned begins with the place
 * of the row in that array, counted from 1.
 *
 * @since 0.1.0
 */
public final class KeyedStatements {

	private KeyedStatements() {
	}

	/**
	 * Return the name of the member that holds the version which a row must still have.
	 * @param scope the relation
	 */
	public static String versionMember(Scope scope) {
		return free(scope, "_version");
	}

	/**
	 * Return the name of the member that holds a value which names a row to change or
	 * delete, because a member named after the column holds the new one.
	 * @param scope the relation
	 * @param place the place of the column among those that name a row
	 */
	public static String keyMember(Scope scope, int place) {
		return free(scope, "_key" + place);
	}

	/**
	 * Return the statement that finds the rows which have given values. Its columns are
	 * the place, the version, and the texts asked for.
	 * @param scope what may be read, and which rows there are
	 * @param by the columns that have the values
	 * @param json the values
	 * @param returned the columns whose texts are returned
	 */
	public static SqlStatement find(Scope scope, List<Column> by, String json, List<String> returned) {
		return writeFind(scope, by, json, returned).toStatement();
	}

	/**
	 * Return the statement that finds some of the rows which have given values.
	 * @param scope what may be read, and which rows there are
	 * @param by the columns that have the values
	 * @param json the values
	 * @param returned the columns whose texts are returned
	 * @param limit how many rows at most
	 */
	public static SqlStatement find(Scope scope, List<Column> by, String json, List<String> returned, long limit) {
		SqlText sql = writeFind(scope, by, json, returned);
		return sql.add(" LIMIT ").value(Long.toString(limit), "int8").toStatement();
	}

	private static SqlText writeFind(Scope scope, List<Column> by, String json, List<String> returned) {
		SqlText sql = new SqlText().add("SELECT r." + place(scope) + ", " + RowShape.versionText(scope));
		writeTexts(returned, sql);
		sql.add(" FROM ");
		writeRows(scope, List.of(), by, false, json, sql);
		sql.add(" JOIN " + table(scope) + " ON ");
		sql.join(" AND ", by, (column) -> sql
			.add(Expressions.ROW + "." + Identifiers.quote(column.name()) + " = " + RecordValue.of(column)));
		writeRules(scope, sql);
		return sql.add(" ORDER BY 1");
	}

	/**
	 * Return the statement that inserts rows, all of which give the same columns. It
	 * returns them in their order: whether each meets the rules on rows, and the texts
	 * asked for.
	 * @param scope which rows there are
	 * @param columns the columns; none inserts one row of defaults
	 * @param json the rows
	 * @param reserved whether values of identity columns are given that were drawn
	 * beforehand
	 * @param returned the columns whose texts are returned
	 * @param image the columns of an image of the whole row, which is returned behind
	 * them; none if it is not wanted
	 */
	public static SqlStatement insert(Scope scope, List<Column> columns, String json, boolean reserved,
			List<String> returned, List<Column> image) {
		SqlText sql = new SqlText().add("INSERT INTO " + table(scope));
		if (columns.isEmpty()) {
			sql.add(" DEFAULT VALUES");
		}
		else {
			sql.add(" (").join(", ", columns, (column) -> sql.add(Identifiers.quote(column.name()))).add(")");
			sql.add(reserved ? " OVERRIDING SYSTEM VALUE" : "");
			sql.add(" SELECT ").join(", ", columns, (column) -> sql.add(RecordValue.of(column)));
			sql.add(" FROM ");
			writeRows(scope, List.of(), columns, false, json, sql);
			sql.add(" ORDER BY r." + place(scope));
		}
		sql.add(" RETURNING ");
		writePermitted(scope, sql);
		writeTexts(returned, sql);
		writeImage(image, sql);
		return sql.toStatement();
	}

	/**
	 * Return the statement that changes rows. Of each that is there still and has the
	 * version it must have, it returns the place, whether it meets the rules on rows, and
	 * the texts asked for.
	 * @param scope which rows there are
	 * @param key the columns that name a row
	 * @param columns the columns to change, at least one
	 * @param versioned whether the rows have a member for their version
	 * @param json the rows
	 * @param returned the columns whose texts are returned
	 * @param image the columns of an image of the whole row, which is returned behind
	 * them; none if it is not wanted
	 */
	public static SqlStatement update(Scope scope, List<Column> key, List<Column> columns, boolean versioned,
			String json, List<String> returned, List<Column> image) {
		SqlText sql = new SqlText().add("UPDATE " + table(scope) + " SET ");
		sql.join(", ", columns, (column) -> sql.add(Identifiers.quote(column.name()) + " = " + RecordValue.of(column)));
		sql.add(" FROM ");
		writeRows(scope, key, columns, versioned, json, sql);
		sql.add(" WHERE ");
		writeMatch(scope, key, versioned, sql);
		sql.add(" RETURNING r." + place(scope) + ", ");
		writePermitted(scope, sql);
		writeTexts(returned, sql);
		writeImage(image, sql);
		return sql.toStatement();
	}

	/**
	 * Return the statement that deletes rows, and returns the places of those deleted.
	 * @param scope which rows there are
	 * @param key the columns that name a row
	 * @param versioned whether the rows have a member for their version
	 * @param json the rows
	 */
	public static SqlStatement delete(Scope scope, List<Column> key, boolean versioned, String json) {
		SqlText sql = new SqlText().add("DELETE FROM " + table(scope) + " USING ");
		writeRows(scope, key, List.of(), versioned, json, sql);
		sql.add(" WHERE ");
		writeMatch(scope, key, versioned, sql);
		return sql.add(" RETURNING r." + place(scope)).toStatement();
	}

	/**
	 * Return the statement that tells whether a value of a body is another one than it
	 * has to be.
	 * @param column the column that the value is for
	 * @param json a JSON object that holds the value
	 * @param expected the text of the value it has to be
	 */
	public static SqlStatement differs(Column column, String json, String expected) {
		SqlText sql = new SqlText().add("SELECT " + RecordValue.of(column) + " IS DISTINCT FROM ");
		sql.value(expected, column.type().sqlName()).add(" FROM json_to_record(").value(json, "json");
		return sql.add(") AS r(" + Identifiers.quote(column.name()) + " " + RecordValue.type(column) + ")")
			.toStatement();
	}

	/**
	 * Return the statement that tells a value of a body as PostgreSQL writes it.
	 * @param column the column that the value is for
	 * @param json a JSON object that holds the value
	 */
	public static SqlStatement text(Column column, String json) {
		SqlText sql = new SqlText().add("SELECT CAST(" + RecordValue.of(column) + " AS " + column.declaredType());
		sql.add(")::text FROM json_to_record(").value(json, "json");
		return sql.add(") AS r(" + Identifiers.quote(column.name()) + " " + RecordValue.type(column) + ")")
			.toStatement();
	}

	/**
	 * Return the statement that draws the value which a column would get by itself, as
	 * text, or {@code null} if it would get none.
	 * @param scope the relation
	 * @param column the column
	 */
	public static @Nullable SqlStatement reserve(Scope scope, Column column) {
		SqlText sql = new SqlText();
		if (column.identity() != Column.Identity.NONE) {
			sql.add("SELECT nextval(pg_get_serial_sequence(");
			sql.value(Identifiers.quote(scope.relation().name()), "text").add(", ");
			return sql.value(column.name(), "text").add(")::regclass)::text").toStatement();
		}
		if (column.defaultExpression() == null || column.generated()) {
			return null;
		}
		// As the catalogue prints it, not as anybody wrote it.
		return sql.add("SELECT CAST(" + column.defaultExpression() + " AS " + column.declaredType() + ")::text")
			.toStatement();
	}

	/**
	 * Return the statement that has a foreign key checked at the end of the transaction,
	 * or now.
	 * @param key the foreign key
	 * @param deferred whether it is checked at the end
	 */
	public static SqlStatement constraint(ForeignKey key, boolean deferred) {
		return new SqlText()
			.add("SET CONSTRAINTS " + Identifiers.quote(key.source().schema()) + "." + Identifiers.quote(key.name()))
			.add(deferred ? " DEFERRED" : " IMMEDIATE")
			.toStatement();
	}

	private static String table(Scope scope) {
		return Identifiers.quote(scope.relation().name()) + " AS " + Expressions.ROW;
	}

	private static String place(Scope scope) {
		return Identifiers.quote(free(scope, "_place"));
	}

	/**
	 * Return a name that no column has.
	 */
	private static String free(Scope scope, String name) {
		String free = name;
		while (scope.relation().column(free) != null) {
			free += "_";
		}
		return free;
	}

	private static void writeRows(Scope scope, List<Column> key, List<Column> columns, boolean versioned, String json,
			SqlText sql) {
		List<String> names = new ArrayList<>();
		List<String> types = new ArrayList<>();
		for (Column column : key) {
			names.add(keyMember(scope, names.size()));
			types.add(column.type().sqlName());
		}
		for (Column column : columns) {
			names.add(column.name());
			types.add(RecordValue.type(column));
		}
		if (versioned) {
			names.add(versionMember(scope));
			types.add("text");
		}
		sql.add("ROWS FROM (json_to_recordset(").value(json, "json").add(") AS (");
		for (int i = 0; i < names.size(); i++) {
			sql.add(((i > 0) ? ", " : "") + Identifiers.quote(names.get(i)) + " " + types.get(i));
		}
		sql.add(")) WITH ORDINALITY AS r(").join(", ", names, (name) -> sql.add(Identifiers.quote(name)));
		sql.add(", " + place(scope) + ")");
	}

	private static void writeMatch(Scope scope, List<Column> key, boolean versioned, SqlText sql) {
		for (int i = 0; i < key.size(); i++) {
			sql.add(((i > 0) ? " AND " : "") + Expressions.ROW + "." + Identifiers.quote(key.get(i).name()) + " = r."
					+ Identifiers.quote(keyMember(scope, i)));
		}
		writeRules(scope, sql);
		if (versioned) {
			String version = "r." + Identifiers.quote(versionMember(scope));
			sql.add(" AND (" + version + " IS NULL OR " + version + " = " + RowShape.versionText(scope) + ")");
		}
	}

	private static void writeRules(Scope scope, SqlText sql) {
		sql.add(" AND ");
		// The row rules may name columns that the caller may not.
		new Conditions(new Expressions(scope).unrestricted()).write(scope.rows(), sql);
	}

	private static void writePermitted(Scope scope, SqlText sql) {
		sql.add("(");
		new Conditions(new Expressions(scope).unrestricted()).write(scope.rows(), sql);
		sql.add(") IS TRUE");
	}

	private static void writeImage(List<Column> image, SqlText sql) {
		if (image.isEmpty()) {
			return;
		}
		sql.add(", (SELECT " + RowFormat.JSON.of("i") + " FROM (SELECT ").join(", ", image, (column) -> {
			String name = Identifiers.quote(column.name());
			sql.add(ExactValue.of(Expressions.ROW + "." + name, column.type()) + " AS " + name);
		});
		sql.add(") i)");
	}

	private static void writeTexts(List<String> columns, SqlText sql) {
		columns.forEach((column) -> sql.add(", ").add(RowShape.keyText(column)));
	}

}
