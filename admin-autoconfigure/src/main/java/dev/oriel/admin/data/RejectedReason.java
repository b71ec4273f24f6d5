package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.oriel.admin.schema.Column;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Why a row was rejected while many were written.
 *
 * @param own whether it is said as it may be told, and not by PostgreSQL
 * @param code the SQLSTATE
 * @param message what is wrong
 * @param detail the values it is about, or {@code null}
 * @param hint what to do, or {@code null}
 * @param column the column it is about, or {@code null}
 * @param rule the constraint that is violated, or {@code null}
 * @param schema the schema of the relation that the constraint or column belongs to, or
 * {@code null}
 * @param table the relation, or {@code null}
 * @since 0.1.0
 */
public record RejectedReason(boolean own, String code, String message, @Nullable String detail, @Nullable String hint,
		@Nullable String column, @Nullable String rule, @Nullable String schema, @Nullable String table) {

	private static final int BAD_REQUEST = 400;

	/**
	 * Return what the server has said.
	 */
	static RejectedReason of(String state, String message, @Nullable ServerErrorMessage server) {
		if (server == null) {
			return new RejectedReason(false, state, message, null, null, null, null, null, null);
		}
		return new RejectedReason(false, state, String.valueOf(server.getMessage()), server.getDetail(),
				server.getHint(), server.getColumn(), server.getConstraint(), server.getSchema(), server.getTable());
	}

	/**
	 * Return a reason that may be told as it is.
	 */
	static RejectedReason of(Problem problem) {
		return new RejectedReason(true, problem.code(), problem.message(), problem.details(), problem.hint(),
				problem.column(), null, null, null);
	}

	/**
	 * Return what may be told of it.
	 * @param target the relation that the row was for
	 */
	public Problem problem(BulkTarget target) {
		if (this.own) {
			return new Problem(BAD_REQUEST, this.code, this.message, this.detail, this.hint, this.column);
		}
		Problem problem = SqlProblems.of(new PSQLException(server()), target.target());
		if (problem.column() == null && this.column != null && this.rule == null) {
			problem = new Problem(problem.status(), problem.code(), problem.message(), problem.details(),
					problem.hint(), this.column);
		}
		Violation violation = problem.violation();
		if (violation != null && this.table != null) {
			return problem.explained(violation.demand(problem.column()), null);
		}
		Column about = (problem.column() != null) ? target.relation().column(problem.column()) : null;
		return (about != null) ? problem.explained(TypeRule.demand(about), null) : problem;
	}

	/**
	 * Return the message that the server would have sent, as the protocol writes it.
	 */
	private ServerErrorMessage server() {
		List<@Nullable String> fields = new ArrayList<>(
				List.of("SERROR", "VERROR", "C" + this.code, "M" + this.message));
		add(fields, 'D', this.detail);
		add(fields, 'H', this.hint);
		add(fields, 's', this.schema);
		add(fields, 't', this.table);
		add(fields, 'c', this.column);
		add(fields, 'n', this.rule);
		return new ServerErrorMessage(fields.stream().map(String::valueOf).collect(Collectors.joining("\0", "", "\0")));
	}

	private static void add(List<@Nullable String> fields, char name, @Nullable String value) {
		if (value != null) {
			fields.add(name + value);
		}
	}

}
