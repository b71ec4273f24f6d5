package dev.oriel.admin.sql;

import dev.oriel.admin.query.Query;

/**
 * The statements that call functions whose results are no rows with known columns. Those
 * that give such rows are read by {@link ReadStatements}, with the call in the scope.
 *
 * @since 0.1.0
 */
public final class CallStatements {

	private CallStatements() {
	}

	/**
	 * Return the statement that calls a function for its values.
	 * @param call the call
	 * @param page which of the values, for functions that give several
	 * @param format what is made of each value
	 */
	public static SqlStatement values(FunctionCall call, Query page, RowFormat format) {
		SqlText sql = new SqlText().add("SELECT " + format.ofValue("p.v") + " FROM (SELECT ");
		call.writeValue(sql);
		Paging.write(page, sql);
		return sql.add(") p").toStatement();
	}

	/**
	 * Return the statement that counts the values of a function, its only value.
	 * @param call the call
	 */
	public static SqlStatement count(FunctionCall call) {
		SqlText sql = new SqlText().add("SELECT count(*) FROM (SELECT ");
		call.writeValue(sql);
		return sql.add(") p").toStatement();
	}

	/**
	 * Return the statement that calls a function for what it does.
	 * @param call the call
	 */
	public static SqlStatement effect(FunctionCall call) {
		SqlText sql = new SqlText().add("SELECT p.v::text FROM (SELECT ");
		call.writeValue(sql);
		return sql.add(") p").toStatement();
	}

}
