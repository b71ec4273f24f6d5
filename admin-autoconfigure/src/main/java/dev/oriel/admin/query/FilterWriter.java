package dev.oriel.admin.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.oriel.admin.query.Filter.And;
import dev.oriel.admin.query.Filter.Comparison;
import dev.oriel.admin.query.Filter.Embedded;
import dev.oriel.admin.query.Filter.Is;
import dev.oriel.admin.query.Filter.Not;
import dev.oriel.admin.query.Filter.Or;
import dev.oriel.admin.query.Filter.Search;
import dev.oriel.admin.query.Filter.Within;

/**
 * Writes filters, each as one parameter.
 */
final class FilterWriter {

	private static final Filter NEVER = new Or(List.of());

	private FilterWriter() {
	}

	/**
	 * Return the parameters that stand for the filter.
	 */
	static List<Parameter> parameters(Filter filter) {
		Filter simple = simplify(filter);
		if (simple.equals(NEVER)) {
			throw new IllegalArgumentException("A filter that no row meets cannot be written");
		}
		List<Filter> filters = (simple instanceof And and) ? and.filters() : List.of(simple);
		return filters.stream().map(FilterWriter::parameter).toList();
	}

	private static Parameter parameter(Filter filter) {
		if (filter instanceof And || filter instanceof Or) {
			return new Parameter(operator(filter), conditions(filter));
		}
		if (filter instanceof Not not && !isOperation(not.filter())) {
			return new Parameter("not." + operator(not.filter()), conditions(not.filter()));
		}
		return new Parameter(subject(filter), operation(filter, false));
	}

	private static String condition(Filter filter) {
		if (filter instanceof And || filter instanceof Or) {
			return operator(filter) + conditions(filter);
		}
		if (filter instanceof Not not && !isOperation(not.filter())) {
			return "not." + operator(not.filter()) + conditions(not.filter());
		}
		return subject(filter) + "." + operation(filter, true);
	}

	/**
	 * Whether {@code not} can stand before the filter's own operator.
	 */
	private static boolean isOperation(Filter filter) {
		return filter instanceof Comparison || filter instanceof Is || filter instanceof Within;
	}

	private static String operator(Filter filter) {
		return (filter instanceof Or) ? "or" : "and";
	}

	private static String conditions(Filter filter) {
		List<Filter> filters = List.of(filter);
		if (filter instanceof And and) {
			filters = and.filters();
		}
		else if (filter instanceof Or or) {
			filters = or.filters();
		}
		return filters.stream().map(FilterWriter::condition).collect(Collectors.joining(",", "(", ")"));
	}

	private static String subject(Filter filter) {
		if (filter instanceof Not not) {
			return subject(not.filter());
		}
		if (filter instanceof Comparison comparison) {
			return SelectWriter.path(comparison.column());
		}
		if (filter instanceof Within within) {
			return SelectWriter.path(within.column());
		}
		if (filter instanceof Search) {
			return SearchParser.NAME;
		}
		return (filter instanceof Is is) ? SelectWriter.path(is.column()) : Name.write(((Embedded) filter).embed());
	}

	private static String operation(Filter filter, boolean nested) {
		if (filter instanceof Not not) {
			return "not." + operation(not.filter(), nested);
		}
		if (filter instanceof Comparison comparison) {
			return comparison(comparison, nested);
		}
		if (filter instanceof Is is) {
			return "is." + is.test().name().toLowerCase(Locale.ROOT);
		}
		if (filter instanceof Within within) {
			return PeriodParser.write(within, nested);
		}
		if (filter instanceof Search search) {
			String words = SearchParser.write(search.words());
			return nested ? value(words) : words;
		}
		return ((Embedded) filter).missing() ? "is.null" : "not.is.null";
	}

	private static String comparison(Comparison comparison, boolean nested) {
		String operator = comparison.operator().label();
		if (comparison.operator() == Operator.IN) {
			return operator
					+ comparison.values().stream().map(FilterWriter::value).collect(Collectors.joining(",", ".(", ")"));
		}
		if (comparison.quantifier() != null) {
			operator += "(" + comparison.quantifier().name().toLowerCase(Locale.ROOT) + ")";
		}
		if (comparison.language() != null) {
			operator += "(" + Name.requireIdentifier(comparison.language()) + ")";
		}
		String value = (comparison.quantifier() != null) ? ArrayLiteral.write(comparison.values())
				: comparison.values().get(0);
		return operator + "." + (nested ? value(value) : value);
	}

	/**
	 * Return a value as it can stand in a list or a logic tree.
	 */
	static String value(String value) {
		boolean bare = !value.isEmpty() && value.codePoints()
			.allMatch((character) -> Character.isLetterOrDigit(character) || "_-*%.:@/+".indexOf(character) >= 0);
		return bare ? value : Name.quote(value);
	}

	/**
	 * Return an equal filter without conditions that always or never hold and without
	 * operators over a single condition, which the language has no words for.
	 */
	private static Filter simplify(Filter filter) {
		if (filter instanceof Not not) {
			Filter inner = simplify(not.filter());
			if (inner.equals(NEVER) || inner.equals(Filter.NONE)) {
				return inner.equals(NEVER) ? Filter.NONE : NEVER;
			}
			return new Not(inner);
		}
		if (filter instanceof And and) {
			List<Filter> filters = simplify(and.filters(), Filter.NONE);
			return filters.contains(NEVER) ? NEVER : single(filters, new And(filters));
		}
		if (filter instanceof Or or) {
			List<Filter> filters = simplify(or.filters(), NEVER);
			return filters.contains(Filter.NONE) ? Filter.NONE : single(filters, new Or(filters));
		}
		return filter;
	}

	private static List<Filter> simplify(List<Filter> filters, Filter neutral) {
		List<Filter> simple = new ArrayList<>();
		for (Filter filter : filters) {
			Filter simplified = simplify(filter);
			if (!simplified.equals(neutral)) {
				simple.add(simplified);
			}
		}
		return simple;
	}

	private static Filter single(List<Filter> filters, Filter whole) {
		return (filters.size() == 1) ? filters.get(0) : whole;
	}

}
