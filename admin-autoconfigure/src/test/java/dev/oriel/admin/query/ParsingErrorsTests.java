package dev.oriel.admin.query;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ParsingErrorsTests {

	static QueryException error(String name, String value) {
		return catchThrowableOfType(QueryException.class, () -> Trees.parse(name, value));
	}

	private static QueryException error(String query) {
		return catchThrowableOfType(QueryException.class, () -> Trees.parse(query));
	}

	@ParameterizedTest
	@MethodSource
	void sayWhereAndWhatWasExpected(String name, String value, String task, int column, String details) {
		QueryException error = error(name, value);
		assertThat(error).isNotNull();
		assertThat(error.code()).isEqualTo("PGRST100");
		assertThat(error)
			.hasMessage("\"failed to parse " + task + " (" + value + ")\" (line 1, column " + column + ")");
		assertThat(error.details()).isEqualTo(details);
		assertThat(error.hint()).contains("'" + name + "'");
	}

	static Stream<Arguments> sayWhereAndWhatWasExpected() {
		return Stream.of(filters(), logic(), selects(), orders()).flatMap((arguments) -> arguments);
	}

	private static Stream<Arguments> filters() {
		String operator = "operator (eq, gt, ...)";
		return Stream.of(arguments("a", "noop.0", "filter", 1, "unexpected \"n\" expecting \"not\" or " + operator),
				arguments("a", "", "filter", 1, "unexpected end of input expecting \"not\" or " + operator),
				arguments("a", "not.val", "filter", 5, "unexpected \"v\" expecting " + operator),
				arguments("a", "eq", "filter", 3, "unexpected end of input expecting delimiter (.)"),
				arguments("a", "eq().1", "filter", 4, "unexpected \")\" expecting \"any\" or \"all\""),
				arguments("a", "fts().x", "filter", 5, "unexpected \")\" expecting letter or digit"),
				arguments("a", "is().x", "filter", 3, "unexpected \"(\" expecting delimiter (.)"),
				arguments("a", "is.nul", "filter", 4,
						"unexpected \"n\" expecting isVal: (null, not_null, true, false, unknown, empty)"),
				arguments("a", "is.null,b.eq.1", "filter", 8, "unexpected \",\" expecting end of input"),
				arguments("a", "in.1,2", "filter", 4, "unexpected \"1\" expecting \"(\""),
				arguments("a", "in.(1,2", "filter", 8, "unexpected end of input expecting \",\" or \")\""),
				arguments("a", "in.(1)2", "filter", 7, "unexpected \"2\" expecting end of input"));
	}

	private static Stream<Arguments> logic() {
		return Stream.of(
				arguments("or", "()", "logic tree", 4,
						"unexpected \")\" expecting field name (* or [a..z0..9_$]), "
								+ "negation operator (not) or logic operator (and, or)"),
				arguments("or", ")(", "logic tree", 3, "unexpected \")\" expecting \"(\""),
				arguments("or", "(id.in.1,2,id.eq.3)", "logic tree", 10, "unexpected \"1\" expecting \"(\""),
				arguments("and", "(ord(id.eq.1),id.eq.2)", "logic tree", 8, "unexpected \"(\" expecting delimiter (.)"),
				arguments("or", "(id.eq.1,not.xor(id.eq.2))", "logic tree", 16,
						"unexpected \"x\" expecting \"not\" or operator (eq, gt, ...)"),
				arguments("or", "(id.eq.1", "logic tree", 11, "unexpected end of input expecting \",\" or \")\""),
				arguments("or", "(id.eq.1))", "logic tree", 12, "unexpected \")\" expecting end of input"),
				arguments("not.and", "id.eq.1", "logic tree", 4, "unexpected \"i\" expecting \"(\""));
	}

	private static Stream<Arguments> selects() {
		String field = "letter, digit, \"-\", \"->>\", \"->\", \"::\", \".\", \")\", \",\" or end of input";
		String name = "field name (* or [a..z0..9_$])";
		return Stream.of(
				arguments("select", "id,clients(name[])", "select parameter", 16,
						"unexpected \"[\" expecting " + field),
				arguments("select", "data->>-78xy", "select parameter", 11,
						"unexpected \"x\" expecting digit, \"->\", \"::\", \".\", \",\" or end of input"),
				arguments("select", "data->>--34", "select parameter", 9, "unexpected \"-\" expecting digit"),
				arguments("select", "name!hint", "select parameter", 10, "unexpected end of input expecting \"(\""),
				arguments("select", "*!hint", "select parameter", 2,
						"unexpected \"!\" expecting \")\", \",\" or end of input"),
				arguments("select", "name::", "select parameter", 7,
						"unexpected end of input expecting letter or digit"),
				arguments("select", "id,", "select parameter", 4, "unexpected end of input expecting " + name),
				arguments("select", "a(b", "select parameter", 4, "unexpected end of input expecting \")\""),
				arguments("select", "a)", "select parameter", 2, "unexpected \")\" expecting \",\" or end of input"),
				arguments("select", "a:...b(*)", "select parameter", 3, "unexpected \".\" expecting " + name),
				arguments("select", "a.median()", "select parameter", 3,
						"unexpected \"m\" expecting " + "\"sum\", \"avg\", \"count\", \"max\" or \"min\""),
				arguments("select", "count(id)", "select parameter", 7, "unexpected \"i\" expecting \")\""),
				arguments("select", "\"abc", "select parameter", 5, "unexpected end of input expecting \"\\\"\""),
				arguments("select", "a!b!c(*)", "select parameter", 5, "unexpected \"c\" expecting \"inner\" or \"(\""),
				arguments("select", "a->99999999999", "select parameter", 15,
						"the index of an array is at most 2147483647"));
	}

	private static Stream<Arguments> orders() {
		String any = "\"asc\", \"desc\", \"nullsfirst\" or \"nullslast\"";
		return Stream.of(arguments("order", "id.ac", "order", 4, "unexpected \"a\" expecting " + any),
				arguments("order", "id.descc", "order", 4, "unexpected \"d\" expecting " + any),
				arguments("order", "id.asc.nlsfst", "order", 8,
						"unexpected \"n\" expecting \"nullsfirst\" or \"nullslast\""),
				arguments("order", "id.nullslast.desc", "order", 13,
						"unexpected \".\" expecting \",\" or end of input"),
				arguments("order", "clients(name,id)", "order", 13, "unexpected \",\" expecting \")\""),
				arguments("order", "", "order", 1, "unexpected end of input expecting field name (* or [a..z0..9_$])"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a.b.c", "a->", "a..b", "", ".", "a.\"b", "a[]" })
	void ofParameterNamesAreErrorsToo(String name) {
		assertThat(error(name, "eq.1")).extracting(QueryException::code).isIn("PGRST100", "PGRST108");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{1,NULL}", "{{1},{2}}", "{1,2", "1", "{a,}", "{a}b", "{\"a}", "{\"a\"b}", "{a\\}", "" })
	void ofArraysNameTheList(String array) {
		QueryException error = error("a", "eq(any)." + array);
		assertThat(error.code()).isEqualTo("PGRST100");
		assertThat(error).hasMessageContaining("failed to parse list (" + array + ")");
	}

	@Test
	void countLinesAndCharacters() {
		assertThat(error("or", "(a.eq.x\ny,😀)")).hasMessageEndingWith("(line 2, column 3)");
		assertThat(error("or", "(a.eq.😀,b)")).hasMessageEndingWith("(line 1, column 12)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "select=a(*)&b.c=eq.1", "select=a(*)&b.order=c", "select=a(*)&b.limit=1",
			"select=a(*)&b.or=(c.eq.1,c.eq.2)", "select=a(*)&order=b(c)", "b.c.d=eq.1", "select=a(*)&a.b.c=eq.1" })
	void nameTheEmbedThatIsNotThere(String query) {
		QueryException error = error(query);
		assertThat(error.code()).isEqualTo("PGRST108");
		assertThat(error).hasMessage("'b' is not an embedded resource in this request");
		assertThat(error.hint()).isEqualTo("Verify that 'b' is included in the 'select' query parameter.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "1x", "1.5", "+1", " 1", "-", "9223372036854775808", "1e3" })
	void ofLimitsSayWhatANumberIs(String number) {
		assertThat(error("limit", number)).hasMessageStartingWith("\"failed to parse limit (" + number + ")\"")
			.extracting(QueryException::code)
			.isEqualTo("PGRST100");
	}

	@Test
	void ofNegativeLimitsAreRanges() {
		assertThat(error("limit", "-1").code()).isEqualTo("PGRST103");
		assertThat(error("limit", "-1").details()).isEqualTo("Limit should be greater than or equal to zero.");
		assertThat(error("offset", "-1").details()).isEqualTo("Offset should be greater than or equal to zero.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a=%", "a=%2", "a=%zz", "%C3=eq.1", "a=eq.%C3%28", "a=eq.%FF", "a=%2&b=eq.1",
			"a=eq.%ED%A0%80", "a=%٠٠" })
	void ofEscapesAreNotGuessedAway(String query) {
		assertThat(error(query)).hasMessageStartingWith("\"failed to decode query string\" (line 1, column ")
			.extracting(QueryException::code)
			.isEqualTo("PGRST100");
	}

	@Test
	void sayThatAQueryIsTooLarge() {
		String long65536 = "a=eq." + "x".repeat(65531);
		assertThat(Trees.parse(long65536)).isNotNull();
		assertThat(error(long65536 + "x")).hasMessage("The query string is longer than 65536 characters");
		assertThat(error("a", "x".repeat(65536))).hasMessage("The query string is longer than 65536 characters");
		String conditions = IntStream.range(0, 500).mapToObj((i) -> "a=eq." + i).collect(Collectors.joining("&"));
		assertThat(Trees.parse(conditions)).isNotNull();
		assertThat(error(conditions + "&a=eq.1").details()).isEqualTo("more than 500 conditions in one query");
		String embeds = IntStream.range(0, 100).mapToObj((i) -> "a" + i + "()").collect(Collectors.joining(","));
		assertThat(Trees.select(embeds)).hasSize(100);
		assertThat(error("select", embeds + ",b()").details())
			.isEqualTo("more than 100 embedded relations in one query");
	}

	@Test
	void sayThatAQueryIsTooDeep() {
		assertThat(Trees.select("a(".repeat(10) + "b" + ")".repeat(10))).hasSize(1);
		assertThat(error("select", "a(".repeat(11) + "b" + ")".repeat(11)).details())
			.isEqualTo("more than 10 embedded relations inside each other");
		assertThat(Trees.filter("or", "(not.and".repeat(31) + "(a.eq.1)" + ")".repeat(31))).isNotNull();
		assertThat(error("or", "(not.and".repeat(32) + "(a.eq.1)" + ")".repeat(32)).details())
			.isEqualTo("more than 32 logic operators inside each other");
		assertThat(error("or", "(and".repeat(16000)).details())
			.isEqualTo("more than 32 logic operators inside each other");
	}

	@Test
	void sayThatAPathIsTooLong() {
		assertThat(Trees.select("a" + "->b".repeat(32))).hasSize(1);
		assertThat(error("order", "a" + "->b".repeat(33)).details()).isEqualTo("more than 32 steps in one path");
	}

	@Test
	void shortenLongTexts() {
		assertThat(error("a".repeat(1000), "x".repeat(50000)).getMessage()).hasSizeLessThan(200);
		assertThat(error("a".repeat(1000), "x".repeat(50000)).hint()).hasSizeLessThan(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a.b", "order", "limit", "a.or" })
	void ofRulesSayThatTheyAreNoFilters(String name) {
		QueryException error = catchThrowableOfType(QueryException.class,
				() -> new QueryParser().parseFilter(new Parameter(name, "eq.1")));
		assertThat(error).hasMessage("'" + name + "' is not a filter of the relation itself");
	}

	@Test
	void ofSeveralParametersNameTheRightOne() {
		QueryException error = catchThrowableOfType(QueryException.class,
				() -> new QueryParser().parse(List.of(new Parameter("a", "eq.1"), new Parameter("b", "1"))));
		assertThat(error.hint()).isEqualTo("See the parameter 'b'");
	}

}
