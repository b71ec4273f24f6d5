package dev.oriel.admin.sql;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;

import org.jspecify.annotations.Nullable;

/**
 * Statements that find, all at once, the rows of a staged file that cannot become rows of
 * a relation, and reject them. What they say of a row is what PostgreSQL says when it
 * meets one by itself.
 *
 * @param rows the rows
 * @since 0.1.0
 */
public record StagedChecks(StagedRows rows) {

	private static final String REJECT = "INSERT INTO " + Staging.REJECTED + " (" + Staging.REASON + ") ";

	/**
	 * Return the statement that rejects the rows with a text that is no value of a
	 * column's type. Needs PostgreSQL 16.
	 * @param column the column
	 */
	public SqlStatement type(StagedColumn column) {
		String text = "s." + column.source().name();
		String type = StagedRows.literal(column.column().declaredType());
		return statement(REJECT + "SELECT s.line, false, e.sql_error_code, e.message, e.detail, e.hint, "
				+ StagedRows.literal(column.column().name()) + ", NULL, NULL, NULL FROM " + Staging.TABLE
				+ " s CROSS JOIN LATERAL pg_catalog.pg_input_error_info(" + text + ", " + type
				+ ") e WHERE s.suspect AND " + text + " IS NOT NULL AND NOT pg_catalog.pg_input_is_valid(" + text + ", "
				+ type + ") AND " + unexplained(column));
	}

	/**
	 * Return the condition that nothing was found wrong with the text before: what its
	 * reader does not take is not shown to PostgreSQL.
	 */
	private static String unexplained(StagedColumn column) {
		return "NOT EXISTS (SELECT FROM " + Staging.REJECTED + " x WHERE x.line = s.line AND x.at = "
				+ StagedRows.literal(column.column().name()) + ")";
	}

	/**
	 * Return the statement that does the same by trying one text after the other.
	 * @param column the column
	 */
	public SqlStatement typeByTrying(StagedColumn column) {
		String text = "s." + column.source().name();
		return statement("""
				DO $oriel$
				DECLARE
				"oriel row" record; "oriel value" %s;
				"oriel state" text; "oriel message" text; "oriel detail" text; "oriel hint" text;
				BEGIN
				FOR "oriel row" IN SELECT s.line, %s AS value FROM %s s WHERE s.suspect AND %s IS NOT NULL AND %s LOOP
				BEGIN
				"oriel value" := "oriel row".value;
				EXCEPTION WHEN OTHERS THEN
				GET STACKED DIAGNOSTICS "oriel state" = RETURNED_SQLSTATE, "oriel message" = MESSAGE_TEXT,
				"oriel detail" = PG_EXCEPTION_DETAIL, "oriel hint" = PG_EXCEPTION_HINT;
				%sVALUES ("oriel row".line, false, "oriel state", "oriel message", nullif("oriel detail", ''),
				nullif("oriel hint", ''), %s, NULL, NULL, NULL);
				END;
				END LOOP;
				END
				$oriel$""".formatted(column.column().declaredType(), text, Staging.TABLE, text, unexplained(column),
				REJECT, StagedRows.literal(column.column().name())));
	}

	/**
	 * Return the statement that rejects the rows without a value that the column needs.
	 * @param column the column
	 */
	public SqlStatement missing(StagedColumn column) {
		boolean defaulted = column.column().defaultExpression() != null
				|| column.column().identity() != Column.Identity.NONE;
		boolean spared = column.optional() && (defaulted || !this.rows.key().isEmpty());
		String absent = spared ? " AND (s.absent IS NULL OR NOT " + column.absent() + ")" : "";
		String name = column.column().name();
		String message = "null value in column \"%s\" of relation \"%s\" violates not-null constraint".formatted(name,
				relation().name().name());
		return statement(REJECT + "SELECT s.line, false, '23502', " + StagedRows.literal(message) + ", NULL, NULL, "
				+ StagedRows.literal(name) + ", NULL, " + table() + " FROM " + Staging.TABLE + " s WHERE s."
				+ column.source().name() + " IS NULL" + absent + " AND " + Staging.OPEN);
	}

	/**
	 * Return the statement that tells whether something stands between the values that
	 * are written to a relation and those that it keeps: a view, a rule, a trigger that
	 * is called before.
	 * @param relation the relation
	 */
	public static SqlStatement isOpaque(Relation relation) {
		return new SqlText().add("SELECT c.relkind NOT IN ('r', 'p') OR c.relhasrules OR EXISTS (SELECT FROM "
				+ "pg_catalog.pg_trigger t WHERE NOT t.tgisinternal AND t.tgtype & 3 = 3 AND t.tgenabled <> 'D' "
				+ "AND (t.tgrelid = c.oid OR t.tgrelid IN (SELECT relid FROM pg_catalog.pg_partition_tree(c.oid)))) "
				+ "FROM pg_catalog.pg_class c WHERE c.oid = ")
			.value(Long.toString(relation.oid()), "oid")
			.toStatement();
	}

	/**
	 * Return the statement that tells what a rule of a partition is called in the
	 * relation itself; no row if it is no partition of it.
	 * @param relation the relation
	 * @param partition the partition
	 * @param rule the constraint or index of the partition
	 */
	public static SqlStatement ruleOfPartition(Relation relation, RelationName partition, String rule) {
		String oid = Long.toString(relation.oid());
		return new SqlText()
			.add("SELECT coalesce((SELECT w.relname FROM pg_catalog.pg_index p "
					+ "JOIN pg_catalog.pg_class i ON i.oid = p.indexrelid "
					+ "CROSS JOIN LATERAL pg_catalog.pg_partition_ancestors(i.oid) a "
					+ "JOIN pg_catalog.pg_index x ON x.indexrelid = a.relid "
					+ "JOIN pg_catalog.pg_class w ON w.oid = a.relid "
					+ "WHERE p.indrelid = t.relid AND i.relispartition AND i.relname = ")
			.value(rule, "name")
			.add(" AND x.indrelid = ")
			.value(oid, "oid")
			.add("), ")
			.value(rule, "name")
			.add(") FROM pg_catalog.pg_partition_tree(")
			.value(oid, "oid")
			.add(") t WHERE t.relid = pg_catalog.to_regclass(")
			.value(Identifiers.quote(partition), "text")
			.add(")")
			.toStatement();
	}

	/**
	 * Return the statement that tells the condition of a check, or no row.
	 * @param relation the relation
	 * @param name the constraint
	 */
	public static SqlStatement conditionOfCheck(Relation relation, String name) {
		return new SqlText()
			.add("SELECT pg_catalog.pg_get_expr(conbin, conrelid) FROM pg_catalog.pg_constraint "
					+ "WHERE contype = 'c' AND conrelid = ")
			.value(Long.toString(relation.oid()), "oid")
			.add(" AND conname = ")
			.value(name, "name")
			.toStatement();
	}

	/**
	 * Return the statement that rejects the rows that break a check.
	 * @param name the constraint
	 * @param columns the columns that it is about
	 * @param condition the condition, as PostgreSQL prints it
	 * @param part the rows to look at
	 */
	public SqlStatement check(String name, List<StagedColumn> columns, String condition, Staging.Part part) {
		String message = "new row for relation \"%s\" violates check constraint \"%s\""
			.formatted(relation().name().name(), name);
		return statement(REJECT + "SELECT \"oriel line\", false, '23514', " + StagedRows.literal(message)
				+ ", NULL, NULL, NULL, " + StagedRows.literal(name) + ", " + table() + " FROM " + values(columns, part)
				+ " AS " + Identifiers.quote(relation().name().name()) + " WHERE NOT (" + condition + ")");
	}

	/**
	 * Return the rows that are not rejected, with the values of some columns by their
	 * names.
	 */
	private static String values(List<StagedColumn> columns, Staging.Part part) {
		return "(SELECT s.line AS \"oriel line\", " + columns.stream()
			.map((column) -> column.stored() + " AS " + column.name())
			.collect(Collectors.joining(", ")) + " FROM " + Staging.rows(part, true, columns) + " OFFSET 0)";
	}

	/**
	 * Return the statement that rejects the rows which point at a row that is not there.
	 * @param key the foreign key
	 * @param columns its columns
	 * @param referenced the columns that are pointed at, where that is in the same
	 * relation and the file gives them, so that one of its rows can be meant; else
	 * {@code null}
	 */
	public SqlStatement foreignKey(ForeignKey key, List<StagedColumn> columns,
			@Nullable List<StagedColumn> referenced) {
		String message = "insert or update on table \"%s\" violates foreign key constraint \"%s\""
			.formatted(relation().name().name(), key.name());
		String detail = "pg_catalog.format("
				+ StagedRows.literal("Key (" + String.join(", ", key.columns()).replace("%", "%%")
						+ ")=(%s) is not present in table \"" + key.target().name().replace("%", "%%") + "\".")
				+ ", " + texts(columns, "k") + ")";
		StringBuilder sql = new StringBuilder(REJECT + "SELECT k.\"oriel line\", false, '23503', "
				+ StagedRows.literal(message) + ", " + detail + ", NULL, NULL, " + StagedRows.literal(key.name()) + ", "
				+ table() + " FROM " + values(columns, Staging.Part.ALL) + " k WHERE ");
		sql.append(present(columns, "k"));
		sql.append(" AND NOT EXISTS (SELECT FROM " + Identifiers.quote(key.target()) + " o WHERE ");
		sql.append(equal(columns, "k", key.targetColumns(), "o") + ")");
		if (referenced != null) {
			sql.append(" AND NOT EXISTS (SELECT FROM " + values(referenced, Staging.Part.ALL) + " o WHERE ");
			sql.append(equal(columns, "k", key.targetColumns(), "o") + ")");
		}
		return statement(sql.toString());
	}

	/**
	 * Return the statement that tells whether a relation can be looked at as a whole, to
	 * find out what rows point at.
	 * @param key the foreign key
	 */
	public static SqlStatement isWhole(ForeignKey key) {
		SqlText sql = new SqlText()
			.add("SELECT pg_catalog.has_table_privilege(c.oid, 'SELECT') "
					+ "AND NOT pg_catalog.row_security_active(c.oid) AND k.confmatchtype = 's' "
					+ "FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.confrelid "
					+ "WHERE k.contype = 'f' AND k.conname = ")
			.value(key.name(), "name");
		sql.add(" AND k.conrelid = pg_catalog.to_regclass(").value(Identifiers.quote(key.source()), "text");
		return sql.add(")").toStatement();
	}

	/**
	 * Return the statement that rejects each row whose values in some columns are those
	 * of a row before it in the file.
	 * @param columns the columns
	 * @param rule the constraint that keeps it from being so, or {@code null}
	 * @param part the rows that can still be rejected
	 */
	public SqlStatement repeated(List<StagedColumn> columns, @Nullable String rule, Staging.Part part) {
		List<String> names = columns.stream().map((column) -> column.column().name()).toList();
		String detail = "pg_catalog.format("
				+ StagedRows
					.literal("Key (" + String.join(", ", names).replace("%", "%%") + ")=(%s) is that of line %s.")
				+ ", " + texts(columns, "f") + ", f.\"oriel first\")";
		String key = columns.stream().map((column) -> "k." + column.name()).collect(Collectors.joining(", "));
		String reason = ", true, '23505', 'The file has a row with the same key before', " + detail
				+ ", 'Leave one of the two out, or correct its key', " + only(columns) + ", "
				+ ((rule != null) ? StagedRows.literal(rule) : "NULL") + ", " + table();
		// Of two rows the second is known without another look at all of them, which
		// PostgreSQL takes only where EXISTS says that there are more than two.
		return statement(REJECT + "WITH f AS (SELECT " + key + ", min(k.\"oriel line\") AS \"oriel first\", "
				+ "max(k.\"oriel line\") AS \"oriel line\", count(*) AS \"oriel count\" FROM "
				+ values(columns, Staging.Part.ALL) + " k WHERE " + present(columns, "k") + " GROUP BY " + key
				+ " HAVING count(*) > 1) SELECT f.\"oriel line\"" + reason + " FROM f WHERE f.\"oriel count\" = 2 "
				+ within("f", part) + " UNION ALL SELECT d.\"oriel line\"" + reason + " FROM "
				+ values(columns, Staging.Part.ALL) + " d JOIN f ON " + equal(columns, "d", names, "f")
				+ " WHERE EXISTS (SELECT FROM f WHERE f.\"oriel count\" > 2) AND f.\"oriel count\" > 2 "
				+ "AND d.\"oriel line\" > f.\"oriel first\" " + within("d", part));
	}

	/**
	 * Return the statement that rejects the rows whose values in some columns are those
	 * of a row that is there.
	 * @param columns the columns
	 * @param rule the constraint that keeps it from being so
	 * @param part the rows that can still be rejected
	 */
	public SqlStatement taken(List<StagedColumn> columns, String rule, Staging.Part part) {
		List<String> names = columns.stream().map((column) -> column.column().name()).toList();
		String message = "duplicate key value violates unique constraint \"%s\"".formatted(rule);
		String detail = "pg_catalog.format("
				+ StagedRows.literal("Key (" + String.join(", ", names).replace("%", "%%") + ")=(%s) already exists.")
				+ ", " + texts(columns, "k") + ")";
		return statement(REJECT + "SELECT k.\"oriel line\", false, '23505', " + StagedRows.literal(message) + ", "
				+ detail + ", NULL, NULL, " + StagedRows.literal(rule) + ", " + table() + " FROM "
				+ values(columns, part) + " k WHERE " + present(columns, "k") + " AND EXISTS (SELECT FROM "
				+ this.rows.table() + " o WHERE " + equal(columns, "k", names, "o") + ")");
	}

	/**
	 * Return the statement that rejects the rows whose key none of the rows has that may
	 * be changed.
	 */
	public SqlStatement unknown() {
		SqlText sql = new SqlText();
		sql.add(REJECT + "SELECT s.line, true, 'P0002', 'There is no row with this key', pg_catalog.format("
				+ StagedRows.literal("Key (" + keyNames().replace("%", "%%") + ")=(%s)") + ", " + keyTexts()
				+ "), NULL, " + only(keyColumns()) + ", NULL, " + table() + " FROM "
				+ Staging.rows(Staging.Part.ALL, true, keyColumns()) + " WHERE NOT EXISTS (SELECT FROM "
				+ this.rows.table() + " AS " + Expressions.ROW + " WHERE " + this.rows.same(Expressions.ROW));
		if (!this.rows.scope().rows().equals(Filter.NONE)) {
			sql.add(" AND ");
			this.rows.writeCondition(sql);
		}
		return sql.add(")").toStatement();
	}

	/**
	 * Return the statement that rejects the rows whose key several rows have.
	 */
	public SqlStatement ambiguous() {
		return statement(REJECT + "SELECT s.line, true, '21000', 'The key is that of several rows', pg_catalog.format("
				+ StagedRows.literal("Key (" + keyNames().replace("%", "%%") + ")=(%s)") + ", " + keyTexts()
				+ "), NULL, " + only(keyColumns()) + ", NULL, " + table() + " FROM "
				+ Staging.rows(Staging.Part.ALL, true, keyColumns()) + " WHERE (SELECT count(*) FROM (SELECT FROM "
				+ this.rows.table() + " o WHERE " + this.rows.same("o") + " LIMIT 2) two) > 1");
	}

	/**
	 * Return the statement that rejects the rows whose key is that of a row which is
	 * outside of the rules on rows.
	 * @param message what is said of it
	 */
	public SqlStatement outside(String message) {
		SqlText sql = new SqlText();
		sql.add(REJECT + "SELECT s.line, true, '42501', " + StagedRows.literal(message)
				+ ", NULL, NULL, NULL, NULL, NULL, NULL FROM " + Staging.rows(Staging.Part.ALL, true, keyColumns())
				+ " WHERE EXISTS (SELECT FROM " + this.rows.table() + " AS " + Expressions.ROW + " WHERE "
				+ this.rows.same(Expressions.ROW) + " AND (");
		this.rows.writeCondition(sql);
		return sql.add(") IS NOT TRUE)").toStatement();
	}

	private Relation relation() {
		return this.rows.scope().relation();
	}

	private String table() {
		return StagedRows.literal(relation().name().schema()) + ", " + StagedRows.literal(relation().name().name());
	}

	private List<StagedColumn> keyColumns() {
		Set<String> names = this.rows.key().stream().map(Column::name).collect(Collectors.toUnmodifiableSet());
		return this.rows.columns().stream().filter((column) -> names.contains(column.column().name())).toList();
	}

	private String keyNames() {
		return keyColumns().stream().map((column) -> column.column().name()).collect(Collectors.joining(", "));
	}

	private String keyTexts() {
		return "pg_catalog.concat_ws(', ', " + keyColumns().stream()
			.map((column) -> "coalesce(" + column.stored() + "::text, 'null')")
			.collect(Collectors.joining(", ")) + ")";
	}

	private static String only(List<StagedColumn> columns) {
		return (columns.size() == 1) ? StagedRows.literal(columns.get(0).column().name()) : "NULL";
	}

	private static String texts(List<StagedColumn> columns, String alias) {
		return "pg_catalog.concat_ws(', ', " + columns.stream()
			.map((column) -> alias + "." + column.name() + "::text")
			.collect(Collectors.joining(", ")) + ")";
	}

	private static String present(List<StagedColumn> columns, String alias) {
		return columns.stream()
			.map((column) -> alias + "." + column.name() + " IS NOT NULL")
			.collect(Collectors.joining(" AND "));
	}

	private static String equal(List<StagedColumn> columns, String alias, List<String> others, String other) {
		StringBuilder sql = new StringBuilder();
		for (int i = 0; i < columns.size(); i++) {
			sql.append((i > 0) ? " AND " : "");
			sql.append(other + "." + Identifiers.quote(others.get(i)) + " = " + alias + "." + columns.get(i).name());
		}
		return sql.toString();
	}

	private static String within(String alias, Staging.Part part) {
		return part.equals(Staging.Part.ALL) ? "" : "AND " + alias + ".\"oriel line\" IN (SELECT s.line FROM "
				+ Staging.TABLE + " s WHERE " + part.condition() + ")";
	}

	private static SqlStatement statement(String sql) {
		return new SqlStatement(sql, List.of());
	}

}
