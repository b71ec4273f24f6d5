package dev.oriel.admin.query;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SearchParserTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "blue|[blue]", "blue  sky|[blue, sky]", "`  blue\tsky\u00a0\n`|[blue, sky]",
					"\"new york\" hotel|[new york, hotel]", "\"say \"\"hi\"\"\"|[say \"hi\"]", "\"open end|[open end]",
					"\"a\"b|[a, b]", "5\" pipe|[5\", pipe]", "C:\\temp|[C:\\temp]", "100%|[100%]", "a,b|[a,b]",
					"(draft)|[(draft)]", "eq|[eq]", "eq 5|[eq, 5]", "not.hello|[not.hello]",
					"in progress|[in, progress]", "is this.it|[is, this.it]", "equal.x|[equal.x]", "v1.2|[v1.2]",
					"\"eq.5\"|[eq.5]", "eq(x.y|[eq(x.y]", "EQ.5|[EQ.5]", "\"\" a|[a]" })
	void readsWords(String text, String words) {
		Filter.Search search = (Filter.Search) Trees.filter("q", text);
		assertThat(search.words()).hasToString(words);
		assertThat(Trees.parse(new QueryWriter().write(Query.ALL.withFilter(search))).filter()).isEqualTo(search);
		Filter nested = Trees.or(search, Trees.eq("a", "1"));
		assertThat(Trees.parse(new QueryWriter().write(Query.ALL.withFilter(nested))).filter()).isEqualTo(nested);
	}

	/**
	 * Whatever PostgREST understands keeps its meaning.
	 */
	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IN")
	void operatorsAreOfTheColumn(Operator operator) {
		Filter expected = Filter.Comparison.of("q", operator, "5");
		assertThat(Trees.filter("q", operator.label() + ".5")).isEqualTo(expected);
		assertThat(Trees.filter("q", "not." + operator.label() + ".5")).isEqualTo(Trees.not(expected));
		assertThat(Trees.filter("or", "(q." + operator.label() + ".5,a.eq.1)"))
			.isEqualTo(Trees.or(expected, Trees.eq("a", "1")));
	}

	@Test
	void otherFormsOfOperatorsAreOfTheColumn() {
		assertThat(Trees.filter("q", "in.(1,2)")).isEqualTo(Trees.in("q", "1", "2"));
		assertThat(Trees.filter("q", "eq(any).{1,2}")).isEqualTo(Trees.any("q", Operator.EQ, "1", "2"));
		assertThat(Trees.filter("q", "is.null")).isEqualTo(Trees.is("q", Filter.Test.NULL));
		assertThat(Trees.filter("q", "fts(english).x")).isInstanceOf(Filter.Comparison.class);
		assertThat(Trees.filter("q", "within.today")).isInstanceOf(Filter.Within.class);
		assertThat(Trees.filter("q->>a", "eq.1")).isInstanceOf(Filter.Comparison.class);
		assertThat(Trees.filter("not.or", "(q.eq.1,q.x)"))
			.isEqualTo(Trees.not(Trees.or(Trees.eq("q", "1"), search("x"))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "is.nul", "not.is.no", "in.x", "eq(some).{1}", "within.never" })
	void misspeltFiltersAreNoSearches(String text) {
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> Trees.filter("q", text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"q\"", "q->a", "Q" })
	void onlyThePlainNameSearches(String name) {
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> Trees.filter(name, "blue"));
	}

	@Test
	void embedsAreSearchedToo() {
		Query query = Trees.parse("select=id,orders(id)&orders.q=blue&q=red");
		assertThat(query.filter()).isEqualTo(search("red"));
		assertThat(((SelectItem.Embed) query.select().get(1)).query().filter()).isEqualTo(search("blue"));
		assertThat(new QueryWriter().write(query)).isEqualTo("select=id,orders(id)&q=red&orders.q=blue");
		assertThat(Trees.parse("select=q(id)&q=is.null").filter()).isEqualTo(new Filter.Embedded("q", true));
		assertThat(Trees.parse("select=orders()&orders=is.empty").filter())
			.isEqualTo(new Filter.Embedded("orders", true));
	}

	@Test
	void blankSearchIsNone() {
		assertThat(Trees.parse("q=")).isEqualTo(Query.ALL);
		assertThat(Trees.parse("q=%20&a=eq.1&q=\"\"").filter()).isEqualTo(Trees.eq("a", "1"));
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> Trees.filter("or", "(q.,a.eq.1)"))
			.satisfies((ex) -> assertThat(ex.details()).contains("a word to search for"));
		assertThatIllegalArgumentException().isThrownBy(() -> new Filter.Search(List.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> search(""));
	}

	@Test
	void severalSearchesMustAllBeMet() {
		assertThat(Trees.parse("q=a&q=b").filter()).isEqualTo(Trees.and(search("a"), search("b")));
		assertThat(new QueryWriter().write(Query.ALL.withFilter(Trees.not(search("a b")))))
			.isEqualTo("not.and=(q.%22%5C%22a%20b%5C%22%22)");
	}

	@Test
	void searchesAreLimited() {
		assertThat(((Filter.Search) Trees.filter("q", "a ".repeat(32))).words()).hasSize(32);
		refused("a ".repeat(33), "more than 32 words");
		refused("a".repeat(201), "longer than 200 characters");
		assertThatExceptionOfType(QueryException.class)
			.isThrownBy(() -> Trees.parse("q=" + "a+".repeat(20) + "&or=(q." + "b+".repeat(20) + ",a.eq.1)"));
	}

	@Test
	void functionsMayHaveAnArgumentOfThatName() {
		CallParameters parameters = CallParameters.parse("q=blue&select=id,orders(id)&orders.q=red");
		assertThat(parameters.arguments()).containsOnlyKeys("q").containsEntry("q", List.of("blue"));
		assertThat(parameters.query().filter()).isEqualTo(Filter.NONE);
		assertThat(CallParameters.parse("q=eq.5").query().filter()).isEqualTo(Trees.eq("q", "5"));
	}

	private static void refused(String text, String details) {
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> Trees.filter("q", text))
			.satisfies((ex) -> assertThat(ex.details()).contains(details));
	}

	private static Filter search(String... words) {
		return new Filter.Search(List.of(words));
	}

}
