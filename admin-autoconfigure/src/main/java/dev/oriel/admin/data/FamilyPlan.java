package dev.oriel.admin.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.data.FamilyRow.Mark;
import dev.oriel.admin.data.RowTask.Flow;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.Relationship;
import dev.oriel.admin.schema.Relationship.Direct;
import dev.oriel.admin.schema.Relationship.ThroughJunction;

/**
 * What is to be done with the rows of a family, and which of them needs which other one
 * before. Nothing is known of the database's rows yet.
 */
final class FamilyPlan {

	private final FamilyRelations relations;

	private final boolean replace;

	private final List<RowTask> roots = new ArrayList<>();

	private final List<RowTask> tasks = new ArrayList<>();

	private final List<ChildSet> sets = new ArrayList<>();

	private FamilyPlan(FamilyRelations relations, boolean replace) {
		this.relations = relations;
		this.replace = replace;
	}

	/**
	 * Plan what is done with a family.
	 * @param family the family
	 * @param relations the relations it belongs to
	 * @param roots how the rows of the body itself are found
	 * @param replace whether rows that a list does not have are removed from it
	 */
	static FamilyPlan of(Family family, FamilyRelations relations, Roots roots, boolean replace) {
		FamilyPlan plan = new FamilyPlan(relations, replace);
		for (FamilyRow row : family.rows()) {
			plan.addRoot(row, roots);
		}
		new GivenReferences(plan.tasks).connect();
		return plan;
	}

	/**
	 * Return what is done with the rows of the body itself.
	 */
	List<RowTask> roots() {
		return this.roots;
	}

	/**
	 * Return everything that is done, in the order of the body.
	 */
	List<RowTask> tasks() {
		return this.tasks;
	}

	/**
	 * Return the sets of children that are to be as they are listed.
	 */
	List<ChildSet> sets() {
		return this.sets;
	}

	private void addRoot(FamilyRow row, Roots roots) {
		if (row.mark() != Mark.KEEP) {
			throw FamilyProblems.invalid(row.path(), "Only an embedded row can be unlinked or deleted", null,
					"Delete it with DELETE.");
		}
		if (row.version() != null && roots.lookup().isEmpty()) {
			throw versionOfNew(row);
		}
		boolean given = !roots.key().isEmpty() || keyGiven(row, roots.lookup(), Set.of());
		RowTask task = new RowTask(row.target(), row.path(), versions(row, roots), given ? roots.lookup() : List.of(),
				!roots.key().isEmpty());
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

	/**
	 * Return the versions that a row of the body itself may have, by the request and by
	 * the body.
	 */
	private static Set<String> versions(FamilyRow row, Roots roots) {
		if (row.version() == null) {
			return roots.versions();
		}
		boolean possible = roots.versions().isEmpty() || roots.versions().contains(WriteOptions.ANY_VERSION)
				|| roots.versions().contains(row.version());
		// What contradicts itself is no row's version.
		return Set.of(possible ? row.version() : "");
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
			clear(link, key, holder);
			return;
		}
		FamilyRow row = link.rows().get(0);
		if (row.mark() != Mark.KEEP) {
			throw FamilyProblems.invalid(row.path(), "This row cannot be unlinked or deleted from here", null,
					"To unlink it, send null in its place.");
		}
		RowTask parent = task(row, List.of(key.targetColumns()), Set.of());
		holder.flows().add(new Flow(key, parent, Flow.Kind.NESTED));
		if (!parent.required()) {
			BackReference.find(row, holder, key).ifPresent((back) -> parent.flows().add(back));
		}
		add(row, parent);
	}

	/**
	 * Let a row point at nothing.
	 */
	private static void clear(FamilyLink link, ForeignKey key, RowTask holder) {
		List<String> columns = clearable(key, holder.target());
		List<String> given = key.columns()
			.stream()
			.filter((column) -> holder.given(column) != null && !holder.given(column).equals("null"))
			.toList();
		if (columns.isEmpty()) {
			throw unlinkable(link.path(), key);
		}
		if (given.containsAll(columns)) {
			throw FamilyProblems.invalid(holder.at(given.get(0)), "The value contradicts the body",
					"'%s' is null.".formatted(link.path()), "Leave out one of them.");
		}
		columns.stream()
			.filter((column) -> !given.contains(column))
			.forEach((column) -> holder.values().put(column, "null"));
	}

	/**
	 * Return the columns of a foreign key that can be NULL to make it point at nothing.
	 */
	static List<String> clearable(ForeignKey key, Target holder) {
		return key.columns().stream().filter((name) -> {
			Column column = holder.relation().column(name);
			return column != null && column.nullable() && !holder.relation().primaryKey().contains(name);
		}).toList();
	}

	static ProblemException unlinkable(String path, ForeignKey key) {
		return new ProblemException(FamilyProblems.at(path,
				new Problem(400, "23502", "The row cannot be unlinked",
						"'%s' may not be null.".formatted(String.join(", ", key.columns())),
						"Delete it with '_delete', or link it to another row.")));
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
		child.flows().add(new Flow(key, parent, kept ? Flow.Kind.NESTED : Flow.Kind.MEMBER));
		if (row.mark() == Mark.DELETE) {
			child.deletes();
		}
		if (row.mark() == Mark.UNLINK) {
			List<String> columns = clearable(key, child.target());
			if (columns.isEmpty()) {
				throw unlinkable(row.path(), key);
			}
			columns.forEach((column) -> child.values().put(column, "null"));
		}
		add(row, child);
		return child;
	}

	private RowTask addLinked(FamilyRow row, ThroughJunction through, RowTask parent) {
		RowTask child = task(row, List.of(through.targetColumns()), Set.of());
		Set<String> columns = new LinkedHashSet<>(through.toSource().columns());
		columns.addAll(through.toTarget().columns());
		boolean kept = row.mark() == Mark.KEEP;
		RowTask junction = new RowTask(this.relations.target(through.junction()), row.path(), Set.of(),
				List.copyOf(columns), !kept);
		junction.flows().add(new Flow(through.toSource(), parent, Flow.Kind.NESTED));
		junction.flows().add(new Flow(through.toTarget(), child, Flow.Kind.NESTED));
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
	 * @param flowing the columns whose values come from the row that embeds it
	 */
	private RowTask task(FamilyRow row, List<List<String>> others, Set<String> flowing) {
		List<List<String>> keys = new ArrayList<>();
		keys.add(FamilyRelations.key(row.target()));
		keys.addAll(others);
		List<String> lookup = keys.stream().filter((key) -> keyGiven(row, key, flowing)).findFirst().orElse(List.of());
		boolean whole = lookup.stream().noneMatch(flowing::contains);
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
		RowTask task = new RowTask(row.target(), row.path(), (row.version() != null) ? Set.of(row.version()) : Set.of(),
				lookup, required);
		task.values().putAll(row.values());
		for (String column : lookup) {
			if (task.values().containsKey(column)) {
				task.key().put(column, take(task, column));
			}
		}
		return task;
	}

	private static boolean keyGiven(FamilyRow row, Collection<String> key, Set<String> flowing) {
		return !key.isEmpty() && key.stream()
			.allMatch(
					(column) -> flowing.contains(column) || !row.values().getOrDefault(column, "null").equals("null"));
	}

	private static ProblemException versionOfNew(FamilyRow row) {
		return FamilyProblems.invalid(row.at("_version"), "A version belongs to a row that is there", null,
				"Give the row's key, or leave the version out.");
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
			for (Flow flow : task.flows()) {
				columns.addAll(flow.key().columns());
				needed.computeIfAbsent(flow.key().target(), (name) -> new LinkedHashSet<>())
					.addAll(flow.key().targetColumns());
			}
		}
		for (ChildSet set : this.sets) {
			needed.computeIfAbsent(set.parent().target().relation().name(), (name) -> new LinkedHashSet<>())
				.addAll(set.relationship().sourceColumns());
		}
		return needed;
	}

	/**
	 * How the rows of the body itself are found.
	 *
	 * @param lookup the columns by which they are looked for; none if they are new
	 * @param key the values of these columns as JSON, for the only row; none if they
	 * stand in the body
	 * @param versions the versions of which the only row must have one; none if that does
	 * not matter
	 */
	record Roots(List<String> lookup, Map<String, String> key, Set<String> versions) {

		/** They are new. */
		static final Roots NEW = new Roots(List.of(), Map.of(), Set.of());

	}

	/**
	 * The children of a row by one relationship, of which there shall be no others than
	 * those that are listed.
	 *
	 * @param parent the row
	 * @param relationship the way to the children
	 * @param holder the relation that points at the row: the children's, or the junction
	 * @param path where the list stands in the body
	 * @param listed what is done with those that are listed, in the relation that points
	 * @param delete whether those that cannot be unlinked are deleted
	 */
	record ChildSet(RowTask parent, Relationship relationship, Target holder, String path, List<RowTask> listed,
			boolean delete) {

		ChildSet {
			listed = List.copyOf(listed);
		}

		/**
		 * Return the foreign key that points at the row.
		 */
		ForeignKey key() {
			return (this.relationship instanceof ThroughJunction through) ? through.toSource()
					: ((Direct) this.relationship).key();
		}

	}

}
