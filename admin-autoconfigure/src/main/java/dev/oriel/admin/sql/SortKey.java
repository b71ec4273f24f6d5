package dev.oriel.admin.sql;

import dev.oriel.admin.query.ColumnPath;
import dev.oriel.admin.query.OrderTerm;
import dev.oriel.admin.schema.DataType;

/**
 * One step of the order of a level's rows, with everything that PostgreSQL would assume
 * spelt out.
 *
 * @param level the level
 * @param column what to order by
 * @param embed the label of the to-one embed that it belongs to, or empty for the
 * relation itself
 * @param descending whether the greatest comes first
 * @param nullsFirst whether NULL comes first
 */
record SortKey(Level level, ColumnPath column, String embed, boolean descending, boolean nullsFirst) {

	private static final String BUILT_IN = "pg_catalog";

	static SortKey of(Level level, OrderTerm term) {
		boolean nullsFirst = (term.nullsFirst() != null) ? term.nullsFirst() : term.descending();
		return new SortKey(level, term.column(), (term.embed() != null) ? term.embed() : "", term.descending(),
				nullsFirst);
	}

	/**
	 * Return the step that puts the rows in the opposite order.
	 */
	SortKey reversed() {
		return new SortKey(this.level, this.column, this.embed, !this.descending, !this.nullsFirst);
	}

	/**
	 * Write the value that rows are ordered by.
	 */
	void writeValue(SqlText sql) {
		if (this.embed.isEmpty()) {
			this.level.expressions().write(this.column, sql);
		}
		else {
			this.level.embeddings().labelled(this.embed).writeValue(this.column, sql);
		}
	}

	/**
	 * Write the step as it stands after {@code ORDER BY}. What goes without saying is
	 * left out: PostgreSQL does not see that an index serves the order of a column
	 * without NULLs wherever these would come.
	 */
	void writeOrder(SqlText sql) {
		writeValue(sql);
		sql.add(this.descending ? " DESC" : "");
		if (this.nullsFirst != this.descending && mayBeNull()) {
			sql.add(this.nullsFirst ? " NULLS FIRST" : " NULLS LAST");
		}
	}

	/**
	 * Write a comparison of the value with another one.
	 */
	void writeComparison(String operator, String value, SqlText sql) {
		writeValue(sql);
		sql.add(" " + operator(operator) + " ").value(value, type());
	}

	/**
	 * Write whether the value is NULL. A row type whose fields are all NULL is not, as
	 * far as orders are concerned, which {@code IS NULL} sees differently.
	 */
	void writeIsNull(boolean isNull, SqlText sql) {
		writeValue(sql);
		sql.add(isNull ? " IS NOT DISTINCT FROM NULL" : " IS DISTINCT FROM NULL");
	}

	/**
	 * Return an operator of the type that the value has. Types of extensions bring their
	 * own, which are taken even where nobody's search path leads to them: any other would
	 * compare something else than the order does.
	 */
	String operator(String name) {
		boolean renamed = !name.equals("=") && this.column.path().isEmpty() && RecordValue.isHstore(dataType());
		// The usual names stand for other things there.
		return "OPERATOR(" + operators() + "." + (renamed ? "#" + name + "#" : name) + ")";
	}

	/**
	 * Return the schema of the operators, quoted.
	 */
	String operators() {
		if (this.column.path().isEmpty() && dataType() instanceof DataType.Base base) {
			for (String name : new String[] { base.name(), Identifiers.quote(base.name()) }) {
				if (base.sqlName().endsWith("." + name)) {
					return base.sqlName().substring(0, base.sqlName().length() - name.length() - 1);
				}
			}
		}
		return BUILT_IN;
	}

	String type() {
		return source().expressions().comparedType(this.column);
	}

	boolean mayBeNull() {
		boolean plain = this.embed.isEmpty() && this.column.path().isEmpty();
		return !plain || this.level.scope().column(this.column.column()).nullable();
	}

	private DataType dataType() {
		return source().scope().column(this.column.column()).type().unwrapped();
	}

	private Level source() {
		return this.embed.isEmpty() ? this.level : this.level.embeddings().labelled(this.embed).level();
	}

}
