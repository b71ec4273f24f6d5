package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.sql.KeyedStatements;
import dev.oriel.admin.sql.SqlStatement;

import org.jspecify.annotations.Nullable;

/**
 * Writes rows of one relation by one operation, with the hooks around all of them.
 */
final class RowBatches {

	private final RowStatements statements;

	private final List<RowTask> tasks;

	private final Target target;

	private final HookedRows hooks;

	private final List<String> returned;

	/**
	 * @param statements runs the statements
	 * @param tasks the rows, at least one, all of one relation
	 * @param operation what is done with them
	 */
	RowBatches(RowStatements statements, List<RowTask> tasks, Operation operation) {
		this.statements = statements;
		this.tasks = tasks;
		this.target = tasks.get(0).target();
		this.hooks = new HookedRows(statements.transaction(), this.target, operation);
		this.returned = statements.needed(this.target);
	}

	/**
	 * Insert the rows, and learn the values that they got.
	 */
	void insert() throws SQLException {
		for (List<RowTask> alike : RowStatements.groups(this.tasks, RowTask::written)) {
			RowTask first = alike.get(0);
			FamilyProblems.at(first.path(), () -> {
				this.target.require(Operation.INSERT);
				return new WriteColumns(this.target).insertable(first.written()
					.stream()
					.filter((name) -> !first.reserved().containsKey(name) || first.given(name) != null)
					.toList());
			});
		}
		this.hooks.before(this.tasks);
		List<RowTask> run = new ArrayList<>();
		for (RowTask task : this.tasks) {
			if (!run.isEmpty() && !isAlike(run.get(0), task)) {
				this.statements.run(run, this::insertAlike, RowTask::written);
				run = new ArrayList<>();
			}
			run.add(task);
		}
		this.statements.run(run, this::insertAlike, RowTask::written);
		this.hooks.after(this.tasks);
	}

	private static boolean isAlike(RowTask first, RowTask task) {
		// A statement without columns inserts no more than one row.
		return !task.written().isEmpty() && first.written().equals(task.written())
				&& first.reserved().keySet().equals(task.reserved().keySet());
	}

	private boolean insertAlike(List<RowTask> alike) throws SQLException {
		RowTask first = alike.get(0);
		List<String> names = first.written();
		List<List<@Nullable String>> rows = this.statements
			.texts(KeyedStatements.insert(this.target.scope(), RowStatements.columns(this.target, names),
					RowStatements.array(alike, (task) -> RowJson.of(task, names)), !first.reserved().isEmpty(),
					this.returned, this.hooks.imageColumns()));
		if (rows.size() != alike.size()) {
			return false;
		}
		for (int i = 0; i < alike.size(); i++) {
			done(alike.get(i), rows.get(i), 0);
		}
		return true;
	}

	/**
	 * Change the rows, which are there.
	 */
	void update() throws SQLException {
		for (List<RowTask> alike : RowStatements.groups(this.tasks, RowTask::written)) {
			RowTask first = alike.get(0);
			FamilyProblems.at(first.path(), () -> {
				this.target.require(Operation.UPDATE);
				return new WriteColumns(this.target).updatable(first.written());
			});
		}
		this.hooks.before(this.tasks);
		for (List<RowTask> alike : RowStatements.groups(this.tasks, RowTask::written)) {
			if (alike.get(0).written().isEmpty()) {
				alike.forEach((task) -> task.done(Map.of()));
			}
			else {
				this.statements.run(alike, this::updateAlike, RowTask::written);
			}
		}
		this.hooks.after(this.tasks);
	}

	private boolean updateAlike(List<RowTask> alike) throws SQLException {
		RowTask first = alike.get(0);
		List<String> names = first.written();
		String version = version(alike);
		SqlStatement statement = KeyedStatements.update(this.target.scope(), identity(first),
				RowStatements.columns(this.target, names), version != null,
				RowStatements.array(alike, (task) -> RowJson.identified(task, names, version)), this.returned,
				this.hooks.imageColumns());
		Map<Integer, List<@Nullable String>> written = places(statement);
		if (!isComplete(alike, written.keySet())) {
			return false;
		}
		for (int i = 0; i < alike.size(); i++) {
			done(alike.get(i), Objects.requireNonNull(written.get(i + 1)), 1);
		}
		return true;
	}

	/**
	 * Delete the rows, which are there.
	 */
	void delete() throws SQLException {
		FamilyProblems.at(this.tasks.get(0).path(), () -> {
			this.target.require(Operation.DELETE);
			return this.target;
		});
		this.hooks.before(this.tasks);
		for (List<RowTask> alike : RowStatements.groups(this.tasks, RowTask::identity)) {
			this.statements.run(alike, this::deleteAlike, (task) -> List.of());
		}
		this.hooks.after(this.tasks);
	}

	private boolean deleteAlike(List<RowTask> alike) throws SQLException {
		String version = version(alike);
		SqlStatement statement = KeyedStatements.delete(this.target.scope(), identity(alike.get(0)), version != null,
				RowStatements.array(alike, (task) -> RowJson.identified(task, List.of(), version)));
		if (!isComplete(alike, places(statement).keySet())) {
			return false;
		}
		alike.forEach((task) -> task.done(Map.of()));
		return true;
	}

	private List<Column> identity(RowTask task) {
		return RowStatements.columns(this.target, task.identity());
	}

	/**
	 * Return the name of the member for versions, or {@code null} if no row has to keep
	 * its version.
	 */
	private @Nullable String version(List<RowTask> alike) {
		boolean versioned = alike.stream().anyMatch((task) -> task.version() != null);
		return versioned ? KeyedStatements.versionMember(this.target.scope()) : null;
	}

	private Map<Integer, List<@Nullable String>> places(SqlStatement statement) throws SQLException {
		Map<Integer, List<@Nullable String>> places = new HashMap<>();
		this.statements.texts(statement).forEach((row) -> places.put(Integer.valueOf(String.valueOf(row.get(0))), row));
		return places;
	}

	private boolean isComplete(List<RowTask> alike, Set<Integer> places) throws SQLException {
		for (int i = 0; i < alike.size(); i++) {
			if (!places.contains(i + 1) && alike.get(i).version() != null) {
				throw FamilyAnswer.stale(this.statements.connection(), alike.get(i));
			}
		}
		return places.size() == alike.size();
	}

	/**
	 * Take what a statement returns of a row that was written.
	 * @param first where it tells whether the row meets the rules, before everything else
	 */
	private void done(RowTask task, List<@Nullable String> row, int first) {
		if (!"t".equals(row.get(first))) {
			throw new ProblemException(FamilyProblems.at(task.path(), WriteChecks.outside(this.target)));
		}
		task.done(RowStatements.named(this.returned, row, first + 1));
		if (row.size() > first + 1 + this.returned.size()) {
			this.hooks.written(task, row.get(row.size() - 1));
		}
	}

}
