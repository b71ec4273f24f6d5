package dev.oriel.admin.sql;

import java.util.Collections;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * One statement, ready to run. Arguments are texts for PostgreSQL's own input functions:
 * they are to be bound without a type, so that the statement decides it.
 *
 * @param sql the statement with a question mark for each argument
 * @param args the arguments in their order
 * @param planning when it is to be planned
 * @since 0.1.0
 */
public record SqlStatement(String sql, List<@Nullable String> args, Planning planning) {

	public SqlStatement {
		args = Collections.unmodifiableList(new ArrayList<>(args));
	}

	/**
	 * Create a statement that is planned with each execution.
	 * @param sql the statement with a question mark for each argument
	 * @param args the arguments in their order
	 */
	public SqlStatement(String sql, List<@Nullable String> args) {
		this(sql, args, Planning.EACH_TIME);
	}

	/**
	 * Return the same statement with other arguments.
	 */
	SqlStatement with(UnaryOperator<@Nullable String> arguments) {
		List<@Nullable String> all = new ArrayList<>(this.args.size());
		for (String arg : this.args) {
			all.add(arguments.apply(arg));
		}
		return new SqlStatement(this.sql, all, this.planning);
	}

	SqlStatement planned(Planning planning) {
		return new SqlStatement(this.sql, this.args, planning);
	}

}
