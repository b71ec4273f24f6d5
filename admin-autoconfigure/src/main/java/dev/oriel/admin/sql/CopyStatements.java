package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.RelationName;

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
	 * Return the statement whose only value is the statement that selects the rows of a
	 * query, which {@link #copy} copies.
	 * @param scope what may be touched
	 * @param query what is asked for
	 * @param version what is done with versions
	 * @param format what is made of the rows
	 * @throws dev.oriel.admin.query.QueryException when a name is unknown
	 */
	public static SqlStatement rows(Scope scope, Query query, VersionMode version, CopyFormat format) {
		Level level = Level.root(scope, query);
		RowShape shape = new RowShape(level, new Returned(version, RowFormat.RECORD, false), false);
		SqlText sql = new SqlText(SqlText.Values.FORMATTED);
		if (format == CopyFormat.JSON) {
			shape.writeJsonFields(sql);
		}
		else {
			shape.writeFields(sql);
		}
		sql.add(" FROM (");
		ReadStatements.writePage(level, shape, sql);
		sql.add(") p");
		shape.writeJoins(sql);
		SqlStatement select = sql.toStatement();
		List<@Nullable String> args = new ArrayList<>();
		args.add(select.sql());
		args.addAll(select.args());
		return new SqlStatement("SELECT pg_catalog.format(CAST(? AS text), VARIADIC CAST(ARRAY["
				+ String.join(", ", select.args().stream().map((arg) -> "?").toList()) + "] AS text[]))", args);
	}

	/**
	 * Return the statement that copies what another selects.
	 * @param select the value of {@link #rows}
	 * @param format what is made of the rows
	 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">PostgreSQL:
	 * COPY</a>
	 */
	public static String copy(String select, CopyFormat format) {
		return "COPY (" + select + ") TO STDOUT (" + format.options() + ")";
	}

	/**
	 * Return the column that each field of a query's rows is, in their order; nothing for
	 * a field that is not just a column of the relation.
	 * @param scope what may be touched
	 * @param query what is asked for
	 * @throws dev.oriel.admin.query.QueryException when a name is unknown
	 */
	public static List<Optional<Column>> columns(Scope scope, Query query) {
		Level level = Level.root(scope, query);
		return level.slots().stream().map((slot) -> Optional.ofNullable(slot.wholeColumn(scope))).toList();
	}

	/**
	 * Return the beginning of a statement that inserts rows, up to the values.
	 * @param relation the relation
	 * @param columns the columns that get a value
	 * @param overriding whether a column that draws from a sequence always is among them
	 */
	public static String insertInto(RelationName relation, List<String> columns, boolean overriding) {
		return "INSERT INTO " + Identifiers.quote(relation) + " ("
				+ String.join(", ", columns.stream().map(Identifiers::quote).toList()) + ")"
				+ (overriding ? " OVERRIDING SYSTEM VALUE" : "") + " VALUES";
	}

}
