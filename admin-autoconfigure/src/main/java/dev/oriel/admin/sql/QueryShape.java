package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Filter.Comparison;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.SelectItem;
import dev.oriel.admin.schema.Relation;

import org.jspecify.annotations.Nullable;

/**
 * A query whose filter compares columns of the relation with single values, which go into
 * a statement as they are: all such queries of one shape have the same statement, but for
 * the values.
 *
 * @param key what has to be equal for two queries to have the same shape
 * @param query the query
 * @param comparisons its conditions
 */
record QueryShape(Key key, Query query, List<Comparison> comparisons) {

	/**
	 * Return the shape of a query, or {@code null} if it asks for more.
	 * @param scope what may be touched
	 * @param query what is asked for
	 */
	static @Nullable QueryShape of(Scope scope, Query query) {
		List<Comparison> comparisons = comparisons(query.filter());
		if (comparisons == null || !isAboutOwnColumns(scope, query, comparisons)) {
			return null;
		}
		return new QueryShape(Key.of(scope, query, comparisons), query, comparisons);
	}

	private static @Nullable List<Comparison> comparisons(Filter filter) {
		List<Filter> conditions = (filter instanceof Filter.And and) ? and.filters() : List.of(filter);
		List<Comparison> comparisons = new ArrayList<>(conditions.size());
		for (Filter condition : conditions) {
			if (!(condition instanceof Comparison comparison) || !isPlain(comparison)) {
				return null;
			}
			comparisons.add(comparison);
		}
		return comparisons;
	}

	private static boolean isPlain(Comparison comparison) {
		boolean plain = switch (comparison.operator()) {
			case EQ, NEQ, GT, GTE, LT, LTE -> true;
			default -> false;
		};
		return plain && comparison.quantifier() == null && comparison.column().path().isEmpty();
	}

	/**
	 * Whether nothing but columns of the relation is asked for. What else there may be,
	 * such as related rows, depends on rights that are decided anew with each request.
	 */
	private static boolean isAboutOwnColumns(Scope scope, Query query, List<Comparison> comparisons) {
		Relation relation = scope.relation();
		return scope.call() == null
				&& comparisons.stream().allMatch((each) -> relation.column(each.column().column()) != null)
				&& query.select().stream().allMatch((item) -> isOwn(relation, item))
				&& query.order()
					.stream()
					.allMatch((term) -> term.embed() == null && relation.column(term.column().column()) != null);
	}

	private static boolean isOwn(Relation relation, SelectItem item) {
		return item instanceof SelectItem.All || item instanceof SelectItem.Count
				|| (item instanceof SelectItem.Field field && relation.column(field.column().column()) != null);
	}

	/**
	 * Return the same query with marks in place of its values.
	 */
	Query marked() {
		List<Filter> marked = new ArrayList<>(this.comparisons.size());
		for (int i = 0; i < this.comparisons.size(); i++) {
			Comparison comparison = this.comparisons.get(i);
			marked.add(new Comparison(comparison.column(), comparison.operator(), null, List.of(Marks.value(i)), null));
		}
		Filter filter = (this.query.filter() instanceof Filter.And) ? new Filter.And(marked) : marked.get(0);
		return this.query.withFilter(filter)
			.withPage((this.query.limit() != null) ? Marks.LIMIT : null, isSkipping(this.query) ? Marks.OFFSET : null);
	}

	/**
	 * Return the value that a mark stands for, or the argument itself if it is none.
	 */
	@Nullable String unmark(@Nullable String arg) {
		int index = Marks.indexOfValue(arg);
		if (index >= 0) {
			return this.comparisons.get(index).values().get(0);
		}
		if (Long.toString(Marks.LIMIT).equals(arg)) {
			return String.valueOf(this.query.limit());
		}
		return Long.toString(Marks.OFFSET).equals(arg) ? String.valueOf(this.query.offset()) : arg;
	}

	private static boolean isSkipping(Query query) {
		return query.offset() != null && query.offset() > 0;
	}

	/**
	 * What has to be equal for two queries to have the same shape.
	 *
	 * @param relation the relation of one snapshot
	 * @param readable the columns that may be touched
	 * @param rows the rule that rows must meet
	 * @param query the query without its values
	 * @param conditions what is compared, and how
	 * @param limited whether there is a limit
	 * @param skipping whether rows are skipped
	 */
	record Key(SameRelation relation, Set<String> readable, Filter rows, Query query, List<Condition> conditions,
			boolean limited, boolean skipping) {

		private static Key of(Scope scope, Query query, List<Comparison> comparisons) {
			List<Condition> conditions = new ArrayList<>(comparisons.size());
			comparisons.forEach((each) -> conditions.add(new Condition(each.column().column(), each.operator())));
			return new Key(new SameRelation(scope.relation()), scope.readable(), scope.rows(),
					query.withFilter(Filter.NONE).withPage(null, null), conditions, query.limit() != null,
					isSkipping(query));
		}

	}

	/**
	 * A relation as one snapshot describes it; the next describes it anew.
	 */
	private record SameRelation(Relation relation) {

		@Override
		public boolean equals(Object other) {
			return other instanceof SameRelation same && same.relation == this.relation;
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(this.relation);
		}

	}

	private record Condition(String column, Operator operator) {
	}

}
