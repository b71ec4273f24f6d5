package dev.oriel.admin.sql;

import java.util.Set;

/**
 * Asks for the plan of a statement.
 *
 * @param json whether the plan is JSON instead of text
 * @param options what else it tells
 * @since 0.1.0
 */
public record Explain(boolean json, Set<PlanOption> options) {

	public Explain {
		options = Set.copyOf(options);
	}

	/**
	 * Return the statement that tells the plan of another one, each row a line. With
	 * {@link PlanOption#ANALYZE}, the other one is carried out.
	 * @param statement the other one
	 */
	public SqlStatement of(SqlStatement statement) {
		StringBuilder sql = new StringBuilder("EXPLAIN (FORMAT ").append(this.json ? "JSON" : "TEXT");
		this.options.stream().sorted().forEach((option) -> sql.append(", ").append(option.name()));
		return new SqlStatement(sql.append(") ").append(statement.sql()).toString(), statement.args());
	}

}
