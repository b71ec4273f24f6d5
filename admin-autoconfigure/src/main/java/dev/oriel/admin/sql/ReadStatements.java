package dev.oriel.admin.sql;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryException;

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
		return rows(scope, query, Returned.json(version));
	}

	/**
	 * Return the statement for the rows of a query, with each row in another format.
	 * @param scope what may be touched
	 * @param query what is asked for
	 * @param version what is done with versions
	 * @param format what is made of each row
	 * @throws dev.oriel.admin.query.QueryException when a name is unknown
	 */
	public static SqlStatement rows(Scope scope, Query query, Returned returned) {
		return rows(Level.root(scope, query), returned, false);
	}

	/**
	 * Return the names of the fields that the rows of a query have, in their order.
	 * @param scope what may be touched
	 * @param query what is asked for
	 * @param version what is done with versions
	 * @throws dev.oriel.admin.query.QueryException when a name is unknown
	 */
	public static List<String> fields(Scope scope, Query query, VersionMode version) {
		return RowShape.fields(Level.root(scope, query), version);
	}

	/**
	 * Return the statement for the rows of a query and the number of all rows without its
	 * page, which is repeated in the last column {@code n} of each row. Where the page is
	 * empty, there is one row whose JSON is NULL.
	 * @param scope what may be touched
	 * @param query what is asked for
	 * @param version what is done with versions
	 * @throws dev.oriel.admin.query.QueryException when a name is unknown
	 */
	public static SqlStatement countedRows(Scope scope, Query query, VersionMode version) {
		return countedRows(scope, query, Returned.json(version));
	}

	/**
	 * Return the statement for the rows of a query and the number of all rows, with each
	 * row in another format.
	 * @param scope what may be touched
	 * @param query what is asked for
	 * @param version what is done with versions
	 * @param format what is made of each row
	 * @throws dev.oriel.admin.query.QueryException when a name is unknown
	 */
	public static SqlStatement countedRows(Scope scope, Query query, Returned returned) {
		return rows(Level.root(scope, query), returned, true);
	}

	private static SqlStatement rows(Level level, Returned returned, boolean counted) {
		RowShape shape = new RowShape(level, returned, counted);
		SqlText sql = new SqlText();
		shape.writeOuter(sql);
		writePage(level, counted, sql, () -> writePage(level, shape, sql));
		shape.writeAnswer(sql);
		boolean oneRow = level.embeddings() == Embeddings.NONE && namesOneRow(level.scope(), level.query().filter());
		return sql.toStatement().planned(oneRow ? Planning.ONCE : Planning.EACH_TIME);
	}

	/**
	 * Write the inner statement, which gives the rows of the page.
	 */
	static void writePage(Level level, RowShape shape, SqlText sql) {
		Query query = level.query();
		if (query.anchor() != null) {
			throw new QueryException("ORIEL416", "A cursor cannot be used here",
					"There is '%s'".formatted(query.anchor().side().parameter()), "Leave it out.");
		}
		sql.add("SELECT ");
		shape.writeInner(sql);
		writeFrom(level, () -> shape.writeInnerJoins(sql), sql);
		shape.writeGroupBy(sql);
		Ordering.write(level, sql);
		Paging.write(query, sql);
	}

	/**
	 * Whether a filter gives every column of the relation's key, so that an index finds
	 * the only row whatever the values are.
	 */
	private static boolean namesOneRow(Scope scope, Filter filter) {
		List<Filter> conditions = (filter instanceof Filter.And and) ? and.filters() : List.of(filter);
		Set<String> given = conditions.stream()
			.filter(Filter.Comparison.class::isInstance)
			.map(Filter.Comparison.class::cast)
			.filter((each) -> each.operator() == Operator.EQ && each.quantifier() == null)
			.filter((each) -> each.column().path().isEmpty())
			.map((each) -> each.column().column())
			.collect(Collectors.toSet());
		List<String> key = scope.relation().key();
		return scope.relation().kind().isTable() && !key.isEmpty() && given.containsAll(key);
	}

	/**
	 * Write the page as {@code p}, and the number of all rows as {@code n} if it is
	 * counted.
	 */
	static void writePage(Level level, boolean counted, SqlText sql, Runnable page) {
		sql.add(" FROM ");
		if (counted) {
			// One row, which leaves PostgreSQL no join but a loop over the page, in its
			// order.
			sql.add("(");
			writeCount(level, 0, sql);
			sql.add(") n(n) LEFT JOIN ");
		}
		sql.add("(");
		page.run();
		sql.add(counted ? ") p ON TRUE" : ") p");
	}

	/**
	 * Return the statement that counts the rows of a query without its page, its only
	 * value.
	 * @param scope what may be touched
	 * @param query which rows
	 * @param limit how many to count at most; 0 or less counts them all
	 */
	public static SqlStatement count(Scope scope, Query query, long limit) {
		SqlText sql = new SqlText();
		writeCount(Level.root(scope, query), limit, sql);
		return sql.toStatement();
	}

	private static void writeCount(Level level, long limit, SqlText sql) {
		sql.add("SELECT count(*) FROM (SELECT 1");
		writeFrom(level, () -> {
		}, sql);
		if (limit > 0) {
			sql.add(" LIMIT ").value(Long.toString(limit), "int8");
		}
		sql.add(") p");
	}

	/**
	 * Return the statement that asks the planner how many rows a query has without its
	 * page; its only value is the plan as JSON.
	 * @param scope what may be touched
	 * @param query which rows
	 */
	public static SqlStatement plan(Scope scope, Query query) {
		SqlText sql = new SqlText().add("EXPLAIN (FORMAT JSON) SELECT 1");
		writeFrom(Level.root(scope, query), () -> {
		}, sql);
		return sql.toStatement();
	}

	/**
	 * Write where the rows come from with all conditions that a query makes, and return
	 * whether there are any.
	 */
	static boolean writeFrom(Level level, Runnable joins, SqlText sql) {
		sql.add(" FROM ");
		return writeRelation(level, joins, sql);
	}

	/**
	 * Write the relation, which may stand behind others, with all conditions that a query
	 * makes, and return whether there are any.
	 */
	static boolean writeRelation(Level level, Runnable joins, SqlText sql) {
		level.scope().writeSource(sql);
		sql.add(" AS " + Expressions.ROW);
		joins.run();
		boolean conditional = writeWhere(level, sql);
		for (Embedding inner : level.embeddings().inner()) {
			sql.add(conditional ? " AND " : " WHERE ");
			inner.writeExists(sql);
			conditional = true;
		}
		return conditional;
	}

	/**
	 * Write the condition and return whether there is any.
	 */
	static boolean writeWhere(Level level, SqlText sql) {
		Filter rows = level.scope().rows();
		if (rows.and(level.query().filter()).equals(Filter.NONE)) {
			return false;
		}
		sql.add(" WHERE ");
		// The row rules may name columns that the caller may not.
		new Conditions(level.expressions().unrestricted()).write(rows, sql);
		sql.add(" AND ");
		level.conditions().write(level.query().filter(), sql);
		return true;
	}

}
