package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.sql.KeyedStatements;
import dev.oriel.admin.sql.SqlStatement;

import org.jspecify.annotations.Nullable;

/**
 * Cuts circles of rows that need each other: one of them is inserted without pointing at
 * the next, which it does later, or points at the key that the next one is going to get
 * where PostgreSQL can be told to check that later.
 */
final class KeyCycles {

	private final RowStatements statements;

	/** What is done with rows once they are there. */
	private final Map<RowTask, RowTask> later = new LinkedHashMap<>();

	private final Map<ForeignKey, RowTask> deferred = new LinkedHashMap<>();

	KeyCycles(RowStatements statements) {
		this.statements = statements;
	}

	/**
	 * Whether something waits for its row to be inserted.
	 */
	boolean holds(RowTask task) {
		return this.later.containsKey(task);
	}

	/**
	 * Go on with rows that are there now.
	 */
	void resume() {
		this.later.entrySet().removeIf((entry) -> {
			boolean there = entry.getValue().is(RowState.DONE);
			if (there) {
				entry.getKey().found(entry.getValue().texts());
			}
			return there;
		});
	}

	/**
	 * Let rows wait for less than before, as many as it takes to end each circle, and
	 * return what is to be done later instead.
	 * @param open the rows that wait for each other
	 * @throws ProblemException when no key allows it
	 */
	List<RowTask> cut(List<RowTask> open) throws SQLException {
		List<Edge> edges = open.stream().flatMap(KeyCycles::edges).toList();
		List<RowTask> changes = new ArrayList<>();
		for (Edge edge : edges) {
			if (edge.task().is(RowState.ABSENT) && edge.isPostponable() && edge.isCircular()) {
				changes.add(postpone(edge.task(), edge.dependency()));
			}
		}
		boolean cut = !changes.isEmpty();
		for (Edge edge : cut ? List.<Edge>of() : edges) {
			cut |= edge.dependency().key().enforcement().deferrable() && edge.isCircular() && defer(edge);
		}
		if (!cut) {
			List<Edge> circular = edges.stream().filter(Edge::isCircular).toList();
			throw unbreakable(circular.isEmpty() ? edges : circular);
		}
		return changes;
	}

	private static Stream<Edge> edges(RowTask task) {
		return task.pending().stream().map((dependency) -> new Edge(task, dependency));
	}

	private RowTask postpone(RowTask task, RowDependency dependency) {
		RowTask change = new RowTask(task.target(), task.path(), ExpectedVersions.NONE, List.of(), false);
		for (String column : Unlinking.columns(dependency.key(), task.target())) {
			String given = task.values().put(column, "null");
			if (given != null) {
				change.values().put(column, given);
			}
		}
		task.dependencies().remove(dependency);
		RowDependency.Kind kind = (dependency.kind() == RowDependency.Kind.BACK) ? RowDependency.Kind.NESTED
				: dependency.kind();
		change.dependencies().add(new RowDependency(dependency.key(), dependency.source(), kind));
		this.later.put(change, task);
		return change;
	}

	private boolean defer(Edge edge) throws SQLException {
		RowDependency dependency = edge.dependency();
		boolean given = dependency.kind() == RowDependency.Kind.GIVEN;
		if (!given && !reserve(dependency.source(), dependency.key().targetColumns())) {
			return false;
		}
		if (!dependency.key().enforcement().deferred()
				&& this.deferred.putIfAbsent(dependency.key(), edge.task()) == null) {
			this.statements.execute(edge.task(), KeyedStatements.constraint(dependency.key(), true));
		}
		if (given) {
			edge.task().applied(dependency);
		}
		return true;
	}

	/**
	 * Find out before a row is inserted what some of its columns are going to be.
	 */
	private boolean reserve(RowTask source, List<String> columns) throws SQLException {
		if (!source.is(RowState.ABSENT)) {
			return false;
		}
		Map<String, String> texts = new LinkedHashMap<>();
		for (String name : columns) {
			String text = source.propagated().get(name);
			SqlStatement statement = (text == null) ? statement(source, name) : null;
			if (statement != null) {
				text = this.statements.value(source, name, statement);
			}
			if (text == null) {
				return false;
			}
			texts.put(name, text);
		}
		source.reserved().putAll(texts);
		return true;
	}

	private static @Nullable SqlStatement statement(RowTask source, String name) {
		Column column = source.target().relation().column(name);
		boolean points = source.pending().stream().anyMatch((dependency) -> dependency.key().columns().contains(name));
		String given = source.given(name);
		if (given != null && !points) {
			return KeyedStatements.text(column, RowJson.of(source, List.of(name)));
		}
		return points ? null : KeyedStatements.reserve(source.target().scope(), column);
	}

	/**
	 * Have PostgreSQL check now what it was told to check later, while it can still be
	 * told which row it is about.
	 */
	void check() throws SQLException {
		for (Map.Entry<ForeignKey, RowTask> entry : this.deferred.entrySet()) {
			this.statements.execute(entry.getValue(), KeyedStatements.constraint(entry.getKey(), false));
		}
	}

	private static ProblemException unbreakable(List<Edge> edges) {
		List<String> needs = new ArrayList<>();
		for (Edge edge : edges) {
			String need = "'%s' needs '%s' by %s".formatted(edge.task(), edge.dependency().source(),
					String.join(", ", edge.dependency().key().columns()));
			if (!needs.contains(need)) {
				needs.add(need);
			}
		}
		return FamilyProblems.invalid(edges.get(0).task().path(), "The rows need each other, so none can be the first",
				String.join("; ", needs) + ".",
				"One of the keys would have to be nullable or deferrable, or one of the rows be there already.");
	}

	/**
	 * A row that waits for another one.
	 */
	private record Edge(RowTask task, RowDependency dependency) {

		/**
		 * Whether the other row waits for this one too.
		 */
		boolean isCircular() {
			Set<RowTask> seen = Collections.newSetFromMap(new IdentityHashMap<>());
			List<RowTask> next = new ArrayList<>();
			if (!this.dependency.isSettled()) {
				next.add(this.dependency.source());
			}
			while (!next.isEmpty()) {
				RowTask each = next.remove(next.size() - 1);
				if (each == this.task) {
					return true;
				}
				if (seen.add(each)) {
					// What is known already, nothing waits for any more.
					each.pending()
						.stream()
						.filter((other) -> !other.isSettled())
						.forEach((other) -> next.add(other.source()));
				}
			}
			return false;
		}

		boolean isPostponable() {
			Target target = this.task.target();
			List<String> columns = Unlinking.columns(this.dependency.key(), target);
			return !columns.isEmpty() && !target.scope().key().isEmpty()
					&& target.access().updatable().containsAll(columns)
					&& target.access().insertable().containsAll(columns);
		}

	}

}
