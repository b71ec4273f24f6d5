package dev.oriel.admin.sql;

import java.util.List;

import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryException;
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

	private WriteStatements() {
	}

	/**
	 * Return the statement that inserts rows.
	 * @param scope what may be read of the rows written
	 * @param columns the columns that the body gives; none inserts one row of defaults
	 * @param body a JSON array of objects
	 * @param query the fields to return
	 * @param version what is done with versions
	 */
	public static SqlStatement insert(Scope scope, List<Column> columns, String body, Query query,
			VersionMode version) {
		SqlText sql = new SqlText().add("WITH p AS (INSERT INTO " + table(scope));
		if (columns.isEmpty()) {
			sql.add(" DEFAULT VALUES");
		}
		else {
			sql.add(" (").join(", ", columns, (column) -> sql.add(Identifiers.quote(column.name())));
			sql.add(") SELECT ").join(", ", columns, (column) -> sql.add("r." + Identifiers.quote(column.name())));
			sql.add(" FROM json_to_recordset(").value(body, "json").add(") AS r(");
			writeRecord(columns, sql);
			sql.add(")");
		}
		return returning(Level.root(scope, query), version, sql);
	}

	/**
	 * Return the statement that changes rows.
	 * @param scope what may be read of the rows written, and which rows there are
	 * @param columns the columns that the body gives; at least one
	 * @param body a JSON object
	 * @param query which rows, and the fields to return
	 * @param expectedVersion the version that each row must still have, or {@code null}
	 * @param version what is done with versions
	 */
	public static SqlStatement update(Scope scope, List<Column> columns, String body, Query query,
			@Nullable String expectedVersion, VersionMode version) {
		SqlText sql = new SqlText().add("WITH p AS (UPDATE " + table(scope) + " SET ");
		sql.join(", ", columns, (column) -> {
			String name = Identifiers.quote(column.name());
			sql.add(name + " = r." + name);
		});
		sql.add(" FROM json_to_record(").value(body, "json").add(") AS r(");
		writeRecord(columns, sql);
		sql.add(")");
		Level level = Level.root(scope, query);
		writeCondition(level, expectedVersion, sql);
		return returning(level, version, sql);
	}

	/**
	 * Return the statement that deletes rows.
	 * @param scope what may be read of the rows, and which rows there are
	 * @param query which rows, and the fields to return
	 * @param expectedVersion the version that each row must still have, or {@code null}
	 * @param version what is done with versions
	 */
	public static SqlStatement delete(Scope scope, Query query, @Nullable String expectedVersion, VersionMode version) {
		SqlText sql = new SqlText().add("WITH p AS (DELETE FROM " + table(scope));
		Level level = Level.root(scope, query);
		writeCondition(level, expectedVersion, sql);
		return returning(level, version, sql);
	}

	/**
	 * Return the statement that tries one member of a body as its column's type, to find
	 * the one that does not fit.
	 * @param column the column
	 * @param body a JSON object that holds the member
	 */
	public static SqlStatement probe(Column column, String body) {
		String name = Identifiers.quote(column.name());
		SqlText sql = new SqlText().add("SELECT CAST(r." + name + " AS " + column.declaredType() + ")::text, ");
		// An explicit cast cuts a text that is too long, so its length is told as well.
		sql.add("char_length(").value(body, "json").add(" ->> ").value(column.name(), "text");
		sql.add(") FROM json_to_record(").value(body, "json").add(") AS r(");
		writeRecord(List.of(column), sql);
		return sql.add(")").toStatement();
	}

	private static String table(Scope scope) {
		return Identifiers.quote(scope.relation().name()) + " AS " + Expressions.ROW;
	}

	private static void writeRecord(List<Column> columns, SqlText sql) {
		sql.join(", ", columns, (column) -> sql.add(Identifiers.quote(column.name()) + " " + column.type().sqlName()));
	}

	private static void writeCondition(Level level, @Nullable String expectedVersion, SqlText sql) {
		boolean conditional = ReadStatements.writeWhere(level, sql);
		if (expectedVersion != null) {
			sql.add(conditional ? " AND " : " WHERE ")
				.add(RowShape.versionText(level.scope()) + " = ")
				.value(expectedVersion, "text");
		}
	}

	private static SqlStatement returning(Level level, VersionMode version, SqlText sql) {
		if (level.isGrouped()) {
			throw new QueryException("PGRST123", "Use of aggregate functions is not allowed",
					"The rows that a write returns cannot be grouped.", null);
		}
		// What a write embeds is about the rows shown, not about those written.
		RowShape shape = new RowShape(level, version, level.embeddings().inner());
		sql.add(" RETURNING ");
		sql.add(shape.writeInner(sql) ? ", (" : "(");
		new Conditions(level.expressions().unrestricted()).write(level.scope().rows(), sql);
		sql.add(") IS TRUE AS ok) ");
		shape.writeOuter(sql);
		sql.add(", p.ok FROM p");
		shape.writeAnswer(sql);
		return sql.toStatement();
	}

}
