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

import dev.oriel.admin.data.RowTask.Flow;
import dev.oriel.admin.data.RowTask.State;
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
			boolean there = entry.getValue().is(State.DONE);
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
			if (edge.task().is(State.ABSENT) && edge.isPostponable() && edge.isCircular()) {
				changes.add(postpone(edge.task(), edge.flow()));
			}
		}
		boolean cut = !changes.isEmpty();
		for (Edge edge : cut ? List.<Edge>of() : edges) {
			cut |= edge.flow().key().enforcement().deferrable() && edge.isCircular() && defer(edge);
		}
		if (!cut) {
			List<Edge> circular = edges.stream().filter(Edge::isCircular).toList();
			throw unbreakable(circular.isEmpty() ? edges : circular);
		}
		return changes;
	}

	private static Stream<Edge> edges(RowTask task) {
		return task.pending().stream().map((flow) -> new Edge(task, flow));
	}

	private RowTask postpone(RowTask task, Flow flow) {
		RowTask change = new RowTask(task.target(), task.path(), Set.of(), List.of(), false);
		for (String column : FamilyPlan.clearable(flow.key(), task.target())) {
			String given = task.values().put(column, "null");
			if (given != null) {
				change.values().put(column, given);
			}
		}
		task.flows().remove(flow);
		Flow.Kind kind = (flow.kind() == Flow.Kind.BACK) ? Flow.Kind.NESTED : flow.kind();
		change.flows().add(new Flow(flow.key(), flow.source(), kind));
		this.later.put(change, task);
		return change;
	}

	private boolean defer(Edge edge) throws SQLException {
		Flow flow = edge.flow();
		boolean given = flow.kind() == Flow.Kind.GIVEN;
		if (!given && !reserve(flow.source(), flow.key().targetColumns())) {
			return false;
		}
		if (!flow.key().enforcement().deferred() && this.deferred.putIfAbsent(flow.key(), edge.task()) == null) {
			this.statements.execute(edge.task(), KeyedStatements.constraint(flow.key(), true));
		}
		if (given) {
			edge.task().applied(flow);
		}
		return true;
	}

	/**
	 * Find out before a row is inserted what some of its columns are going to be.
	 */
	private boolean reserve(RowTask source, List<String> columns) throws SQLException {
		if (!source.is(State.ABSENT)) {
			return false;
		}
		Map<String, String> texts = new LinkedHashMap<>();
		for (String name : columns) {
			String text = source.flowed().get(name);
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
		boolean points = source.pending().stream().anyMatch((flow) -> flow.key().columns().contains(name));
		String given = source.given(name);
		if (given != null && !points) {
			return KeyedStatements.text(column, source.json(List.of(name)));
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
			String need = "'%s' needs '%s' by %s".formatted(edge.task(), edge.flow().source(),
					String.join(", ", edge.flow().key().columns()));
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
	private record Edge(RowTask task, Flow flow) {

		/**
		 * Whether the other row waits for this one too.
		 */
		boolean isCircular() {
			Set<RowTask> seen = Collections.newSetFromMap(new IdentityHashMap<>());
			List<RowTask> next = new ArrayList<>();
			if (!this.flow.isSettled()) {
				next.add(this.flow.source());
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
			List<String> columns = FamilyPlan.clearable(this.flow.key(), target);
			return !columns.isEmpty() && !target.scope().key().isEmpty()
					&& target.access().updatable().containsAll(columns)
					&& target.access().insertable().containsAll(columns);
		}

	}

}
