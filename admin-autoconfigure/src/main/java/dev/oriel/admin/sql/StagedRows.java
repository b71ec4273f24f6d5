package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.schema.Column;

import org.jspecify.annotations.Nullable;

/**
 * Rows of a staged file on their way into a relation.
 *
 * @param scope the relation, and the rules on its rows
 * @param columns the columns that the file gives
 * @param key the columns that tell which row is there already; empty to insert all of
 * them
 * @param insert whether rows that are not there are inserted
 * @since 0.1.0
 */
public record StagedRows(Scope scope, List<StagedColumn> columns, List<Column> key, boolean insert) {

	private static final int TOGETHER = 100;

	private static final String FROM_WRITTEN = " FROM p";

	public StagedRows {
		columns = List.copyOf(columns);
		key = List.copyOf(key);
	}

	/**
	 * Return the statements that write the rows, in the order in which they are to run:
	 * first those that are there, then those that are not. Each tells in its only row how
	 * many it has written and how many of them are outside of the rules, or just updates
	 * if there are no rules.
	 * @param part which rows
	 * @param rejected whether some rows are rejected
	 */
	public List<SqlStatement> write(Staging.Part part, boolean rejected) {
		return write(part, rejected, SqlText.Values.BOUND);
	}

	private List<SqlStatement> write(Staging.Part part, boolean rejected, SqlText.Values values) {
		List<SqlStatement> statements = new ArrayList<>();
		if (changes()) {
			SqlText update = new SqlText(values);
			writeUpdate(part, rejected, update);
			statements.add(counted(update));
		}
		if (this.insert) {
			SqlText insert = new SqlText(values);
			writeInsert(part, rejected, insert);
			statements.add(counted(insert));
		}
		return statements;
	}

	/**
	 * Whether the first of two statements changes what is there.
	 */
	public boolean changes() {
		return !this.key.isEmpty() && !changed().isEmpty();
	}

	private SqlStatement counted(SqlText write) {
		if (!hasRules()) {
			return write.toStatement();
		}
		SqlStatement inner = write.toStatement();
		return new SqlStatement(
				"WITH p AS (" + inner.sql() + ") SELECT count(*), count(*) FILTER (WHERE NOT p.ok) FROM p",
				inner.args());
	}

	private boolean hasRules() {
		return !this.scope.rows().equals(Filter.NONE);
	}

	private void writeInsert(Staging.Part part, boolean rejected, SqlText sql) {
		sql.add("INSERT INTO " + table() + " AS " + Expressions.ROW + " (");
		sql.add(Staging.names(this.columns.stream().map(StagedColumn::column).toList())).add(") SELECT ");
		sql.join(", ", this.columns, (column) -> sql.add(inserted(column)));
		sql.add(" FROM " + Staging.rows(part, rejected, this.columns));
		if (!this.key.isEmpty()) {
			sql.add(" WHERE NOT EXISTS (SELECT FROM " + table() + " o WHERE " + same("o") + ")");
		}
		writeRules(sql);
	}

	private String inserted(StagedColumn column) {
		if (!column.optional()) {
			return column.value();
		}
		return "CASE WHEN " + column.absent() + " THEN " + defaultOf(column.column()) + " ELSE " + column.value()
				+ " END";
	}

	private String defaultOf(Column column) {
		if (column.identity() != Column.Identity.NONE) {
			return "pg_catalog.nextval(pg_catalog.pg_get_serial_sequence(" + literal(table()) + ", "
					+ literal(column.name()) + ")::pg_catalog.regclass)";
		}
		return (column.defaultExpression() != null) ? column.defaultExpression() : "NULL";
	}

	private void writeUpdate(Staging.Part part, boolean rejected, SqlText sql) {
		List<StagedColumn> changed = changed();
		sql.add("UPDATE " + table() + " AS " + Expressions.ROW + " SET ");
		sql.join(", ", changed, (column) -> sql.add(column.name() + " = " + updated(column, column.value())));
		sql.add(" FROM " + Staging.rows(part, rejected, this.columns) + " WHERE " + same(Expressions.ROW));
		// A row that would stay as it is needs no new version, which others would notice.
		sql.add(" AND CAST(ROW(").join(", ", changed, (column) -> sql.add(Expressions.ROW + "." + column.name()));
		sql.add(") AS record) OPERATOR(pg_catalog.*<>) CAST(ROW(");
		sql.join(", ", changed, (column) -> sql.add(updated(column, column.stored()))).add(") AS record)");
		if (hasRules()) {
			sql.add(" AND ");
			writeCondition(sql);
		}
		writeRules(sql);
	}

	static String updated(StagedColumn column, String value) {
		return column.optional() ? "CASE WHEN " + column.absent() + " THEN " + Expressions.ROW + "." + column.name()
				+ " ELSE " + value + " END" : value;
	}

	private void writeRules(SqlText sql) {
		if (hasRules()) {
			sql.add(" RETURNING (");
			writeCondition(sql);
			sql.add(") IS TRUE AS ok");
		}
	}

	/**
	 * Write the rules on rows, about the relation as {@code t}.
	 */
	void writeCondition(SqlText sql) {
		new Conditions(new Expressions(this.scope).unrestricted()).write(this.scope.rows(), sql);
	}

	/**
	 * Return the condition that a row of the relation has the key of a row of the file.
	 */
	String same(String alias) {
		return this.key.stream().map((column) -> {
			StagedColumn staged = Staging.find(this.columns, column.name());
			if (staged == null) {
				throw new IllegalStateException("The file does not give the key");
			}
			return alias + "." + staged.name() + " = " + staged.stored();
		}).collect(Collectors.joining(" AND "));
	}

	/**
	 * Return the columns that are written to rows which are there.
	 */
	List<StagedColumn> changed() {
		return this.columns.stream().filter((column) -> !this.key.contains(column.column())).toList();
	}

	String table() {
		return Identifiers.quote(this.scope.relation().name());
	}

	/**
	 * Return the statement whose only value is the statement that writes the rows a few
	 * at a time, and those among which one is bad one by one. What PostgreSQL says of a
	 * bad row is kept. It leaves in {@code oriel.written} how many rows were changed and
	 * inserted, with a comma between.
	 * @param part which rows
	 * @param message what is said of a row that is outside of the rules
	 */
	public SqlStatement writeOneByOne(Staging.Part part, String message) {
		List<SqlStatement> writes = write(Staging.Part.LINES, true, SqlText.Values.FORMATTED);
		List<@Nullable String> args = new ArrayList<>();
		String body = loop(part, writes, message, args);
		String tag = "$oriel$";
		while (body.contains(tag)) {
			tag = tag.substring(0, tag.length() - 1) + "_$";
		}
		String block = "DO " + tag + body + tag;
		List<@Nullable String> all = new ArrayList<>();
		all.add(block);
		all.addAll(args);
		return new SqlStatement("SELECT pg_catalog.format(CAST(? AS text), VARIADIC CAST(ARRAY["
				+ String.join(", ", args.stream().map((arg) -> "?").toList()) + "] AS text[]))", all);
	}

	private String loop(Staging.Part part, List<SqlStatement> writes, String message, List<@Nullable String> args) {
		StringBuilder body = new StringBuilder();
		body.append("\n#variable_conflict use_column\nDECLARE\n");
		body.append("\"oriel lines\" int8[]; \"oriel first\" int8; \"oriel last\" int8;\n");
		body.append("\"oriel state\" text; \"oriel message\" text; \"oriel detail\" text; \"oriel hint\" text;\n");
		body.append("\"oriel rule\" text; \"oriel at\" text; \"oriel schema\" text; \"oriel table\" text;\n");
		body.append("\"oriel count\" int8; \"oriel refused\" int8; \"oriel done\" int8[] := '{0,0}';\n");
		body.append("\"oriel before\" int8[];\nBEGIN\n");
		body.append("FOR \"oriel lines\" IN SELECT array_agg(l.line ORDER BY l.line) FROM (SELECT s.line, "
				+ "(row_number() OVER (ORDER BY s.line) - 1) / " + TOGETHER + " AS n FROM "
				+ Staging.rows(part, true, List.of()) + ") l GROUP BY l.n ORDER BY l.n LOOP\n");
		body.append("\"oriel first\" := \"oriel lines\"[1];\n");
		body.append("\"oriel last\" := \"oriel lines\"[cardinality(\"oriel lines\")];\n");
		body.append("\"oriel before\" := \"oriel done\";\nBEGIN\n");
		appendWrites(writes, message, body, args);
		body.append("EXCEPTION WHEN OTHERS THEN\n\"oriel done\" := \"oriel before\";\n");
		appendFatal(body);
		body.append("FOREACH \"oriel first\" IN ARRAY \"oriel lines\" LOOP\n");
		body.append("\"oriel last\" := \"oriel first\";\n\"oriel before\" := \"oriel done\";\nBEGIN\n");
		appendWrites(writes, message, body, args);
		body.append("EXCEPTION WHEN OTHERS THEN\n\"oriel done\" := \"oriel before\";\n");
		appendFatal(body);
		body.append("GET STACKED DIAGNOSTICS \"oriel state\" = RETURNED_SQLSTATE, "
				+ "\"oriel message\" = MESSAGE_TEXT, \"oriel detail\" = PG_EXCEPTION_DETAIL, "
				+ "\"oriel hint\" = PG_EXCEPTION_HINT, \"oriel rule\" = CONSTRAINT_NAME, "
				+ "\"oriel at\" = COLUMN_NAME, \"oriel schema\" = SCHEMA_NAME, \"oriel table\" = TABLE_NAME;\n");
		body.append("INSERT INTO " + Staging.REJECTED + " (" + Staging.REASON + ") VALUES (\"oriel first\", false, "
				+ "\"oriel state\", \"oriel message\", nullif(\"oriel detail\", ''), nullif(\"oriel hint\", ''), "
				+ "nullif(\"oriel at\", ''), nullif(\"oriel rule\", ''), nullif(\"oriel schema\", ''), "
				+ "nullif(\"oriel table\", ''));\n");
		body.append("END;\nEND LOOP;\nEND;\nEND LOOP;\n");
		body.append("PERFORM pg_catalog.set_config('oriel.written', array_to_string(\"oriel done\", ','), true);\n");
		return body.append("END\n").toString();
	}

	/**
	 * What is about the server or about other transactions is not the row's fault.
	 */
	private static void appendFatal(StringBuilder body) {
		body.append("IF left(SQLSTATE, 2) IN ('08', '25', '40', '53', '55', '57', '58', 'F0', 'XX') THEN RAISE; ");
		body.append("END IF;\n");
	}

	private void appendWrites(List<SqlStatement> writes, String message, StringBuilder body,
			List<@Nullable String> args) {
		for (int i = 0; i < writes.size(); i++) {
			SqlStatement write = writes.get(i);
			int slot = (i == 0 && changes()) ? 1 : 2;
			if (hasRules()) {
				body.append(write.sql(), 0, write.sql().length() - FROM_WRITTEN.length())
					.append(" INTO \"oriel count\", \"oriel refused\"" + FROM_WRITTEN);
				args.addAll(write.args());
				body.append(";\nIF \"oriel refused\" > 0 THEN RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = "
						+ literal(message).replace("%", "%%") + "; END IF;\n");
			}
			else {
				body.append(write.sql()).append(";\nGET DIAGNOSTICS \"oriel count\" = ROW_COUNT;\n");
			}
			body.append("\"oriel done\"[" + slot + "] := \"oriel done\"[" + slot + "] + \"oriel count\";\n");
		}
		body.append("SET CONSTRAINTS ALL IMMEDIATE;\n");
	}

	static String literal(String text) {
		return "'" + text.replace("'", "''") + "'";
	}

}
