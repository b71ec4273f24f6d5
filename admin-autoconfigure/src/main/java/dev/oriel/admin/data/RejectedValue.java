package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.sql.WriteStatements;

import org.jspecify.annotations.Nullable;

/**
 * Finds the member of a row that PostgreSQL did not accept. Its own message tells the
 * value but not the column, so each member is tried by itself.
 */
final class RejectedValue {

	private static final Pattern LENGTH = Pattern.compile("character(?: varying)?\\((\\d+)\\)");

	private final Database database;

	RejectedValue(Database database) {
		this.database = database;
	}

	Problem locate(Problem problem, @Nullable WriteBody body, List<Column> columns) {
		boolean aboutValue = problem.code().startsWith("22") || problem.code().equals("23514");
		if (problem.column() != null || !aboutValue || body == null || body.single() == null) {
			return problem;
		}
		for (Column column : columns) {
			if (isRejected(problem, column, body.single())) {
				return new Problem(problem.status(), problem.code(), problem.message(), problem.details(),
						problem.hint(), column.name());
			}
		}
		return problem;
	}

	private boolean isRejected(Problem problem, Column column, String body) {
		try {
			Integer length = this.database.read((connection) -> Database.query(connection,
					WriteStatements.probe(column, body), (rows) -> rows.next() ? rows.getInt(2) : null));
			return problem.code().equals("22001") && length != null && length > maxLength(column);
		}
		catch (SQLException ex) {
			return problem.code().equals(ex.getSQLState());
		}
	}

	/**
	 * Return how many characters a column holds at most.
	 */
	private static int maxLength(Column column) {
		Matcher matcher = LENGTH.matcher(column.declaredType());
		return matcher.matches() ? Integer.parseInt(matcher.group(1)) : Integer.MAX_VALUE;
	}

}
