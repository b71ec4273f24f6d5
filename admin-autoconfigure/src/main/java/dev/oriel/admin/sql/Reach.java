package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.Relationship;
import org.jspecify.annotations.Nullable;

/**
 * How far the answer to a query depends on single rows, by the way it is written.
 *
 * @param single whether each row of the answer is one row of the relation, which belongs
 * to the answer by itself; otherwise rows make up the answer together, as groups do
 * @param keyed whether rows are named by keys whose texts are the same everywhere
 * @param labels the foreign keys of the relation by which single related rows are shown
 * that have no influence on which rows the answer has; those are named by their keys
 * @param others the relations that the answer depends on in any other way
 * @since 0.1.0
 */
public record Reach(boolean single, boolean keyed, List<ForeignKey> labels, Set<RelationName> others) {

	public Reach {
		labels = List.copyOf(labels);
		others = Set.copyOf(others);
	}

	/**
	 * Return how far the answer to a query depends on single rows.
	 * @param scope what may be touched
	 * @param query the query
	 */
	public static Reach of(Scope scope, Query query) {
		Level level = Level.root(scope, query);
		List<ForeignKey> labels = new ArrayList<>();
		Set<RelationName> others = new HashSet<>();
		for (Embedding embedding : level.embeddings().all()) {
			ForeignKey label = (level.isGrouped() || isDecisive(level, embedding)) ? null : label(embedding);
			if (label != null) {
				labels.add(label);
			}
			else {
				addAll(embedding, others);
			}
		}
		boolean single = !level.isGrouped() && (query.offset() == null || query.offset() == 0);
		return new Reach(single, isKeyed(scope), labels, others);
	}

	private static boolean isKeyed(Scope scope) {
		Relation relation = scope.relation();
		// What policies look at nobody knows.
		return scope.call() == null && relation.kind().isTable() && !relation.structure().rowSecurity().enabled()
				&& !scope.key().isEmpty() && hasStableKey(relation);
	}

	private static boolean hasStableKey(Relation relation) {
		return !relation.key().isEmpty() && relation.key().stream().allMatch((name) -> {
			Column column = relation.column(name);
			return column != null && ExactText.isStable(column.type());
		});
	}

	/**
	 * Whether related rows decide which rows there are, or where.
	 */
	private static boolean isDecisive(Level level, Embedding embedding) {
		String label = embedding.embed().label();
		return level.embeddings().inner().contains(embedding) || tests(level.query().filter(), label)
				|| level.query().order().stream().anyMatch((term) -> label.equals(term.embed()));
	}

	private static boolean tests(Filter filter, String label) {
		if (filter instanceof Filter.And and) {
			return and.filters().stream().anyMatch((each) -> tests(each, label));
		}
		if (filter instanceof Filter.Or or) {
			return or.filters().stream().anyMatch((each) -> tests(each, label));
		}
		if (filter instanceof Filter.Not not) {
			return tests(not.filter(), label);
		}
		return filter instanceof Filter.Embedded embedded && embedded.embed().equals(label);
	}

	/**
	 * Return the foreign key that leads to an embedded row whose own key it holds, or
	 * {@code null} if the way is another one or goes on from there.
	 */
	private static @Nullable ForeignKey label(Embedding embedding) {
		if (!(embedding.relationship() instanceof Relationship.Direct direct) || !direct.forward()) {
			return null;
		}
		Relation target = embedding.level().scope().relation();
		ForeignKey key = direct.key();
		boolean named = target.kind().isTable() && key.source().equals(embedding.parent().scope().relation().name())
				&& !target.structure().rowSecurity().enabled() && hasStableKey(target)
				&& key.targetColumns().size() == target.key().size()
				&& new HashSet<>(key.targetColumns()).equals(new HashSet<>(target.key()));
		return (named && embedding.level().embeddings() == Embeddings.NONE) ? key : null;
	}

	private static void addAll(Embedding embedding, Set<RelationName> relations) {
		relations.add(embedding.level().scope().relation().name());
		if (embedding.junction() != null) {
			relations.add(embedding.junction().relation().name());
		}
		embedding.level().embeddings().all().forEach((inner) -> addAll(inner, relations));
	}

	/**
	 * Whether rows that are bounds can be named by texts in the order of a query.
	 * @param scope what may be touched
	 * @param query the query
	 */
	public static boolean hasStableOrder(Scope scope, Query query) {
		return query.order()
			.stream()
			.allMatch((term) -> term.embed() == null && term.column().path().isEmpty()
					&& ExactText.isStable(scope.column(term.column().column()).type()));
	}

	/**
	 * Return the values that a column must have one of, by some conditions of a query and
	 * the rules on rows, for each column of which PostgreSQL's text can be told.
	 * @param scope what may be touched
	 * @param query the query
	 */
	public static Map<String, Set<String>> required(Scope scope, Query query) {
		Map<String, Set<String>> required = new HashMap<>();
		addRequired(scope.relation(), scope.rows(), required);
		addRequired(scope.relation(), query.filter(), required);
		return required;
	}

	private static void addRequired(Relation relation, Filter filter, Map<String, Set<String>> required) {
		if (filter instanceof Filter.And and) {
			and.filters().forEach((each) -> addRequired(relation, each, required));
			return;
		}
		if (!(filter instanceof Filter.Comparison comparison) || !comparison.column().path().isEmpty()
				|| comparison.quantifier() != null) {
			return;
		}
		boolean equality = comparison.operator() == Operator.EQ || comparison.operator() == Operator.IN;
		Column column = relation.column(comparison.column().column());
		if (!equality || column == null) {
			return;
		}
		Set<String> values = new HashSet<>();
		for (String value : comparison.values()) {
			String text = ExactText.canonical(column, value);
			if (text == null) {
				return;
			}
			values.add(text);
		}
		required.merge(column.name(), values, (one, other) -> (one.size() <= other.size()) ? one : other);
	}

}
