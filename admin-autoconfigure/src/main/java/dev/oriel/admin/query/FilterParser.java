package dev.oriel.admin.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.oriel.admin.query.Filter.Comparison;
import dev.oriel.admin.query.Filter.Embedded;
import dev.oriel.admin.query.Filter.Is;
import dev.oriel.admin.query.Filter.Quantifier;
import dev.oriel.admin.query.Filter.Test;
import org.jspecify.annotations.Nullable;

/**
 * Reads one filter: what stands after {@code column=}, or a tree of {@code and} and
 * {@code or}.
 */
final class FilterParser {

	private static final String OPERATOR = "operator (eq, gt, ...)";

	private final Scanner scanner;

	private final Set<String> embeds;

	private final Limits limits;

	/**
	 * Create a parser.
	 * @param scanner the text
	 * @param embeds the labels of the embedded relations that can be tested for null
	 * @param limits how much more the query may hold
	 */
	FilterParser(Scanner scanner, Set<String> embeds, Limits limits) {
		this.scanner = scanner;
		this.embeds = embeds;
		this.limits = limits;
	}

	/**
	 * Read all of the text as an operator and its value: {@code not.eq.5}.
	 */
	Filter parseOperation(ColumnPath column) {
		Filter filter = operation(column, false);
		this.scanner.expectEnd();
		return filter;
	}

	/**
	 * Read all of the text as a logic operator and its conditions: {@code or(a.eq.5,…)}.
	 * @param operator the operator that the text begins with
	 */
	Filter parseLogic(String operator) {
		this.scanner.expect(operator);
		this.scanner.skipBlanks();
		Filter filter = logic(operator, 1);
		this.scanner.expectEnd();
		return filter;
	}

	private Filter condition(int depth) {
		Name name = PathParser.name(this.scanner, "field name (* or [a..z0..9_$])", "negation operator (not)",
				"logic operator (and, or)");
		if ((name.is("and") || name.is("or")) && !this.scanner.lookingAt(".") && !this.scanner.lookingAt("->")) {
			return logic(name.text(), depth);
		}
		if (name.is("not") && this.scanner.lookingAt(".")) {
			int start = this.scanner.position();
			this.scanner.skip(".");
			String word = this.scanner.word();
			this.scanner.skipBlanks();
			if ((word.equals("and") || word.equals("or")) && this.scanner.lookingAt("(")) {
				return new Filter.Not(logic(word, depth));
			}
			this.scanner.reset(start);
		}
		ColumnPath column = new ColumnPath(name.text(), PathParser.steps(this.scanner));
		this.scanner.expectDelimiter();
		boolean search = name.is(SearchParser.NAME) && column.path().isEmpty();
		if (search && !SearchParser.isOperation(this.scanner.ahead())) {
			return search();
		}
		return operation(column, true);
	}

	private Filter search() {
		this.limits.condition(this.scanner);
		int start = this.scanner.position();
		List<String> words = SearchParser.words(ListParser.value(this.scanner), this.scanner, this.limits);
		if (words.isEmpty()) {
			this.scanner.reset(start);
			throw this.scanner.unexpected("a word to search for");
		}
		return new Filter.Search(words);
	}

	private Filter logic(String operator, int depth) {
		this.limits.logic(this.scanner, depth);
		this.scanner.expect("(");
		List<Filter> filters = new ArrayList<>();
		do {
			filters.add(condition(depth + 1));
			this.scanner.skipBlanks();
		}
		while (this.scanner.skip(","));
		if (!this.scanner.skip(")")) {
			throw this.scanner.unexpected("\",\"", "\")\"");
		}
		this.scanner.skipBlanks();
		if (filters.size() == 1) {
			return filters.get(0);
		}
		return operator.equals("and") ? new Filter.And(filters) : new Filter.Or(filters);
	}

	private Filter operation(ColumnPath column, boolean nested) {
		this.limits.condition(this.scanner);
		boolean negated = this.scanner.skip("not.");
		int start = this.scanner.position();
		String word = this.scanner.word();
		if (word.equals("is")) {
			return is(column, negated);
		}
		if (word.equals(PeriodParser.OPERATOR)) {
			Filter within = PeriodParser.parse(column, this.scanner, nested);
			return negated ? new Filter.Not(within) : within;
		}
		Optional<Operator> operator = Operator.of(word);
		if (operator.isEmpty()) {
			this.scanner.reset(start);
			throw negated ? this.scanner.unexpected(OPERATOR) : this.scanner.unexpected("\"not\"", OPERATOR);
		}
		Filter filter = comparison(column, operator.get(), nested);
		return negated ? new Filter.Not(filter) : filter;
	}

	private Filter is(ColumnPath column, boolean negated) {
		this.scanner.expectDelimiter();
		Test test = test();
		boolean presence = test == Test.NULL || test == Test.NOT_NULL || test == Test.EMPTY;
		if (presence && column.path().isEmpty() && this.embeds.contains(column.column())) {
			return new Embedded(column.column(), (test != Test.NOT_NULL) != negated);
		}
		Filter filter = new Is(column, test);
		return negated ? new Filter.Not(filter) : filter;
	}

	private Test test() {
		int start = this.scanner.position();
		String word = this.scanner.word().toUpperCase(Locale.ROOT);
		for (Test test : Test.values()) {
			if (test.name().equals(word)) {
				return test;
			}
		}
		this.scanner.reset(start);
		throw this.scanner.unexpected("isVal: (null, not_null, true, false, unknown, empty)");
	}

	private Comparison comparison(ColumnPath column, Operator operator, boolean nested) {
		if (operator == Operator.IN) {
			this.scanner.expectDelimiter();
			return new Comparison(column, operator, null, ListParser.list(this.scanner), null);
		}
		Quantifier quantifier = null;
		String language = null;
		if (operator.isQuantifiable() && this.scanner.skip("(")) {
			quantifier = quantifier();
			this.scanner.expect(")");
		}
		else if (operator.isFullText() && this.scanner.skip("(")) {
			language = PathParser.identifier(this.scanner);
			this.scanner.expect(")");
		}
		this.scanner.expectDelimiter();
		String value = nested ? ListParser.value(this.scanner) : this.scanner.rest();
		return new Comparison(column, operator, quantifier, values(quantifier, value), language);
	}

	private Quantifier quantifier() {
		int start = this.scanner.position();
		String word = this.scanner.word();
		if (word.equals("any")) {
			return Quantifier.ANY;
		}
		if (word.equals("all")) {
			return Quantifier.ALL;
		}
		this.scanner.reset(start);
		throw this.scanner.unexpected("\"any\"", "\"all\"");
	}

	private List<String> values(@Nullable Quantifier quantifier, String value) {
		return (quantifier != null) ? ArrayLiteral.parse(this.scanner.inside("list", value)) : List.of(value);
	}

}
