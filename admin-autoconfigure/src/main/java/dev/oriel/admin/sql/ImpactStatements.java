package dev.oriel.admin.sql;

import dev.oriel.admin.query.Query;

/**
 * The statements that look for what a transaction has changed so far. They use the marks
 * that PostgreSQL leaves on every version of a row: the transaction that made it
 * ({@code xmin}) and the one that deleted, replaced or locked it ({@code xmax}).
 *
 * @since 0.1.0
 */
public final class ImpactStatements {

	private ImpactStatements() {
	}

	/**
	 * Return the statement that tells the number of the current transaction, NULL if it
	 * has changed nothing, and whether changes are counted at all.
	 */
	public static SqlStatement transaction() {
		return new SqlText()
			.add("SELECT CAST(CAST(pg_current_xact_id_if_assigned() AS xid) AS text), "
					+ "current_setting('track_counts') = 'on'")
			.toStatement();
	}

	/**
	 * Return the statement that tells of each table how many rows the current transaction
	 * has inserted, updated and deleted so far, cascades and triggers included. Its
	 * columns are the table's OID and the three numbers. They may begin above zero.
	 */
	public static SqlStatement counters() {
		return new SqlText()
			.add("SELECT oid, i, u, d FROM (SELECT oid, pg_stat_get_xact_tuples_inserted(oid) AS i, "
					+ "pg_stat_get_xact_tuples_updated(oid) AS u, pg_stat_get_xact_tuples_deleted(oid) AS d "
					+ "FROM pg_class WHERE relkind = 'r') c WHERE i + u + d > 0")
			.toStatement();
	}

	/**
	 * Return the statement for rows that the transaction itself sees as its own work, in
	 * the columns of {@link ReadStatements#rows}, with their versions.
	 * @param scope what may be read
	 * @param transaction the number of the transaction
	 * @param limit how many rows at most
	 */
	public static SqlStatement after(Scope scope, String transaction, long limit) {
		return marked(scope, "xmin", transaction, limit);
	}

	/**
	 * Return the statement for rows that others still see, although the transaction may
	 * have deleted or replaced them; or only locked them.
	 * @param scope what may be read
	 * @param transaction the number of the transaction
	 * @param limit how many rows at most
	 */
	public static SqlStatement before(Scope scope, String transaction, long limit) {
		return marked(scope, "xmax", transaction, limit);
	}

	private static SqlStatement marked(Scope scope, String mark, String transaction, long limit) {
		Level level = Level.root(scope, Query.ALL);
		RowShape shape = new RowShape(level, Returned.json(VersionMode.SEPARATE), false);
		SqlText sql = new SqlText();
		shape.writeOuter(sql);
		sql.add(" FROM (SELECT ");
		shape.writeInner(sql);
		boolean conditional = ReadStatements.writeFrom(level, () -> {
		}, sql);
		// Parts of a transaction have numbers of their own, which are higher.
		sql.add(conditional ? " AND " : " WHERE ")
			.add("age(" + Expressions.ROW + "." + mark + ") <= age(")
			.value(transaction, "xid")
			.add(") LIMIT ")
			.value(Long.toString(limit), "int8")
			.add(") p");
		shape.writeAnswer(sql);
		return sql.toStatement();
	}

}
