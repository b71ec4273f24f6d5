package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Relation;
import org.postgresql.util.ServerErrorMessage;
import tools.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

/**
 * Makes problems out of the errors of writes: which field, which rule, which value, and
 * which other row. Looks into the database once more for that, after the write was undone
 * and with the caller's own rights.
 */
final class WriteProblems {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final OtherRows otherRows;

	private final RejectedRow rejectedRow;

	private final RejectedValue rejectedValue;

	WriteProblems(Database database) {
		this.otherRows = new OtherRows(database);
		this.rejectedRow = new RejectedRow(database);
		this.rejectedValue = new RejectedValue(database);
	}

	/**
	 * Return the problem of a write that failed.
	 * @param ex what it failed with
	 * @param target what was written to
	 * @param body what was to be written, or {@code null}
	 * @param columns the columns that the body gives
	 */
	Problem of(SQLException ex, Target target, @Nullable WriteBody body, List<Column> columns) {
		Problem problem = SqlProblems.of(ex, target);
		ServerErrorMessage server = SqlProblems.server(ex);
		if (server == null) {
			return problem;
		}
		boolean ofType = problem.code().equals("23514") && server.getTable() == null;
		if (problem.code().startsWith("22") || ofType) {
			boolean locatable = problem.column() == null && body != null;
			return locatable ? this.rejectedValue.locate(problem, body, columns) : problem;
		}
		Violation violation = problem.violation();
		return (violation != null) ? complete(problem, violation, server, target, body, columns) : problem;
	}

	private Problem complete(Problem problem, Violation known, ServerErrorMessage server, Target target,
			@Nullable WriteBody body, List<Column> columns) {
		BrokenRule rule = BrokenRule.of(server, target);
		// What may not be told may not be looked for either.
		KeyDetail key = KeyDetail.of(problem.details());
		Violation violation = known;
		String column = problem.column();
		if (key != null && rule.relation() != null) {
			violation = withRows(violation.withValue(value(key)), rule, rule.relation(), key, target);
		}
		if (rule.referenced() && rule.foreignKey() != null && body != null
				&& body.names().containsAll(rule.foreignKey().targetColumns())) {
			List<String> changed = rule.foreignKey().targetColumns();
			violation = violation.withColumns(changed);
			column = (changed.size() == 1) ? changed.get(0) : null;
		}
		if (body != null) {
			violation = located(problem.code(), column, violation, rule, key, body, columns);
		}
		return problem.with(column, violation).explained(violation.demand(column), null);
	}

	private Violation located(String code, @Nullable String column, Violation violation, BrokenRule rule,
			@Nullable KeyDetail key, WriteBody body, List<Column> columns) {
		boolean single = body.single() != null;
		Integer row = single ? (Integer) 0
				: this.rejectedRow.find(code, rule, key, violation.row() != null, body, columns);
		if (row == null) {
			return violation;
		}
		String value = (violation.value() != null) ? violation.value() : value(body, row, violation.columns());
		return violation.withValue(Violation.shown(value))
			.withPath(single ? null : ((column != null) ? BodyPath.of(row, column) : BodyPath.of(row)));
	}

	/**
	 * Return the members of a row that a rule is about.
	 */
	private static @Nullable String value(WriteBody body, int row, List<String> columns) {
		int before = 0;
		for (WriteBody.Run run : body.runs()) {
			if (row < before + run.size()) {
				return RowTexts.members(RowTexts.elements(run.json()).get(row - before), columns);
			}
			before += run.size();
		}
		return null;
	}

	private Violation withRows(Violation violation, BrokenRule rule, Relation relation, KeyDetail key, Target target) {
		if (rule.referenced() && rule.foreignKey() != null) {
			return violation.withReferencing(this.otherRows.referencing(target, rule.foreignKey(), key));
		}
		return (rule.foreignKey() == null) ? violation.withRow(this.otherRows.holder(target, relation, key))
				: violation;
	}

	private static @Nullable String value(KeyDetail key) {
		if (key.values().isEmpty()) {
			return null;
		}
		if (key.columns().size() == 1) {
			return MAPPER.writeValueAsString(key.values().get(0));
		}
		Map<String, String> values = new LinkedHashMap<>();
		for (int i = 0; i < key.columns().size(); i++) {
			values.put(key.columns().get(i), key.values().get(i));
		}
		return MAPPER.writeValueAsString(values);
	}

}
