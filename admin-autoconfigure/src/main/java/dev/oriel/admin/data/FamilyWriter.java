package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.sql.KeyedStatements;

/**
 * Writes the rows of a family in an order in which each finds those that it points at,
 * with as few statements as that takes. In each round everything is done that waits for
 * nothing any more.
 */
final class FamilyWriter {

	private final RowStatements statements;

	private final RowLookups lookups;

	private final KeyCycles cycles;

	private final OtherChildren otherChildren;

	private final List<RowTask> open;

	private final List<ChildSet> sets;

	/** The sets that a row must not be added to before others are removed from them. */
	private final Map<RowTask, ChildSet> listed = new IdentityHashMap<>();

	private final Map<Named, RowTask> named = new HashMap<>();

	private FamilyWriter(FamilyPlan plan, RowStatements statements, long maxRows) {
		this.statements = statements;
		this.lookups = new RowLookups(statements);
		this.cycles = new KeyCycles(statements);
		this.otherChildren = new OtherChildren(plan, this.lookups, maxRows);
		this.open = new ArrayList<>(plan.tasks());
		this.sets = new ArrayList<>(plan.sets());
		this.sets.forEach((set) -> set.listed().forEach((task) -> this.listed.put(task, set)));
	}

	/**
	 * Write everything that a plan holds.
	 * @param transaction where it is written
	 * @param plan the plan
	 * @param maxRows how many rows may be removed from a list at most
	 * @throws ProblemException when something is refused; its column is the path of what
	 * it is about
	 */
	static void write(WriteTransaction transaction, FamilyPlan plan, long maxRows) throws SQLException {
		new FamilyWriter(plan, new RowStatements(transaction, plan.needed()), maxRows).write();
	}

	private void write() throws SQLException {
		while (!this.open.isEmpty() || !this.sets.isEmpty()) {
			boolean progress = settle() | lookUp() | removeOthers() | writeReady();
			this.open.removeIf((task) -> task.is(RowState.DONE));
			this.cycles.resume();
			if (!progress) {
				this.open.addAll(this.cycles.cut(this.open));
			}
		}
		this.cycles.check();
	}

	/**
	 * Give rows the values of those that they point at.
	 */
	private boolean settle() throws SQLException {
		boolean progress = false;
		for (RowTask task : this.open) {
			for (RowDependency dependency : task.pending()) {
				if (dependency.isSettled() && isApplicable(dependency, task)) {
					apply(dependency, task);
					task.applied(dependency);
					progress = true;
				}
			}
		}
		return progress;
	}

	private static boolean isApplicable(RowDependency dependency, RowTask task) {
		return switch (dependency.kind()) {
			case NESTED, GIVEN -> true;
			case BACK -> task.is(RowState.ABSENT);
			case MEMBER -> task.is(RowState.FOUND);
		};
	}

	private void apply(RowDependency dependency, RowTask task) throws SQLException {
		List<String> columns = dependency.key().columns();
		if (dependency.kind() == RowDependency.Kind.GIVEN) {
			return;
		}
		for (int i = 0; i < columns.size(); i++) {
			String column = columns.get(i);
			String text = dependency.source().text(dependency.key().targetColumns().get(i));
			if (text == null) {
				throw FamilyProblems.invalid(task.path(), "The row cannot be linked",
						"'%s' of the row to link is null.".formatted(dependency.key().targetColumns().get(i)), null);
			}
			if (dependency.kind() == RowDependency.Kind.MEMBER) {
				requireMember(task, column, text);
			}
			else {
				requireSame(task, column, text);
				task.values().remove(column);
				task.propagated().put(column, text);
			}
		}
	}

	private static void requireMember(RowTask task, String column, String text) {
		if (!text.equals(task.texts().get(column))) {
			throw FamilyProblems.missing(task.path(), task.target(), RowJson.of(task, task.lookup()));
		}
	}

	/**
	 * Refuse a value that is another one than the body's structure says.
	 */
	private void requireSame(RowTask task, String name, String text) throws SQLException {
		String given = task.given(name);
		String other = task.propagated().get(name);
		boolean same = other == null || other.equals(text);
		if (same && given != null && !FamilyParser.plain(given).equals(text)) {
			Column column = task.target().relation().column(name);
			String json = "{" + RowJson.quote(name) + ":" + given + "}";
			same = "f".equals(this.statements.value(task, name, KeyedStatements.differs(column, json, text)));
		}
		if (!same) {
			throw FamilyProblems.invalid(task.at(name), "The value contradicts the body",
					"By its place in the body the row has '%s' here.".formatted(text),
					"Leave the value out, or list the row where it belongs.");
		}
	}

	private boolean lookUp() throws SQLException {
		List<RowTask> lookups = new ArrayList<>();
		boolean progress = false;
		for (RowTask task : this.open) {
			if (!task.is(RowState.NEW) || this.cycles.holds(task)) {
				continue;
			}
			if (task.lookup().isEmpty()) {
				task.absent();
				progress = true;
			}
			else if (task.pending()
				.stream()
				.filter((dependency) -> dependency.kind() == RowDependency.Kind.NESTED)
				.noneMatch((dependency) -> dependency.key().columns().stream().anyMatch(task.lookup()::contains))) {
				lookups.add(task);
			}
		}
		this.lookups.find(lookups);
		lookups.stream().filter((task) -> task.is(RowState.FOUND)).forEach(this::requireOnce);
		return progress || !lookups.isEmpty();
	}

	/**
	 * Refuse to write a row twice, because it could not be told which of its values are
	 * meant. A parent may be repeated as it is, as answers do it.
	 */
	private void requireOnce(RowTask task) {
		boolean child = task.dependencies()
			.stream()
			.anyMatch((dependency) -> dependency.kind() == RowDependency.Kind.NESTED
					|| dependency.kind() == RowDependency.Kind.MEMBER);
		if (task.values().isEmpty() && !task.delete() && !child) {
			return;
		}
		RowTask first = this.named
			.putIfAbsent(new Named(task.target().relation().name(), task.identity(), task.identityTexts()), task);
		if (first == null) {
			return;
		}
		if (child || task.delete() || first.delete() || !first.values().equals(task.values())) {
			throw FamilyProblems.invalid(task.path(), "The row is there twice",
					"It is written at '%s' already.".formatted(first.path()), "Give each row once.");
		}
		task.values().clear();
	}

	private boolean removeOthers() throws SQLException {
		List<ChildSet> ready = this.sets.stream()
			.filter((set) -> set.parent().provides(set.key().targetColumns()))
			.filter((set) -> set.listed().stream().noneMatch((task) -> task.is(RowState.NEW)))
			.toList();
		for (ChildSet set : ready) {
			this.open.addAll(0, this.otherChildren.of(set));
			set.listed().forEach(this.listed::remove);
		}
		this.sets.removeAll(ready);
		return !ready.isEmpty();
	}

	private boolean writeReady() throws SQLException {
		List<RowTask> ready = this.open.stream().filter(this::isReady).toList();
		List<RowTask> updates = new ArrayList<>();
		ready.stream().filter((task) -> task.is(RowState.FOUND) && !task.delete()).forEach((task) -> {
			if (task.written().isEmpty()) {
				task.done(Map.of());
			}
			else {
				updates.add(task);
			}
		});
		write(ready.stream().filter(RowTask::delete).toList(), Operation.DELETE);
		write(updates, Operation.UPDATE);
		write(ready.stream().filter((task) -> task.is(RowState.ABSENT)).toList(), Operation.INSERT);
		return !ready.isEmpty();
	}

	private boolean isReady(RowTask task) {
		return (task.is(RowState.FOUND) || task.is(RowState.ABSENT)) && task.pending().isEmpty()
				&& task.after().stream().allMatch((before) -> before.is(RowState.DONE))
				&& !this.listed.containsKey(task);
	}

	private void write(List<RowTask> tasks, Operation operation) throws SQLException {
		for (List<RowTask> alike : RowStatements.groups(tasks, (task) -> List.of())) {
			RowBatches batches = new RowBatches(this.statements, alike, operation);
			switch (operation) {
				case DELETE -> batches.delete();
				case UPDATE -> batches.update();
				default -> batches.insert();
			}
		}
	}

	/**
	 * What names a row.
	 */
	private record Named(RelationName relation, List<String> columns, List<String> texts) {
	}

}
