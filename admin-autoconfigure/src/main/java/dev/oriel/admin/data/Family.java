package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.SelectItem;

/**
 * The rows of a body, with the related rows that they embed. Nested writes are best read
 * along the way of a body, which {@link FamilyWrites} leads it:
 * <ol>
 * <li>{@link FamilyParser} reads the body into a family: {@link FamilyRow rows} that
 * embed others by {@link FamilyLink links}, whose names {@link FamilyRelations} looks
 * up.</li>
 * <li>{@link FamilyPlanner} makes a {@link FamilyPlan} of it: a {@link RowTask} for each
 * row, and a {@link RowDependency} for each foreign key between them.
 * {@link BackReference} and {@link GivenReferences} find those that the nesting does not
 * tell.</li>
 * <li>{@link FamilyWriter} works the plan off in rounds, each of which does what waits
 * for nothing any more. Where nothing is left that could go first, {@link KeyCycles} cuts
 * the circle; {@link OtherChildren} finds what a {@link ChildSet} does not list.</li>
 * <li>{@link RowLookups} and {@link RowBatches} look up and write the rows of a round
 * that are alike by one statement, with their values from {@link RowJson};
 * {@link RowStatements} runs it, and {@link HookedRows} calls the hooks around it.</li>
 * <li>{@link FamilyAnswer} reads what was written.</li>
 * </ol>
 *
 * @param target the relation of the rows themselves
 * @param rows the rows
 * @param array whether the body is an array
 */
record Family(Target target, List<FamilyRow> rows, boolean array) {

	Family {
		rows = List.copyOf(rows);
	}

	/**
	 * Return the select list for what the body holds: all columns at each level, and what
	 * any of its rows embeds, under the names that the body uses.
	 */
	List<SelectItem> shape() {
		return shape(this.rows);
	}

	private static List<SelectItem> shape(List<FamilyRow> rows) {
		Map<String, List<FamilyRow>> embedded = new LinkedHashMap<>();
		for (FamilyRow row : rows) {
			for (FamilyLink link : row.links()) {
				embedded.computeIfAbsent(link.name(), (name) -> new ArrayList<>()).addAll(link.rows());
			}
		}
		List<SelectItem> items = new ArrayList<>();
		items.add(new SelectItem.All());
		embedded.forEach((name, related) -> {
			SelectItem.Embed embed = embed(name);
			items.add(new SelectItem.Embed(embed.target(), name, embed.hint(), embed.join(), false,
					Query.ALL.withSelect(shape(related))));
		});
		return items;
	}

	/**
	 * Return the embed that the name of a member stands for.
	 * @param name the relation, or what else names the relationship, with a hint behind
	 * an exclamation mark where it needs one
	 */
	static SelectItem.Embed embed(String name) {
		int mark = name.indexOf('!');
		String target = (mark < 0) ? name : name.substring(0, mark);
		String hint = (mark < 0) ? null : name.substring(mark + 1);
		return new SelectItem.Embed(target, null, hint, SelectItem.Join.LEFT, false, Query.ALL);
	}

}
