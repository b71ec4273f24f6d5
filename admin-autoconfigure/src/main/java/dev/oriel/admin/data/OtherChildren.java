package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.oriel.admin.schema.Relationship.ThroughJunction;

import org.jspecify.annotations.Nullable;

/**
 * Finds the children of a row that a body does not list, where it lists all that there
 * shall be. A row that the body has somewhere else is never one of them.
 */
final class OtherChildren {

	private final FamilyPlan plan;

	private final RowLookups lookups;

	private final long maxRows;

	/**
	 * @param maxRows how many rows a list may have
	 */
	OtherChildren(FamilyPlan plan, RowLookups lookups, long maxRows) {
		this.plan = plan;
		this.lookups = lookups;
		this.maxRows = maxRows;
	}

	/**
	 * Return what is done with them: they are unlinked where that can be, or else
	 * deleted.
	 */
	List<RowTask> of(ChildSet set) throws SQLException {
		if (set.parent().inserted() || set.parent().is(RowState.ABSENT)) {
			return List.of();
		}
		Set<String> returned = new LinkedHashSet<>(FamilyRelations.key(set.holder()));
		List<String> lookup = List.of();
		if (set.relationship() instanceof ThroughJunction through) {
			Set<String> both = new LinkedHashSet<>(through.toSource().columns());
			both.addAll(through.toTarget().columns());
			lookup = List.copyOf(both);
		}
		returned.addAll(lookup);
		if (returned.isEmpty()) {
			throw FamilyProblems.invalid(set.path(), "The list cannot be replaced", "Its rows have no key.", null);
		}
		Set<List<String>> kept = kept(set.holder());
		List<RowTask> others = new ArrayList<>();
		List<Map<String, @Nullable String>> present = this.lookups.rows(set.holder(), set.key().columns(),
				pointing(set), List.copyOf(returned), this.maxRows + 1);
		if (present.size() > this.maxRows) {
			throw FamilyProblems.invalid(set.path(), "The list cannot be replaced",
					"It has more than %d rows.".formatted(this.maxRows),
					"Delete rows with a filter, or mark those to remove with '_delete' or '_unlink'.");
		}
		for (Map<String, @Nullable String> texts : present) {
			RowTask other = RowTask.ofFound(set.holder(), set.path(), lookup, texts);
			if (!kept.contains(other.identityTexts())) {
				remove(other, set);
				others.add(other);
			}
		}
		return others;
	}

	/**
	 * Return the values by which children point at the row, as JSON.
	 */
	private static String pointing(ChildSet set) {
		RowTask child = new RowTask(set.holder(), set.path(), ExpectedVersions.NONE, List.of(), false);
		List<String> columns = set.key().columns();
		for (int i = 0; i < columns.size(); i++) {
			String text = set.parent().text(set.key().targetColumns().get(i));
			child.propagated().put(columns.get(i), Objects.requireNonNullElse(text, ""));
		}
		return "[" + RowJson.of(child, columns) + "]";
	}

	private Set<List<String>> kept(Target holder) {
		Set<List<String>> kept = new HashSet<>();
		for (RowTask task : this.plan.tasks()) {
			boolean there = task.is(RowState.FOUND) || task.is(RowState.DONE);
			if (there && task.target().relation().name().equals(holder.relation().name())) {
				kept.add(task.identityTexts());
			}
		}
		return kept;
	}

	private static void remove(RowTask other, ChildSet set) {
		List<String> columns = (set.relationship() instanceof ThroughJunction) ? List.of()
				: Unlinking.columns(set.key(), set.holder());
		if (!columns.isEmpty()) {
			columns.forEach((column) -> other.values().put(column, "null"));
		}
		else if (set.delete() || set.relationship() instanceof ThroughJunction) {
			other.deletes();
		}
		else {
			throw Unlinking.refused(set.path(), set.key());
		}
	}

}
