package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Relation;
import org.jspecify.annotations.Nullable;

/**
 * The statements that find out whether rows belong to what a query answers. All queries
 * that differ in nothing but their values are asked about with one statement: its
 * condition is the one that reads their rows, with the values of each query as a row of a
 * relation {@code q} that stands beside the rows asked about.
 *
 * @since 0.1.0
 */
public final class Membership {

	/** More values than this in one query are not worth a statement of their own. */
	private static final int MAX_VALUES = 200;

	private Membership() {
	}

	/**
	 * Return the statement for all queries of one form, with the values of this query as
	 * its arguments. It takes the arguments that {@link #ask} puts together. Its columns
	 * are the number of each query that a row belongs to, counted from 0, and whether one
	 * of these rows does not stand behind the end.
	 * @param scope what may be touched; its relation has a key
	 * @param query the query; its page does not matter
	 * @param start the place behind which rows belong to it, or {@code null}
	 * @param end the place behind which rows do not matter, or {@code null}
	 * @return the statement, or {@code null} if the query has too many values
	 */
	public static @Nullable SqlStatement test(Scope scope, Query query, @Nullable Bound start, @Nullable Bound end) {
		Level level = Level.root(scope, query);
		SqlText sql = new SqlText(SqlText.Values.COLUMNS);
		SqlText inside = sql.fork();
		if (end != null) {
			inside.add("(");
			writeBehind(level, end, inside);
			inside.add(") IS NOT TRUE");
		}
		else {
			inside.add("TRUE");
		}
		SqlText rows = inside.fork();
		boolean conditional = ReadStatements.writeRelation(level, () -> {
		}, rows);
		if (start != null) {
			rows.add(conditional ? " AND (" : " WHERE (");
			writeBehind(level, start, rows);
			rows.add(")");
			conditional = true;
		}
		if (rows.types().size() > MAX_VALUES) {
			return null;
		}
		sql.add("SELECT q.w, bool_or(").add(inside.text()).add(") FROM unnest(CAST(? AS int4[])");
		StringBuilder names = new StringBuilder("w");
		for (int i = 0; i < rows.types().size(); i++) {
			sql.add(", CAST(? AS " + columnType(rows.types().get(i)) + "[])");
			names.append(", v").append(i + 1);
		}
		sql.add(") AS q(" + names + ") CROSS JOIN ").add(rows.text());
		sql.add(conditional ? " AND " : " WHERE ");
		List<Column> key = columns(scope.relation(), scope.key());
		writeNamed(key, key, sql);
		return new SqlStatement(sql.add(" GROUP BY q.w").text(), rows.toStatement().args());
	}

	/**
	 * Return a statement of {@link #test} ready to run.
	 * @param test the statement
	 * @param values the values of each query
	 * @param keys the keys of the rows asked about, at least one
	 */
	public static SqlStatement ask(String test, List<List<@Nullable String>> values, List<List<String>> keys) {
		List<@Nullable String> args = new ArrayList<>();
		List<String> numbers = new ArrayList<>(values.size());
		for (int i = 0; i < values.size(); i++) {
			numbers.add(Integer.toString(i));
		}
		args.add(ArrayLiteral.of(numbers));
		addColumns(values, args);
		addColumns(keys, args);
		return new SqlStatement(test, args);
	}

	/**
	 * Return the statement for the keys of those rows that a query has before the place
	 * where its page begins.
	 * @param scope what may be touched; its relation has a key
	 * @param query the query; its page does not matter
	 * @param start the place behind which the page begins
	 * @param keys the keys of the rows asked about, at least one
	 */
	public static SqlStatement preceding(Scope scope, Query query, Bound start, List<List<String>> keys) {
		Level level = Level.root(scope, query);
		SqlText sql = new SqlText().add("SELECT ");
		sql.join(", ", scope.key(), (column) -> sql.add(RowShape.keyText(column)));
		boolean conditional = ReadStatements.writeFrom(level, () -> {
		}, sql);
		sql.add(conditional ? " AND (" : " WHERE (");
		writeBehind(level, start, sql);
		sql.add(") IS NOT TRUE AND ");
		List<Column> key = columns(scope.relation(), scope.key());
		writeNamed(key, key, sql);
		List<@Nullable String> args = new ArrayList<>();
		addColumns(keys, args);
		args.forEach(sql::arg);
		return sql.toStatement();
	}

	/**
	 * Return the statement for the texts of columns of rows that are named by their keys.
	 * @param relation the relation
	 * @param columns the columns
	 * @param keys the keys, at least one
	 */
	public static SqlStatement values(Relation relation, List<String> columns, List<List<String>> keys) {
		List<Column> key = columns(relation, relation.key());
		return select(relation, columns, key, key, keys).toStatement();
	}

	/**
	 * Return the statement for the keys of rows that point at others.
	 * @param relation the relation of the rows that point
	 * @param columns the columns that they point with
	 * @param target the relation that they point at
	 * @param targetColumns the columns pointed at, each belonging to the one at the same
	 * place in {@code columns}
	 * @param values the values of the columns pointed at, at least one
	 * @param limit how many rows at most
	 */
	public static SqlStatement referencing(Relation relation, List<String> columns, Relation target,
			List<String> targetColumns, List<List<String>> values, int limit) {
		SqlText sql = select(relation, relation.key(), columns(relation, columns), columns(target, targetColumns),
				values);
		return sql.add(" LIMIT ").value(Integer.toString(limit), "int8").toStatement();
	}

	private static SqlText select(Relation relation, List<String> texts, List<Column> columns, List<Column> types,
			List<List<String>> values) {
		SqlText sql = new SqlText().add("SELECT ");
		sql.join(", ", texts, (column) -> sql.add(RowShape.keyText(column)));
		sql.add(" FROM " + Identifiers.quote(relation.name()) + " AS " + Expressions.ROW + " WHERE ");
		writeNamed(columns, types, sql);
		List<@Nullable String> args = new ArrayList<>();
		addColumns(values, args);
		args.forEach(sql::arg);
		return sql;
	}

	/**
	 * Write the condition that columns have some values, one argument for each column.
	 */
	private static void writeNamed(List<Column> columns, List<Column> types, SqlText sql) {
		if (columns.size() == 1) {
			writeColumn(columns.get(0), sql);
			sql.add(" = ANY (CAST(? AS " + type(types.get(0)) + "[]))");
			return;
		}
		sql.add("(").join(", ", columns, (column) -> writeColumn(column, sql)).add(") IN (SELECT * FROM unnest(");
		sql.join(", ", types, (column) -> sql.add("CAST(? AS " + type(column) + "[])")).add("))");
	}

	private static void writeColumn(Column column, SqlText sql) {
		sql.add(Expressions.ROW + "." + Identifiers.quote(column.name()));
	}

	private static String type(Column column) {
		return column.type().unwrapped().sqlName();
	}

	/**
	 * Return the type of a column of values. Arrays of arrays are one array with more
	 * dimensions, so arrays are passed as texts.
	 */
	private static String columnType(String type) {
		return type.endsWith("[]") ? "text" : type;
	}

	private static void writeBehind(Level level, Bound bound, SqlText sql) {
		List<SortKey> order = Ordering.of(level);
		if (bound.isBackward()) {
			order = order.stream().map(SortKey::reversed).toList();
		}
		List<List<Consumer<SqlText>>> segments = Segments.behind(order, bound.values(), false);
		sql.add(segments.isEmpty() ? "FALSE" : "");
		sql.join(" OR ", segments, (segment) -> sql.join(" AND ", segment, (condition) -> condition.accept(sql)));
	}

	private static List<Column> columns(Relation relation, List<String> names) {
		List<Column> columns = new ArrayList<>(names.size());
		for (String name : names) {
			Column column = relation.column(name);
			if (column == null) {
				throw new IllegalArgumentException("There is no column '" + name + "'");
			}
			columns.add(column);
		}
		return columns;
	}

	private static void addColumns(List<? extends List<? extends @Nullable String>> rows, List<@Nullable String> args) {
		for (int i = 0; i < rows.get(0).size(); i++) {
			List<@Nullable String> column = new ArrayList<>(rows.size());
			for (List<? extends @Nullable String> row : rows) {
				column.add(row.get(i));
			}
			args.add(ArrayLiteral.of(column));
		}
	}

}
