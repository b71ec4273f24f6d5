package dev.oriel.admin.data;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.schema.RelationName;

/**
 * What is to be done with the rows of a family, and which of them needs which other one
 * before. Nothing is known of the database's rows yet.
 *
 * @param roots what is done with the rows of the body itself
 * @param tasks everything that is done, in the order of the body
 * @param sets the sets of children that are to be as they are listed
 */
record FamilyPlan(List<RowTask> roots, List<RowTask> tasks, List<ChildSet> sets) {

	FamilyPlan {
		roots = List.copyOf(roots);
		tasks = List.copyOf(tasks);
		sets = List.copyOf(sets);
	}

	/**
	 * Plan what is done with a family.
	 * @param family the family
	 * @param relations the relations it belongs to
	 * @param roots how the rows of the body itself are found
	 * @param replace whether rows that a list does not have are removed from it
	 * @throws ProblemException when rows are marked or named in a way that cannot be
	 * done; its column is the path of what it is about
	 */
	static FamilyPlan of(Family family, FamilyRelations relations, FamilyRoots roots, boolean replace) {
		return new FamilyPlanner(relations, replace).plan(family, roots);
	}

	/**
	 * Return the columns of each relation whose values have to be known.
	 */
	Map<RelationName, Set<String>> needed() {
		Map<RelationName, Set<String>> needed = new LinkedHashMap<>();
		for (RowTask task : this.tasks) {
			Set<String> columns = needed.computeIfAbsent(task.target().relation().name(),
					(name) -> new LinkedHashSet<>());
			columns.addAll(FamilyRelations.key(task.target()));
			columns.addAll(task.lookup());
			for (RowDependency dependency : task.dependencies()) {
				columns.addAll(dependency.key().columns());
				needed.computeIfAbsent(dependency.key().target(), (name) -> new LinkedHashSet<>())
					.addAll(dependency.key().targetColumns());
			}
		}
		for (ChildSet set : this.sets) {
			needed.computeIfAbsent(set.parent().target().relation().name(), (name) -> new LinkedHashSet<>())
				.addAll(set.relationship().sourceColumns());
		}
		return needed;
	}

}
