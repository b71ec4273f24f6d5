package dev.oriel.admin.sql;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Column;

import org.jspecify.annotations.Nullable;

/**
 * The statements that write rows. Each returns the written rows in the columns that
 * {@link ReadStatements#rows} has, with one more at the end: whether the row meets the
 * rules on rows. Bodies stay JSON all the way to PostgreSQL, which turns each member into
 * its column's type itself.
 *
 * @since 0.1.0
 */
public final class WriteStatements {

	/**
	 * How many rows were merged. Nothing that RETURNING can say on every version and kind
	 * of relation tells an inserted row from a changed one.
	 */
	private static final String MERGED = "coalesce(nullif(current_setting('oriel.merged', true), ''), '0')::int4";

	private WriteStatements() {
	}

	/**
	 * Return the statement that inserts rows. Where duplicates are merged, a column
	 * {@code u} tells after each row how many of them the transaction has merged so far.
	 * @param scope what may be read of the rows written, and which rows there are
	 * @param rows the rows to insert
	 * @param query the fields to return
	 * @param returned how the rows written are returned
	 */
	public static SqlStatement insert(Scope scope, InsertedRows rows, Query query, Returned returned) {
		List<Column> columns = rows.columns();
		SqlText sql = new SqlText().add("WITH p AS (INSERT INTO " + table(scope));
		if (columns.isEmpty()) {
			sql.add(" DEFAULT VALUES");
		}
		else {
			sql.add(" (").join(", ", columns, (column) -> sql.add(Identifiers.quote(column.name())));
			sql.add(") SELECT ").join(", ", columns, (column) -> sql.add(RecordValue.of(column)));
			sql.add(" FROM json_to_recordset(").value(rows.json(), "json").add(") AS r(");
			writeRecord(columns, sql);
			sql.add(")");
			writeKey(rows.key(), sql);
		}
		Conflict conflict = rows.conflict();
		if (conflict != null) {
			writeConflict(conflict, scope, rows.expectedVersion(), sql);
		}
		boolean merged = conflict != null && !conflict.merged().isEmpty();
		return Returning.write(Level.root(scope, query), returned, merged ? MERGED : null, false, sql);
	}

	/**
	 * Return the statement that begins to count merged rows anew.
	 */
	public static SqlStatement countMerged() {
		return new SqlText().add("SELECT set_config('oriel.merged', '', true)").toStatement();
	}

	/**
	 * Return the statement that tells whether rows have the key that they must have.
	 * @param rows the rows
	 */
	public static SqlStatement named(InsertedRows rows) {
		SqlText sql = new SqlText().add("SELECT EXISTS (SELECT FROM json_to_recordset(");
		sql.value(rows.json(), "json").add(") AS r(");
		writeRecord(rows.columns(), sql);
		sql.add(")");
		writeKey(rows.key(), sql);
		return sql.add(")").toStatement();
	}

	private static void writeKey(Map<Column, String> key, SqlText sql) {
		String separator = " WHERE ";
		for (Map.Entry<Column, String> part : key.entrySet()) {
			sql.add(separator + RecordValue.of(part.getKey()) + " = ");
			sql.value(part.getValue(), part.getKey().type().unwrapped().sqlName());
			separator = " AND ";
		}
	}

	private static void writeConflict(Conflict conflict, Scope scope, @Nullable String expectedVersion, SqlText sql) {
		sql.add(" ON CONFLICT (");
		sql.join(", ", conflict.target(), (column) -> sql.add(Identifiers.quote(column.name())));
		if (conflict.merged().isEmpty()) {
			sql.add(") DO NOTHING");
			return;
		}
		sql.add(") DO UPDATE SET ").join(", ", conflict.merged(), (column) -> {
			String name = Identifiers.quote(column.name());
			sql.add(name + " = EXCLUDED." + name);
		});
		sql.add(" WHERE ");
		new Conditions(new Expressions(scope).unrestricted()).write(scope.rows(), sql);
		if (expectedVersion != null) {
			sql.add(" AND " + RowShape.versionText(scope) + " = ").value(expectedVersion, "text");
		}
		sql.add(" AND set_config('oriel.merged', (1 + " + MERGED + ")::text, true) IS NOT NULL");
	}

	/**
	 * Return the statement that changes rows.
	 * @param scope what may be read of the rows written, and which rows there are
	 * @param changes the columns to change, at least one, and the values
	 * @param query which rows, and the fields to return
	 * @param expectedVersion the version that each row must still have, or {@code null}
	 * @param returned how the rows written are returned
	 */
	public static SqlStatement update(Scope scope, Changes changes, Query query, @Nullable String expectedVersion,
			Returned returned) {
		SqlText sql = new SqlText().add("WITH p AS (UPDATE " + table(scope) + " SET ");
		List<Column> all = Stream.concat(changes.columns().stream(), changes.defaults().stream()).toList();
		sql.join(", ", all, (column) -> {
			String name = Identifiers.quote(column.name());
			sql.add(name + " = " + (changes.defaults().contains(column) ? "DEFAULT" : RecordValue.of(column)));
		});
		if (!changes.columns().isEmpty()) {
			sql.add(" FROM json_to_record(").value(changes.json(), "json").add(") AS r(");
			writeRecord(changes.columns(), sql);
			sql.add(")");
		}
		Level level = Level.root(scope, query);
		writeCondition(level, expectedVersion, sql);
		return Returning.write(level, returned, null, false, sql);
	}

	/**
	 * Return the statement that deletes rows.
	 * @param scope what may be read of the rows, and which rows there are
	 * @param query which rows, and the fields to return
	 * @param expectedVersion the version that each row must still have, or {@code null}
	 * @param returned how the rows written are returned
	 */
	public static SqlStatement delete(Scope scope, Query query, @Nullable String expectedVersion, Returned returned) {
		SqlText sql = new SqlText().add("WITH p AS (DELETE FROM " + table(scope));
		Level level = Level.root(scope, query);
		writeCondition(level, expectedVersion, sql);
		return Returning.write(level, returned, null, false, sql);
	}

	static String table(Scope scope) {
		return Identifiers.quote(scope.relation().name()) + " AS " + Expressions.ROW;
	}

	static void writeRecord(List<Column> columns, SqlText sql) {
		sql.join(", ", columns, (column) -> sql.add(Identifiers.quote(column.name()) + " " + RecordValue.type(column)));
	}

	private static void writeCondition(Level level, @Nullable String expectedVersion, SqlText sql) {
		boolean conditional = ReadStatements.writeWhere(level, sql);
		if (expectedVersion != null) {
			sql.add(conditional ? " AND " : " WHERE ")
				.add(RowShape.versionText(level.scope()) + " = ")
				.value(expectedVersion, "text");
		}
	}

}
