package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.data.FamilyRow.Mark;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Relationship.Direct;
import dev.oriel.admin.schema.Relationship.ThroughJunction;

/**
 * Makes the plan of a family: one task for each of its rows and for each row of a
 * junction between them, and the foreign keys by which they depend on each other.
 */
final class FamilyPlanner {

	private final FamilyRelations relations;

	private final boolean replace;

	private final List<RowTask> roots = new ArrayList<>();

	private final List<RowTask> tasks = new ArrayList<>();

	private final List<ChildSet> sets = new ArrayList<>();

	FamilyPlanner(FamilyRelations relations, boolean replace) {
		this.relations = relations;
		this.replace = replace;
	}

	/**
	 * Plan what is done with a family.
	 * @param roots how the rows of the body itself are found
	 */
	FamilyPlan plan(Family family, FamilyRoots roots) {
		for (FamilyRow row : family.rows()) {
			addRoot(row, roots);
		}
		new GivenReferences(this.tasks).connect();
		return new FamilyPlan(this.roots, this.tasks, this.sets);
	}

	private void addRoot(FamilyRow row, FamilyRoots roots) {
		if (row.mark() != Mark.KEEP) {
			throw FamilyProblems.invalid(row.path(), "Only an embedded row can be unlinked or deleted", null,
					"Delete it with DELETE.");
		}
		if (row.version() != null && roots.lookup().isEmpty()) {
			throw versionOfNew(row);
		}
		boolean given = !roots.key().isEmpty() || keyGiven(row, roots.lookup(), Set.of());
		RowTask task = new RowTask(row.target(), row.path(), roots.versions().narrowedTo(row.version()),
				given ? roots.lookup() : List.of(), !roots.key().isEmpty());
		task.values().putAll(row.values());
		task.key().putAll(roots.key());
		// An answer that comes back repeats the key, which is no change of it.
		roots.key().forEach((column, value) -> {
			String repeated = row.values().get(column);
			if (repeated != null && FamilyParser.plain(repeated).equals(FamilyParser.plain(value))) {
				task.values().remove(column);
			}
		});
		if (roots.key().isEmpty()) {
			task.lookup().forEach((column) -> task.key().put(column, take(task, column)));
		}
		this.roots.add(task);
		add(row, task);
	}

	private static String take(RowTask task, String column) {
		return String.valueOf(task.values().remove(column));
	}

	/**
	 * Add what is done with a row, parents before it and children behind it, so that the
	 * order of the body is kept where nothing else decides.
	 */
	private void add(FamilyRow row, RowTask task) {
		List<FamilyLink> behind = new ArrayList<>();
		for (FamilyLink link : row.links()) {
			if (link.relationship() instanceof Direct direct && direct.forward()) {
				addParent(link, direct.key(), task);
			}
			else {
				behind.add(link);
			}
		}
		this.tasks.add(task);
		behind.forEach((link) -> addChildren(link, task));
	}

	private void addParent(FamilyLink link, ForeignKey key, RowTask holder) {
		if (link.rows().isEmpty()) {
			Unlinking.parent(link, key, holder);
			return;
		}
		FamilyRow row = link.rows().get(0);
		if (row.mark() != Mark.KEEP) {
			throw FamilyProblems.invalid(row.path(), "This row cannot be unlinked or deleted from here", null,
					"To unlink it, send null in its place.");
		}
		RowTask parent = task(row, List.of(key.targetColumns()), Set.of());
		holder.dependencies().add(new RowDependency(key, parent, RowDependency.Kind.NESTED));
		if (!parent.required()) {
			BackReference.find(row, holder, key).ifPresent((back) -> parent.dependencies().add(back));
		}
		add(row, parent);
	}

	private void addChildren(FamilyLink link, RowTask parent) {
		List<RowTask> listed = new ArrayList<>();
		for (FamilyRow row : link.rows()) {
			listed.add((link.relationship() instanceof ThroughJunction through) ? addLinked(row, through, parent)
					: addChild(row, ((Direct) link.relationship()).key(), parent));
		}
		boolean one = link.relationship().cardinality().toOne();
		if (this.replace || (one && listed.isEmpty())) {
			Target holder = (link.relationship() instanceof ThroughJunction through)
					? this.relations.target(through.junction()) : this.relations.target(link.relationship().target());
			this.sets.add(new ChildSet(parent, link.relationship(), holder, link.path(), listed, this.replace));
		}
	}

	private RowTask addChild(FamilyRow row, ForeignKey key, RowTask parent) {
		List<List<String>> keys = key.unique() ? List.of(key.columns()) : List.of();
		RowTask child = task(row, keys, Set.copyOf(key.columns()));
		boolean kept = row.mark() == Mark.KEEP;
		child.dependencies()
			.add(new RowDependency(key, parent, kept ? RowDependency.Kind.NESTED : RowDependency.Kind.MEMBER));
		if (row.mark() == Mark.DELETE) {
			child.deletes();
		}
		if (row.mark() == Mark.UNLINK) {
			Unlinking.child(child, key);
		}
		add(row, child);
		return child;
	}

	private RowTask addLinked(FamilyRow row, ThroughJunction through, RowTask parent) {
		RowTask child = task(row, List.of(through.targetColumns()), Set.of());
		Set<String> columns = new LinkedHashSet<>(through.toSource().columns());
		columns.addAll(through.toTarget().columns());
		boolean kept = row.mark() == Mark.KEEP;
		RowTask junction = new RowTask(this.relations.target(through.junction()), row.path(), ExpectedVersions.NONE,
				List.copyOf(columns), !kept);
		junction.dependencies().add(new RowDependency(through.toSource(), parent, RowDependency.Kind.NESTED));
		junction.dependencies().add(new RowDependency(through.toTarget(), child, RowDependency.Kind.NESTED));
		if (!kept) {
			junction.deletes();
		}
		if (row.mark() == Mark.DELETE) {
			child.deletes();
			child.after().add(junction);
		}
		add(row, child);
		this.tasks.add(junction);
		return junction;
	}

	/**
	 * Return what is done with an embedded row, and by which key it is looked for.
	 * @param others columns that name the row, besides its own key
	 * @param propagated the columns whose values come from the row that embeds it
	 */
	private RowTask task(FamilyRow row, List<List<String>> others, Set<String> propagated) {
		List<List<String>> keys = new ArrayList<>();
		keys.add(FamilyRelations.key(row.target()));
		keys.addAll(others);
		List<String> lookup = keys.stream()
			.filter((key) -> keyGiven(row, key, propagated))
			.findFirst()
			.orElse(List.of());
		boolean whole = lookup.stream().noneMatch(propagated::contains);
		boolean marked = row.mark() != Mark.KEEP;
		Set<String> beside = new HashSet<>(row.values().keySet());
		beside.removeAll(lookup);
		boolean bare = beside.isEmpty() && row.links().isEmpty();
		if (marked && (lookup.isEmpty() || !bare)) {
			throw FamilyProblems.invalid(row.path(), "A row that is unlinked or deleted is named by its key alone",
					null, "Give the key, and '_version' if it must not have changed.");
		}
		if (lookup.isEmpty() && row.version() != null) {
			throw versionOfNew(row);
		}
		boolean required = !lookup.isEmpty() && (marked || (bare && whole) || row.version() != null);
		RowTask task = new RowTask(row.target(), row.path(), ExpectedVersions.NONE.narrowedTo(row.version()), lookup,
				required);
		task.values().putAll(row.values());
		for (String column : lookup) {
			if (task.values().containsKey(column)) {
				task.key().put(column, take(task, column));
			}
		}
		return task;
	}

	private static boolean keyGiven(FamilyRow row, Collection<String> key, Set<String> propagated) {
		return !key.isEmpty() && key.stream()
			.allMatch((column) -> propagated.contains(column)
					|| !row.values().getOrDefault(column, "null").equals("null"));
	}

	private static ProblemException versionOfNew(FamilyRow row) {
		return FamilyProblems.invalid(row.at("_version"), "A version belongs to a row that is there", null,
				"Give the row's key, or leave the version out.");
	}

}
