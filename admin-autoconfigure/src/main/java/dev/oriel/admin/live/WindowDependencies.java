package dev.oriel.admin.live;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.query.ColumnPath;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.OrderTerm;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.SelectItem;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.Relationship;
import dev.oriel.admin.schema.Relationships;
import dev.oriel.admin.schema.SchemaSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the answer to a query depends on: the relation itself, whatever is embedded,
 * at any depth, and the functions that compute values or related rows. An embed may name
 * a relation, a function, a column or a constraint, and reach it through a third
 * relation; where it could mean several, all are taken, because one too many only costs a
 * read.
 */
final class WindowDependencies {

	private final SchemaSnapshot snapshot;

	private final Relationships relationships;

	private final Map<RelationName, List<Relationship>> known = new HashMap<>();

	private final Set<RelationName> relations = new HashSet<>();

	private final Set<Function> functions = new LinkedHashSet<>();

	private WindowDependencies(SchemaSnapshot snapshot) {
		this.snapshot = snapshot;
		this.relationships = new Relationships(snapshot);
	}

	static WindowDependencies of(SchemaSnapshot snapshot, RelationName relation, Query query) {
		WindowDependencies dependencies = new WindowDependencies(snapshot);
		dependencies.add(relation, query);
		return dependencies;
	}

	Set<RelationName> relations() {
		return this.relations;
	}

	/**
	 * Return the functions over a row that the answer may be computed by.
	 */
	Set<Function> functions() {
		return this.functions;
	}

	private void add(RelationName relation, Query query) {
		this.relations.add(relation);
		Set<String> names = new HashSet<>();
		addNames(query.filter(), names);
		query.order()
			.stream()
			.filter((term) -> term.embed() == null)
			.forEach((term) -> names.add(term.column().column()));
		for (SelectItem item : query.select()) {
			if (item instanceof SelectItem.Field field) {
				names.add(field.column().column());
			}
			else if (item instanceof SelectItem.Embed embed) {
				names.add(embed.target());
				addEmbed(relation, embed, query);
			}
		}
		this.functions.addAll(functions(this.snapshot, relation, names));
	}

	/**
	 * Return the functions over a row that a condition on rows of a relation names.
	 */
	static List<Function> functions(SchemaSnapshot snapshot, RelationName relation, Filter filter) {
		Set<String> names = new HashSet<>();
		addNames(filter, names);
		return functions(snapshot, relation, names);
	}

	private static List<Function> functions(SchemaSnapshot snapshot, RelationName relation, Set<String> names) {
		return snapshot.computed(relation).stream().filter((function) -> names.contains(function.name())).toList();
	}

	private void addEmbed(RelationName relation, SelectItem.Embed embed, Query query) {
		Query inner = embed.query();
		// What the rows are ordered by belongs to the embed too.
		for (OrderTerm term : query.order()) {
			if (embed.label().equals(term.embed())) {
				inner = inner.withOrder(List.of(new OrderTerm(term.column(), null, false, null)));
				add(relation, embed, inner);
			}
		}
		add(relation, embed, embed.query());
	}

	private void add(RelationName relation, SelectItem.Embed embed, Query query) {
		Set<RelationName> targets = new HashSet<>();
		for (Relationship each : from(relation)) {
			if (mayBeNamed(each, embed.target())) {
				targets.add(each.target());
				if (each instanceof Relationship.ThroughJunction through) {
					this.relations.add(through.junction());
				}
			}
		}
		targets.forEach((target) -> add(target, query));
	}

	private List<Relationship> from(RelationName relation) {
		return this.known.computeIfAbsent(relation, this.relationships::from);
	}

	private static boolean mayBeNamed(Relationship relationship, String name) {
		if (relationship instanceof Relationship.ByFunction by) {
			return by.function().name().equals(name);
		}
		if (relationship.target().name().equals(name)) {
			return true;
		}
		ForeignKey key = (relationship instanceof Relationship.Direct direct) ? direct.key() : null;
		return key != null && (key.name().equals(name) || key.columns().contains(name));
	}

	private static void addNames(Filter filter, Set<String> names) {
		if (filter instanceof Filter.And and) {
			and.filters().forEach((each) -> addNames(each, names));
		}
		else if (filter instanceof Filter.Or or) {
			or.filters().forEach((each) -> addNames(each, names));
		}
		else if (filter instanceof Filter.Not not) {
			addNames(not.filter(), names);
		}
		else {
			ColumnPath column = column(filter);
			if (column != null) {
				names.add(column.column());
			}
		}
	}

	private static @Nullable ColumnPath column(Filter filter) {
		if (filter instanceof Filter.Comparison comparison) {
			return comparison.column();
		}
		if (filter instanceof Filter.Is is) {
			return is.column();
		}
		return (filter instanceof Filter.Within within) ? within.column() : null;
	}

}
