package dev.oriel.admin.sql;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Statements that read rows of a staged file back, some at a time, for those who want to
 * see them before they are written. Their columns are the row's line, the numbers of the
 * texts that are not there at all as an array, whether the row is there already as it
 * would be written, and the text of each column.
 *
 * @param rows the rows
 * @since 0.1.0
 */
public record StagedChunks(StagedRows rows) {

	/** How many columns there are before the texts. */
	public static final int BEFORE_TEXTS = 3;

	/**
	 * Return the statement that reads the rows that follow a line and are not rejected,
	 * in the order of their lines.
	 * @param line the line
	 * @param limit how many
	 */
	public SqlStatement after(long line, int limit) {
		SqlText sql = new SqlText().add(select() + Staging.TABLE + " s WHERE s.line > ")
			.value(Long.toString(line), "int8");
		return sql
			.add(" AND NOT EXISTS (SELECT FROM " + Staging.REJECTED + " x WHERE x.line = s.line) ORDER BY s.line LIMIT "
					+ limit + " OFFSET 0) s ORDER BY s.line")
			.toStatement();
	}

	/**
	 * Return the statement that reads certain rows in the order of their lines.
	 * @param lines their lines
	 */
	public SqlStatement of(List<Long> lines) {
		SqlText sql = new SqlText().add(select() + Staging.TABLE + " s WHERE s.line = ANY (");
		sql.value(lines.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")), "int8[]");
		return sql.add(") OFFSET 0) s ORDER BY s.line").toStatement();
	}

	private String select() {
		String texts = this.rows.columns()
			.stream()
			.map((column) -> ", s." + column.source().name())
			.collect(Collectors.joining());
		return "SELECT s.line, s.absent, " + (this.rows.key().isEmpty() ? "false" : unchanged()) + texts
				+ " FROM (SELECT s.* FROM ";
	}

	private String unchanged() {
		String there = "EXISTS (SELECT FROM " + this.rows.table() + " AS " + Expressions.ROW + " WHERE "
				+ this.rows.same(Expressions.ROW);
		List<StagedColumn> changed = this.rows.changed();
		if (changed.isEmpty()) {
			return there + ")";
		}
		String now = changed.stream()
			.map((column) -> Expressions.ROW + "." + column.name())
			.collect(Collectors.joining(", "));
		String then = changed.stream()
			.map((column) -> StagedRows.updated(column, column.stored()))
			.collect(Collectors.joining(", "));
		return there + " AND CAST(ROW(" + now + ") AS record) OPERATOR(pg_catalog.*=) CAST(ROW(" + then
				+ ") AS record))";
	}

}
