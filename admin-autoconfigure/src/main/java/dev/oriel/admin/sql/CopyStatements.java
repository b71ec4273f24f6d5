package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.query.Query;

import org.jspecify.annotations.Nullable;

/**
 * Statements that copy rows out as text. {@code COPY} takes no arguments, so PostgreSQL
 * itself is asked to write the values into it, with its function {@code format}: they are
 * bound there, and quoted by the one who reads them.
 *
 * @since 0.1.0
 */
public final class CopyStatements {

	private CopyStatements() {
	}

	/**
	 * Return the statement whose only value is the statement that copies the rows of a
	 * query as CSV, with a header.
	 * @param scope what may be touched
	 * @param query what is asked for
	 * @param version what is done with versions
	 * @throws dev.oriel.admin.query.QueryException when a name is unknown
	 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">PostgreSQL:
	 * COPY</a>
	 */
	public static SqlStatement csv(Scope scope, Query query, VersionMode version) {
		Level level = Level.root(scope, query);
		RowShape shape = new RowShape(level, new Returned(version, RowFormat.RECORD, false), false);
		SqlText sql = new SqlText(true);
		sql.add("COPY (");
		shape.writeFields(sql);
		sql.add(" FROM (");
		ReadStatements.writePage(level, shape, sql);
		sql.add(") p");
		shape.writeJoins(sql);
		sql.add(") TO STDOUT (FORMAT csv, HEADER)");
		SqlStatement copy = sql.toStatement();
		List<@Nullable String> args = new ArrayList<>();
		args.add(copy.sql());
		args.addAll(copy.args());
		return new SqlStatement("SELECT pg_catalog.format(CAST(? AS text), VARIADIC CAST(ARRAY["
				+ String.join(", ", copy.args().stream().map((arg) -> "?").toList()) + "] AS text[]))", args);
	}

}
