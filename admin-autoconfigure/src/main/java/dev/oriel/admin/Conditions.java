package dev.oriel.admin;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Parameter;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.query.QueryParser;

import org.jspecify.annotations.Nullable;

/**
 * Makes conditions of values. The parser reads columns and operators, with a stand-in for
 * the value, so that a value is never read as a part of the language.
 */
final class Conditions {

	private static final String STAND_IN = "x";

	private static final Set<String> TESTS = Set.of("null", "not_null", "true", "false", "unknown", "empty");

	private static final QueryParser PARSER = new QueryParser();

	private Conditions() {
	}

	static Filter of(String column, String operator, @Nullable Object value) {
		if (operator.equals("is") || operator.equals("not.is")) {
			String test = String.valueOf(value).toLowerCase(Locale.ROOT);
			if (!TESTS.contains(test)) {
				throw invalid("'%s' cannot be tested for with 'is'".formatted(value),
						"Use null, not_null, true, false, unknown or empty.");
			}
			return parse(column, operator + "." + test);
		}
		if (value == null) {
			throw invalid("NULL cannot be compared with '%s'".formatted(operator),
					"Use where(\"%s\", \"is\", null).".formatted(column));
		}
		Filter filter = parse(column, operator + "." + standIn(operator));
		return withValue(filter, column, operator, value);
	}

	private static String standIn(String operator) {
		if (operator.endsWith("(any)") || operator.endsWith("(all)")) {
			return "{" + STAND_IN + "}";
		}
		boolean list = operator.equals(Operator.IN.label()) || operator.endsWith("." + Operator.IN.label());
		return list ? "(" + STAND_IN + ")" : STAND_IN;
	}

	private static Filter withValue(Filter filter, String column, String operator, Object value) {
		if (filter instanceof Filter.Not not) {
			return new Filter.Not(withValue(not.filter(), column, operator, value));
		}
		if (!(filter instanceof Filter.Comparison comparison) || !comparison.values().equals(List.of(STAND_IN))) {
			throw invalid("'%s' is not an operator that takes a value".formatted(operator),
					"Write the condition on '%s' with query(…).".formatted(column));
		}
		boolean several = comparison.operator() == Operator.IN || comparison.quantifier() != null;
		List<String> values = several ? values(operator, value) : List.of(RowJson.text(value));
		return new Filter.Comparison(comparison.column(), comparison.operator(), comparison.quantifier(), values,
				comparison.language());
	}

	private static List<String> values(String operator, Object value) {
		if (!(value instanceof Collection<?> collection)) {
			throw invalid("'%s' compares with several values".formatted(operator), "Give a collection of them.");
		}
		if (collection.stream().anyMatch((element) -> element == null)) {
			throw invalid("NULL cannot be compared with '%s'".formatted(operator), "Leave it out of the collection.");
		}
		return collection.stream().map(RowJson::text).toList();
	}

	static Query parsed(String parameter, String... items) {
		try {
			return PARSER.parse(List.of(new Parameter(parameter, String.join(",", items))));
		}
		catch (QueryException ex) {
			throw new ProblemException(Problem.of(ex), ex);
		}
	}

	static long number(String name, long value) {
		if (value < 0) {
			throw invalid("'%s' must not be negative".formatted(name), "Give a number of rows.");
		}
		return value;
	}

	private static Filter parse(String column, String operation) {
		try {
			return PARSER.parseFilter(new Parameter(column, operation));
		}
		catch (QueryException ex) {
			throw new ProblemException(Problem.of(ex), ex);
		}
	}

	private static ProblemException invalid(String message, String hint) {
		return new ProblemException(new Problem(400, "PGRST100", message, null, hint));
	}

}
