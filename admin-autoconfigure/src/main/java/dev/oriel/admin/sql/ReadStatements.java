package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.query.ColumnPath;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.OrderTerm;
import dev.oriel.admin.query.Query;

/**
 * The statements that read rows.
 *
 * @since 0.1.0
 */
public final class ReadStatements {

	private ReadStatements() {
	}

	/**
	 * Return the statement for the rows of a query. Its columns are the row as JSON, the
	 * texts of the key's columns ({@link Scope#key()}, none when rows are grouped), and
	 * the version if it was asked for. The order is always total where rows have a key:
	 * the key is appended to what the client asks for, so that pages do not overlap and a
	 * live window can be compared with the answer to the same query.
	 * @param scope what may be touched
	 * @param query what is asked for
	 * @param version what is done with versions
	 * @throws dev.oriel.admin.query.QueryException when a name is unknown
	 */
	public static SqlStatement rows(Scope scope, Query query, VersionMode version) {
		Expressions expressions = new Expressions(scope);
		RowShape shape = new RowShape(scope, expressions, query, version);
		SqlText sql = new SqlText();
		shape.writeOuter(sql);
		sql.add(" FROM (SELECT ");
		shape.writeInner(sql);
		writeFrom(scope, query.filter(), expressions, sql);
		shape.writeGroupBy(sql);
		writeOrder(query.order(), shape, expressions, sql);
		writePage(query, sql);
		sql.add(") p");
		shape.writeLateral(sql);
		return sql.toStatement();
	}

	/**
	 * Return the statement that counts the rows of a filter, its only value.
	 * @param scope what may be touched
	 * @param filter which rows
	 * @param limit how many to count at most; 0 or less counts them all
	 */
	public static SqlStatement count(Scope scope, Filter filter, long limit) {
		Expressions expressions = new Expressions(scope);
		SqlText sql = new SqlText().add("SELECT count(*) FROM (SELECT 1");
		writeFrom(scope, filter, expressions, sql);
		if (limit > 0) {
			sql.add(" LIMIT ").value(Long.toString(limit), "int8");
		}
		return sql.add(") p").toStatement();
	}

	/**
	 * Return the statement that asks the planner how many rows a filter has; its only
	 * value is the plan as JSON.
	 * @param scope what may be touched
	 * @param filter which rows
	 */
	public static SqlStatement plan(Scope scope, Filter filter) {
		SqlText sql = new SqlText().add("EXPLAIN (FORMAT JSON) SELECT 1");
		writeFrom(scope, filter, new Expressions(scope), sql);
		return sql.toStatement();
	}

	private static void writeFrom(Scope scope, Filter filter, Expressions expressions, SqlText sql) {
		sql.add(" FROM ");
		scope.writeSource(sql);
		sql.add(" AS " + Expressions.ROW);
		writeWhere(scope, filter, expressions, sql);
	}

	/**
	 * Write the condition and return whether there is any.
	 */
	static boolean writeWhere(Scope scope, Filter filter, Expressions expressions, SqlText sql) {
		if (scope.rows().and(filter).equals(Filter.NONE)) {
			return false;
		}
		sql.add(" WHERE ");
		// The row rules may name columns that the caller may not.
		new Conditions(expressions.unrestricted()).write(scope.rows(), sql);
		sql.add(" AND ");
		new Conditions(expressions).write(filter, sql);
		return true;
	}

	private static void writeOrder(List<OrderTerm> order, RowShape shape, Expressions expressions, SqlText sql) {
		List<OrderTerm> terms = new ArrayList<>(order);
		for (String column : shape.key()) {
			ColumnPath path = ColumnPath.of(column);
			if (order.stream().noneMatch((term) -> term.column().equals(path) && term.embed() == null)) {
				terms.add(OrderTerm.by(column));
			}
		}
		if (terms.isEmpty()) {
			return;
		}
		sql.add(" ORDER BY ").join(", ", terms, (term) -> writeTerm(term, expressions, sql));
	}

	private static void writeTerm(OrderTerm term, Expressions expressions, SqlText sql) {
		if (term.embed() != null) {
			throw Unsupported.embedding(term.embed());
		}
		expressions.write(term.column(), sql);
		sql.add(term.descending() ? " DESC" : "");
		if (term.nullsFirst() != null) {
			sql.add(term.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
		}
	}

	static void writePage(Query query, SqlText sql) {
		if (query.limit() != null) {
			sql.add(" LIMIT ").value(query.limit().toString(), "int8");
		}
		if (query.offset() != null && query.offset() > 0) {
			sql.add(" OFFSET ").value(query.offset().toString(), "int8");
		}
	}

}
