package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.sql.KeyedStatements;
import dev.oriel.admin.sql.SqlStatement;

import org.jspecify.annotations.Nullable;

/**
 * Finds out which rows of a family are there, as far as the caller may see them.
 */
final class RowLookups {

	private final RowStatements statements;

	RowLookups(RowStatements statements) {
		this.statements = statements;
	}

	/**
	 * Look rows up by the columns that they say.
	 * @throws ProblemException when a row is not there that has to be
	 */
	void find(List<RowTask> tasks) throws SQLException {
		for (List<RowTask> alike : RowStatements.groups(tasks, RowTask::lookup)) {
			this.statements.run(alike, this::findAlike, RowTask::lookup);
		}
	}

	private boolean findAlike(List<RowTask> tasks) throws SQLException {
		Target target = tasks.get(0).target();
		List<String> by = tasks.get(0).lookup();
		List<String> returned = this.statements.needed(target);
		SqlStatement statement = KeyedStatements.find(target.scope(), RowStatements.columns(target, by),
				RowStatements.array(tasks, (task) -> RowJson.of(task, by)), returned);
		Map<Integer, List<@Nullable String>> found = new HashMap<>();
		for (List<@Nullable String> row : this.statements.texts(statement)) {
			int place = Integer.parseInt(String.valueOf(row.get(0)));
			if (found.put(place, row) != null) {
				throw FamilyProblems.invalid(tasks.get(place - 1).path(), "The row is not named by a key",
						"There are several rows with these values of %s.".formatted(String.join(", ", by)), null);
			}
		}
		for (int i = 0; i < tasks.size(); i++) {
			settle(tasks.get(i), found.get(i + 1), returned);
		}
		return true;
	}

	private void settle(RowTask task, @Nullable List<@Nullable String> row, List<String> returned) throws SQLException {
		if (row != null) {
			task.found(RowStatements.named(returned, row, 2));
			String version = String.valueOf(row.get(1));
			if (!task.expects(version)) {
				throw FamilyAnswer.stale(this.statements.connection(), task);
			}
			task.holds(version);
			return;
		}
		if (task.isVersioned()) {
			throw new StaleRowException(null, task.path());
		}
		boolean drawn = RowStatements.columns(task.target(), task.lookup())
			.stream()
			.anyMatch((column) -> column.identity() == Column.Identity.ALWAYS);
		if (task.required() || drawn) {
			throw FamilyProblems.missing(task.path(), task.target(), RowJson.of(task, task.lookup()));
		}
		task.absent();
	}

	/**
	 * Return the texts of columns of rows that have some values.
	 * @param target the relation
	 * @param by the columns that have the values
	 * @param json the values, a JSON array of objects
	 * @param returned the columns
	 * @param limit how many rows at most
	 */
	List<Map<String, @Nullable String>> rows(Target target, List<String> by, String json, List<String> returned,
			long limit) throws SQLException {
		this.statements.transaction().at(WriteStep.of(target));
		return this.statements
			.texts(KeyedStatements.find(target.scope(), RowStatements.columns(target, by), json, returned, limit))
			.stream()
			.map((row) -> RowStatements.named(returned, row, 2))
			.toList();
	}

}
