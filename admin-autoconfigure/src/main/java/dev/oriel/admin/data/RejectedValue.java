package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.List;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.sql.BodyStatements;

import org.jspecify.annotations.Nullable;

/**
 * Finds the member of a body that PostgreSQL could not read as its column's type. Its own
 * message tells the value but neither row nor column, so rows are tried by halves, and
 * then each member of the first row that is refused.
 */
final class RejectedValue {

	private final Database database;

	RejectedValue(Database database) {
		this.database = database;
	}

	/**
	 * Return the problem with the place in the body that it is about, as far as that can
	 * be found.
	 */
	Problem locate(Problem problem, WriteBody body, List<Column> columns) {
		int before = 0;
		for (WriteBody.Run run : body.runs()) {
			List<Column> given = columns.stream().filter((column) -> run.names().contains(column.name())).toList();
			if (!given.isEmpty() && isRejected(problem, given, run.json())) {
				List<String> rows = RowTexts.elements(run.json());
				int row = first(problem, given, rows);
				return located(problem, given, rows.get(row), (body.single() != null) ? null : before + row);
			}
			before += run.size();
		}
		return problem;
	}

	/**
	 * Return the first of the rows that is refused; one of them is.
	 */
	private int first(Problem problem, List<Column> columns, List<String> rows) {
		int from = 0;
		int to = rows.size();
		while (to - from > 1) {
			int middle = (from + to) >>> 1;
			if (isRejected(problem, columns, array(rows.subList(from, middle)))) {
				to = middle;
			}
			else {
				from = middle;
			}
		}
		return from;
	}

	private Problem located(Problem problem, List<Column> columns, String row, @Nullable Integer number) {
		for (Column column : columns) {
			String name = column.name();
			String value = RowTexts.member(row, name);
			if (value != null && isRejected(problem, List.of(column), RowTexts.array(name, value))) {
				String rule = TypeRule.of(column);
				Violation violation = new Violation(List.of(name), rule, Violation.shown(value),
						(number != null) ? BodyPath.of(number, name) : null, null, null);
				String place = (number != null) ? "'%s' of row %d".formatted(name, number + 1) : "'%s'".formatted(name);
				return problem.with(name, violation).explained("The field %s takes %s.".formatted(place, rule), null);
			}
		}
		return (number == null) ? problem : problem.with(null, Violation.UNKNOWN.withPath(BodyPath.of(number)));
	}

	private boolean isRejected(Problem problem, List<Column> columns, String rows) {
		try {
			boolean tooLong = this.database
				.read((connection) -> Database.query(connection, BodyStatements.values(columns, rows), (result) -> {
					result.next();
					return result.getBoolean(1);
				}));
			return tooLong && (problem.code().equals("22001") || problem.code().equals("22026"));
		}
		catch (SQLException ex) {
			// The value is to blame if it alone fails like the whole body did.
			return problem.code().equals(ex.getSQLState());
		}
	}

	private static String array(List<String> rows) {
		return "[" + String.join(",", rows) + "]";
	}

}
