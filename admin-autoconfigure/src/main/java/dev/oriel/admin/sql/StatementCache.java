package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Filter.Comparison;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.SelectItem;
import dev.oriel.admin.schema.Relation;

import org.jspecify.annotations.Nullable;

/**
 * Statements for rows, written once for all queries that differ in nothing but the values
 * of their filter and their page. Clients ask the same few questions again and again, and
 * to write one takes longer than PostgreSQL needs to find a row. A query of another form
 * is written each time.
 *
 * @since 0.1.0
 */
public final class StatementCache {

	private static final int CAPACITY = 500;

	/** Stands for a value while a statement is written; no client can guess it. */
	private static final String MARK = UUID.randomUUID() + " ";

	private static final long LIMIT_MARK = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE / 2, Long.MAX_VALUE - 1);

	private static final long OFFSET_MARK = LIMIT_MARK + 1;

	private final Map<Shape, Template> templates = new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Shape, Template> eldest) {
			return size() > CAPACITY;
		}

	};

	/**
	 * Return the statement that {@link ReadStatements#rows} or
	 * {@link ReadStatements#countedRows} gives for the same arguments.
	 * @param scope what may be touched
	 * @param query what is asked for
	 * @param returned how the rows are returned
	 * @param counted whether all rows are counted as well
	 */
	public SqlStatement rows(Scope scope, Query query, Returned returned, boolean counted) {
		List<Comparison> comparisons = comparisons(query.filter());
		if (comparisons == null || !isAboutOwnColumns(scope, query, comparisons)) {
			return write(scope, query, returned, counted);
		}
		Shape shape = Shape.of(scope, query, comparisons, returned, counted);
		Template template;
		synchronized (this.templates) {
			template = this.templates.get(shape);
		}
		if (template == null) {
			template = new Template(write(scope, marked(query, comparisons), returned, counted));
			synchronized (this.templates) {
				this.templates.put(shape, template);
			}
		}
		return template.fill(query, comparisons);
	}

	private static SqlStatement write(Scope scope, Query query, Returned returned, boolean counted) {
		return counted ? ReadStatements.countedRows(scope, query, returned)
				: ReadStatements.rows(scope, query, returned);
	}

	/**
	 * Return the conditions of a filter if each compares a column with one value, which
	 * goes into the statement as it is; otherwise {@code null}.
	 */
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

	private static Query marked(Query query, List<Comparison> comparisons) {
		List<Filter> marked = new ArrayList<>(comparisons.size());
		for (int i = 0; i < comparisons.size(); i++) {
			Comparison comparison = comparisons.get(i);
			marked.add(new Comparison(comparison.column(), comparison.operator(), null, List.of(MARK + i), null));
		}
		Filter filter = (query.filter() instanceof Filter.And) ? new Filter.And(marked) : marked.get(0);
		return query.withFilter(filter)
			.withPage((query.limit() != null) ? LIMIT_MARK : null, isSkipping(query) ? OFFSET_MARK : null);
	}

	private static boolean isSkipping(Query query) {
		return query.offset() != null && query.offset() > 0;
	}

	/**
	 * What has to be equal for two queries to share a statement.
	 *
	 * @param relation the relation of one snapshot
	 * @param readable the columns that may be touched
	 * @param rows the rule that rows must meet
	 * @param query the query without its values
	 * @param conditions what is compared, and how
	 * @param limited whether there is a limit
	 * @param skipping whether rows are skipped
	 * @param returned how the rows are returned
	 * @param counted whether all rows are counted
	 */
	private record Shape(SameRelation relation, Set<String> readable, Filter rows, Query query,
			List<Condition> conditions, boolean limited, boolean skipping, Returned returned, boolean counted) {

		static Shape of(Scope scope, Query query, List<Comparison> comparisons, Returned returned, boolean counted) {
			List<Condition> conditions = new ArrayList<>(comparisons.size());
			comparisons.forEach((each) -> conditions.add(new Condition(each.column().column(), each.operator())));
			return new Shape(new SameRelation(scope.relation()), scope.readable(), scope.rows(),
					query.withFilter(Filter.NONE).withPage(null, null), conditions, query.limit() != null,
					isSkipping(query), returned, counted);
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

	/**
	 * A statement whose values are still to come.
	 */
	private record Template(SqlStatement marked) {

		SqlStatement fill(Query query, List<Comparison> comparisons) {
			List<@Nullable String> args = new ArrayList<>(this.marked.args().size());
			for (String arg : this.marked.args()) {
				args.add(value(arg, query, comparisons));
			}
			return new SqlStatement(this.marked.sql(), args, this.marked.planning());
		}

		private static @Nullable String value(@Nullable String arg, Query query, List<Comparison> comparisons) {
			if (arg == null) {
				return null;
			}
			if (arg.startsWith(MARK)) {
				return comparisons.get(Integer.parseInt(arg.substring(MARK.length()))).values().get(0);
			}
			if (arg.equals(Long.toString(LIMIT_MARK))) {
				return String.valueOf(query.limit());
			}
			return arg.equals(Long.toString(OFFSET_MARK)) ? String.valueOf(query.offset()) : arg;
		}

	}

}
