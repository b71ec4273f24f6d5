package dev.oriel.admin.query;

import java.util.List;
import java.util.stream.Stream;

import dev.oriel.admin.query.Filter.Comparison;
import dev.oriel.admin.query.Filter.Embedded;
import dev.oriel.admin.query.Filter.Is;
import dev.oriel.admin.query.Filter.Quantifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class FilterParserTests {

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IN")
	void readsEveryOperator(Operator operator) {
		Filter expected = Comparison.of("a", operator, "1.5, (\"x\") ");
		assertThat(Trees.filter("a", operator.label() + ".1.5, (\"x\") ")).isEqualTo(expected);
		assertThat(Trees.filter("a", "not." + operator.label() + ".1.5, (\"x\") ")).isEqualTo(Trees.not(expected));
	}

	@ParameterizedTest
	@EnumSource
	void readsAnyAndAllWhereTheyBelong(Operator operator) {
		if (operator.isQuantifiable()) {
			assertThat(Trees.filter("a", operator.label() + "(any).{O*,P*}"))
				.isEqualTo(Trees.any("a", operator, "O*", "P*"));
			assertThat(Trees.filter("a", "not." + operator.label() + "(all).{1}"))
				.isEqualTo(Trees.not(new Comparison(ColumnPath.of("a"), operator, Quantifier.ALL, List.of("1"), null)));
		}
		else if (!operator.isFullText()) {
			assertThat(ParsingErrorsTests.error("a", operator.label() + "(any).{1}").details())
				.isEqualTo("unexpected \"(\" expecting delimiter (.)");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "FTS", "PLFTS", "PHFTS", "WFTS" })
	void readsTheLanguageOfFullText(Operator operator) {
		Comparison expected = new Comparison(ColumnPath.of("a"), operator, null, List.of("Art Spass"), "german");
		assertThat(Trees.filter("a", operator.label() + "(german).Art Spass")).isEqualTo(expected);
		assertThat(Trees.filter("and", "(a.not." + operator.label() + "(german).Art Spass)"))
			.isEqualTo(Trees.not(expected));
	}

	@ParameterizedTest
	@CsvSource({ "null,NULL", "NULL,NULL", "not_null,NOT_NULL", "Not_Null,NOT_NULL", "true,TRUE", "FALSE,FALSE",
			"unknown,UNKNOWN" })
	void readsIsInAnyCase(String word, Filter.Test test) {
		assertThat(Trees.filter("a", "is." + word)).isEqualTo(Trees.is("a", test));
		assertThat(Trees.filter("a", "not.is." + word)).isEqualTo(Trees.not(Trees.is("a", test)));
	}

	@ParameterizedTest
	@MethodSource
	void readsLists(String list, List<String> expected) {
		Filter filter = Trees.in("a", expected.toArray(String[]::new));
		assertThat(Trees.filter("a", "in." + list)).isEqualTo(filter);
		assertThat(Trees.filter("or", "(a.not.in." + list + ",b.eq.1)"))
			.isEqualTo(Trees.or(Trees.not(filter), Trees.eq("b", "1")));
	}

	static Stream<Arguments> readsLists() {
		return Stream.of(arguments("(1,2,3)", List.of("1", "2", "3")), arguments("( 1, 2)", List.of("1", " 2")),
				arguments("(\"Hebdon,John\",\"Williams,Mary\")", List.of("Hebdon,John", "Williams,Mary")),
				arguments("(David White,\"Hebdon, John\")", List.of("David White", "Hebdon, John")),
				arguments("(\"Quote:\\\"\",\"Backslash:\\\\\")", List.of("Quote:\"", "Backslash:\\")),
				arguments("()", List.of()), arguments("(\"\")", List.of("")), arguments("(,)", List.of("", "")),
				arguments("(\"a\" b,\"c)", List.of("\"a\" b", "\"c")),
				arguments("(\"(a)\",b(c)", List.of("(a)", "b(c")), arguments("(\\,\\\")", List.of("\\", "\\\"")));
	}

	@ParameterizedTest
	@MethodSource
	void readsArrays(String array, List<String> expected) {
		Filter filter = Trees.any("a", Operator.EQ, expected.toArray(String[]::new));
		assertThat(Trees.filter("a", "eq(any)." + array)).isEqualTo(filter);
		assertThat(Trees.filter("and", "(a.eq(any)." + Name.quote(array) + ",b.eq.1)"))
			.isEqualTo(Trees.and(filter, Trees.eq("b", "1")));
	}

	static Stream<Arguments> readsArrays() {
		return Stream.of(arguments("{}", List.of()), arguments(" { } ", List.of()),
				arguments("{1,2}", List.of("1", "2")), arguments("{ a b , c }", List.of("a b", "c")),
				arguments("{\"a,b\",\"{c}\"}", List.of("a,b", "{c}")),
				arguments("{\"\",\"NULL\"}", List.of("", "NULL")), arguments("{a\\,b\\ }", List.of("a,b ")),
				arguments("{\"a\\\"b\\\\\"}", List.of("a\"b\\")));
	}

	@ParameterizedTest
	@MethodSource
	void readsLogic(String name, String value, Filter expected) {
		assertThat(Trees.filter(name, value)).isEqualTo(expected);
	}

	static Stream<Arguments> readsLogic() {
		Filter one = Trees.eq("id", "1");
		Filter two = Trees.eq("id", "2");
		Filter three = Trees.eq("name", "3");
		return Stream.of(arguments("or", "(id.eq.1,id.eq.2)", Trees.or(one, two)),
				arguments("and", "(id.eq.1,id.eq.2)", Trees.and(one, two)),
				arguments("not.or", "(id.eq.1,id.eq.2)", Trees.not(Trees.or(one, two))),
				arguments("not.and", "(id.eq.1,id.eq.2)", Trees.not(Trees.and(one, two))),
				arguments("or", "(id.eq.1)", one), arguments("not.or", "(id.eq.1)", Trees.not(one)),
				arguments("or", "(and(id.eq.1,id.eq.2),name.eq.3)", Trees.or(Trees.and(one, two), three)),
				arguments("or", "(not.and(id.eq.1,id.eq.2),not.or(id.eq.1,name.eq.3))",
						Trees.or(Trees.not(Trees.and(one, two)), Trees.not(Trees.or(one, three)))),
				arguments("and", "( and ( id.in.( 1, 2 ) , id.eq.1) , or ( id.eq.2, name.eq.3) )",
						Trees.and(Trees.and(Trees.in("id", "1", " 2 "), one), Trees.or(two, three))),
				arguments("or", "(name.eq.\"(a,b,4)\",name.like.\"*y,5)\")",
						Trees.or(Trees.eq("name", "(a,b,4)"), Comparison.of("name", Operator.LIKE, "*y,5)"))),
				arguments("or", "(a.adj.\"[18,21)\",a.cs.\"[30,35]\")",
						Trees.or(Comparison.of("a", Operator.ADJ, "[18,21)"),
								Comparison.of("a", Operator.CS, "[30,35]"))),
				arguments("or", "(arr.cs.{1,2,3},arr.cd.{1})",
						Trees.or(Comparison.of("arr", Operator.CS, "{1,2,3}"), Comparison
							.of("arr", Operator.CD, "{1}"))),
				arguments(
						"or", "(a.eq.,b.eq.\"\",c.eq.\"x\" y)", Trees.or(Trees.eq("a", ""), Trees.eq("b", ""),
								Trees.eq("c", "\"x\" y"))),
				arguments("or", "(a.like(any).{O*,P*},b.is.null)",
						Trees.or(Trees.any("a", Operator.LIKE, "O*", "P*"), Trees.is("b", Filter.Test.NULL))),
				arguments("or", "(and.eq.1,or.eq.2,not.eq.3)",
						Trees.or(Trees.eq("and", "1"), Trees.eq("or", "2"), Trees.eq("not", "3"))),
				arguments("or", "(data->>\"a.b\".eq.1,data->0.eq.2)", Trees.or(
						new Comparison(Trees.path("data", Trees.text("a.b")), Operator.EQ, null, List.of("1"), null),
						new Comparison(Trees.path("data", Trees.index(0)), Operator.EQ, null, List.of("2"), null))));
	}

	@Test
	void readsPathsAndQuotedNamesOnTheLeft() {
		assertThat(Trees.filter("json_data->>blood_type", "eq.A-")).isEqualTo(new Comparison(
				Trees.path("json_data", Trees.text("blood_type")), Operator.EQ, null, List.of("A-"), null));
		assertThat(Trees.filter("\"information.cpe\"", "like.*MS*"))
			.isEqualTo(Comparison.of("information.cpe", Operator.LIKE, "*MS*"));
		assertThat(Trees.filter("\"order\"", "eq.1")).isEqualTo(Trees.eq("order", "1"));
		assertThat(Trees.filter("\"select\"", "eq.1")).isEqualTo(Trees.eq("select", "1"));
		assertThat(Trees.filter("order->limit", "is.null"))
			.isEqualTo(new Is(Trees.path("order", Trees.json("limit")), Filter.Test.NULL));
	}

	@Test
	void joinsParametersInTheirOrder() {
		assertThat(Trees.parse("b=eq.1&or=(a.eq.1,a.eq.2)&a=eq.3").filter()).isEqualTo(
				Trees.and(Trees.eq("b", "1"), Trees.or(Trees.eq("a", "1"), Trees.eq("a", "2")), Trees.eq("a", "3")));
	}

	@Test
	void readsNullTestsOfEmbedsByLabelOnly() {
		String select = "select=*,c:clients(),tasks()&";
		assertThat(Trees.parse(select + "c=is.null").filter()).isEqualTo(new Embedded("c", true));
		assertThat(Trees.parse(select + "c=not.is.null").filter()).isEqualTo(new Embedded("c", false));
		assertThat(Trees.parse(select + "c=is.not_null").filter()).isEqualTo(new Embedded("c", false));
		assertThat(Trees.parse(select + "or=(c.is.null,tasks.not.is.null)").filter())
			.isEqualTo(Trees.or(new Embedded("c", true), new Embedded("tasks", false)));
		assertThat(Trees.parse(select + "clients=is.null").filter()).isEqualTo(Trees.is("clients", Filter.Test.NULL));
		assertThat(Trees.parse(select + "c=is.true").filter()).isEqualTo(Trees.is("c", Filter.Test.TRUE));
		assertThat(Trees.parse(select + "c->a=is.null").filter())
			.isEqualTo(new Is(Trees.path("c", Trees.json("a")), Filter.Test.NULL));
	}

	@Test
	void readsARuleOnItsOwn() {
		QueryParser parser = new QueryParser();
		assertThat(parser.parseFilter(new Parameter("owner", "eq.{username}")))
			.isEqualTo(Trees.eq("owner", "{username}"));
		assertThat(parser.parseFilter(new Parameter("not.or", "(a.eq.1,b.eq.2)")))
			.isEqualTo(Trees.not(Trees.or(Trees.eq("a", "1"), Trees.eq("b", "2"))));
	}

}
