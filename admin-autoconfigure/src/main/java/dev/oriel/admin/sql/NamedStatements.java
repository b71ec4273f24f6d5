package dev.oriel.admin.sql;

import java.util.List;
import java.util.stream.Stream;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Relation;

/**
 * The statements that write rows which are named one by one, so that each can get values
 * of its own, and nothing is written that was not looked at before.
 *
 * @since 0.1.0
 */
public final class NamedStatements {

	private NamedStatements() {
	}

	/**
	 * Whether rows of a relation stay as they are once they were read to be written.
	 * Those of others have to be compared again when they are written.
	 * @param relation the relation
	 */
	public static boolean holds(Relation relation) {
		return relation.kind().isTable() && relation.privileges().update();
	}

	/**
	 * Return the statement that reads the rows of a query to write them afterwards, in
	 * the order of their names. Its columns are the row's number {@code n}, which is
	 * NULL, its name as JSON {@code k}, its version {@code v}, whether it meets the rules
	 * on rows {@code ok}, and its image {@code h}, NULL if there is none.
	 * @param scope the relation, and which rows there are
	 * @param query which rows
	 * @param image the columns of the image
	 */
	public static SqlStatement hold(Scope scope, Query query, List<Column> image) {
		RowName name = RowName.of(scope.relation());
		Level level = Level.root(scope, query);
		SqlText sql = new SqlText();
		writeHeld(level, name, "NULL::int4", image, sql, () -> ReadStatements.writeWhere(level, sql));
		return sql.toStatement();
	}

	/**
	 * Return the statement that reads rows by the values of some of their columns, to
	 * write them afterwards. Its columns are the same.
	 * @param scope the relation, and which rows there are
	 * @param query a condition that the rows have to meet besides
	 * @param by the columns
	 * @param rows the rows; neither versions nor values count
	 * @param ruled whether only rows are read that meet the rules on rows
	 * @param image the columns of the image
	 */
	public static SqlStatement hold(Scope scope, Query query, List<Column> by, List<NamedRow> rows, boolean ruled,
			List<Column> image) {
		RowName name = RowName.of(by);
		Level level = Level.root(scope, query);
		SqlText sql = new SqlText();
		writeHeld(level, RowName.of(scope.relation()), "e.n", image, sql, () -> {
			sql.add(", ");
			name.writeRows(rows, sql);
			boolean conditional = ruled && ReadStatements.writeWhere(level, sql);
			sql.add(conditional ? " AND " : " WHERE ");
			name.writeCondition(sql);
		});
		return sql.toStatement();
	}

	private static void writeHeld(Level level, RowName name, String number, List<Column> image, SqlText sql,
			Runnable from) {
		Scope scope = level.scope();
		RowImages images = new RowImages(image);
		sql.add("SELECT p.n, p.k, p.v, p.ok, ")
			.add(image.isEmpty() ? "NULL" : images.text())
			.add(" AS h FROM (SELECT ");
		sql.add(images.writeInner(sql) ? ", (" : "(");
		new Conditions(level.expressions().unrestricted()).write(scope.rows(), sql);
		sql.add(") IS TRUE AS ok, " + number + " AS n, " + name.text() + " AS k, " + RowShape.versionText(scope)
				+ " AS v FROM " + WriteStatements.table(scope));
		from.run();
		sql.add(" ORDER BY " + name.order());
		sql.add(holds(scope.relation()) ? " FOR UPDATE OF " + Expressions.ROW + ") p" : ") p");
		images.writeJoin(sql);
	}

	/**
	 * Return the statement that changes rows. It returns the rows written as other
	 * statements do, with the number of each in a column {@code e}, in the order of their
	 * numbers if the query has none.
	 * @param scope what may be read of the rows written, and which rows there may be
	 * @param rows the rows, with the names that they were held by
	 * @param changes the columns to change, at least one; the values are those of the
	 * rows
	 * @param query the fields to return
	 * @param returned how the rows written are returned
	 */
	public static SqlStatement update(Scope scope, List<NamedRow> rows, Changes changes, Query query,
			Returned returned) {
		SqlText sql = new SqlText().add("WITH p AS (UPDATE " + WriteStatements.table(scope) + " SET ");
		List<Column> all = Stream.concat(changes.columns().stream(), changes.defaults().stream()).toList();
		sql.join(", ", all, (column) -> {
			String value = changes.defaults().contains(column) ? "DEFAULT" : RecordValue.of(column);
			sql.add(Identifiers.quote(column.name()) + " = " + value);
		});
		sql.add(" FROM ");
		RowName name = RowName.of(scope.relation());
		name.writeRows(rows, sql);
		if (!changes.columns().isEmpty()) {
			sql.add(", LATERAL json_to_record(e.s) AS " + RecordValue.RECORD + "(");
			WriteStatements.writeRecord(changes.columns(), sql);
			sql.add(")");
		}
		writeCondition(name, scope, sql);
		return Returning.write(Level.root(scope, query.withFilter(Filter.NONE)), returned, null, true, sql);
	}

	/**
	 * Return the statement that deletes rows. It returns the rows deleted as other
	 * statements do, with the number of each in a column {@code e}.
	 * @param scope what may be read of the rows, and which rows there may be
	 * @param rows the rows, with the names that they were held by; values do not count
	 * @param query the fields to return
	 * @param returned how the rows are returned
	 */
	public static SqlStatement delete(Scope scope, List<NamedRow> rows, Query query, Returned returned) {
		SqlText sql = new SqlText().add("WITH p AS (DELETE FROM " + WriteStatements.table(scope) + " USING ");
		RowName name = RowName.of(scope.relation());
		name.writeRows(rows, sql);
		writeCondition(name, scope, sql);
		return Returning.write(Level.root(scope, query.withFilter(Filter.NONE)), returned, null, true, sql);
	}

	private static void writeCondition(RowName name, Scope scope, SqlText sql) {
		sql.add(" WHERE ");
		name.writeCondition(sql);
		if (!holds(scope.relation())) {
			sql.add(" AND (e.v IS NULL OR " + RowShape.versionText(scope) + " = e.v)");
		}
	}

	/**
	 * Return the statement that reads rows as they are now, each with its number in a
	 * column {@code e}.
	 * @param scope what may be read
	 * @param query which of the rows, and the fields to return
	 * @param rows the rows, with the names that they were held by
	 * @param returned how the rows are returned
	 */
	public static SqlStatement rows(Scope scope, Query query, List<NamedRow> rows, Returned returned) {
		Level level = Level.root(scope, query);
		RowShape shape = new RowShape(level, returned, false);
		RowName name = RowName.of(scope.relation());
		SqlText sql = new SqlText();
		shape.writeOuter(sql);
		sql.add(", p.e FROM (SELECT ").add(shape.writeInner(sql) ? ", e.n AS e FROM " : "e.n AS e FROM ");
		sql.add(WriteStatements.table(scope) + ", ");
		name.writeRows(rows, sql);
		sql.add(ReadStatements.writeWhere(level, sql) ? " AND " : " WHERE ");
		name.writeCondition(sql);
		sql.add(") p");
		shape.writeAnswer(sql);
		return sql.add(" ORDER BY p.e").toStatement();
	}

}
