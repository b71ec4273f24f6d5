package dev.oriel.admin.query;

import java.util.List;

import dev.oriel.admin.query.SelectItem.Embed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class QueryParserTests {

	@Test
	void readsAWholeQuery() {
		Query query = Trees.parse("select=id,name&age=gte.18&student=is.true&order=age.desc&limit=10&offset=20");
		assertThat(query).isEqualTo(new Query(List.of(Trees.field("id"), Trees.field("name")),
				Trees.and(Filter.Comparison.of("age", Operator.GTE, "18"), Trees.is("student", Filter.Test.TRUE)),
				List.of(new OrderTerm(ColumnPath.of("age"), null, true, null)), 10L, 20L));
	}

	@Test
	void givesEachEmbedItsOwnParameters() {
		Query query = Trees.parse("select=*,c:clients(*,tasks(*))&c.name=eq.x&c.tasks.done=is.true"
				+ "&c.tasks.or=(a.eq.1,a.eq.2)&c.order=name&c.tasks.limit=3&c.tasks.offset=4&c.tasks=is.null");
		Embed clients = (Embed) query.select().get(1);
		assertThat(query.filter()).isEqualTo(Filter.NONE);
		assertThat(clients.query().filter())
			.isEqualTo(Trees.and(Trees.eq("name", "x"), new Filter.Embedded("tasks", true)));
		assertThat(clients.query().order()).containsExactly(OrderTerm.by("name"));
		Query tasks = ((Embed) clients.query().select().get(1)).query();
		assertThat(tasks.filter())
			.isEqualTo(Trees.and(Trees.is("done", Filter.Test.TRUE), Trees.or(Trees.eq("a", "1"), Trees.eq("a", "2"))));
		assertThat(tasks.limit()).isEqualTo(3);
		assertThat(tasks.offset()).isEqualTo(4);
	}

	@ParameterizedTest
	@ValueSource(strings = { "c.not.or", "not.c.or" })
	void negatesTheLogicOfAnEmbed(String name) {
		Query query = Trees.parse("select=c(*)&" + name + "=(a.eq.1,a.eq.2)");
		assertThat(((Embed) query.select().get(0)).query().filter())
			.isEqualTo(Trees.not(Trees.or(Trees.eq("a", "1"), Trees.eq("a", "2"))));
	}

	@Test
	void findsAnEmbedByItsLabelBeforeItsTarget() {
		Query query = Trees.parse("select=b:a(*),a:b(*),d:c(*)&a.x=eq.1&c.x=eq.2&\"b\".x=eq.3&order=c(y)");
		assertThat(query.select()).extracting((item) -> ((Embed) item).query().filter())
			.containsExactly(Trees.eq("x", "3"), Trees.eq("x", "1"), Trees.eq("x", "2"));
		assertThat(query.order()).containsExactly(new OrderTerm(ColumnPath.of("y"), "d", false, null));
	}

	@Test
	void readsFiltersOfSpreadEmbeds() {
		Query query = Trees.parse("select=...a(*)&a.x=eq.1");
		assertThat(((Embed) query.select().get(0)).query().filter()).isEqualTo(Trees.eq("x", "1"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "age;false;", "age.asc;false;", "age.desc;true;", "age.nullsfirst;false;true",
			"age.desc.nullslast;true;false", " age.asc.nullsfirst ;false;true", "\"age\".desc;true;" })
	void readsOrders(String order, boolean descending, Boolean nullsFirst) {
		assertThat(Trees.parse("order", order).order())
			.containsExactly(new OrderTerm(ColumnPath.of("age"), null, descending, nullsFirst));
	}

	@Test
	void readsOrdersByPathsAndEmbeds() {
		Query query = Trees.parse(
				"select=*,clients(*)&order=data->>lat.desc, clients(data->0).desc.nullsfirst ,clients( name ),\"a.b\"");
		assertThat(query.order()).containsExactly(
				new OrderTerm(Trees.path("data", Trees.text("lat")), null, true, null),
				new OrderTerm(Trees.path("data", Trees.index(0)), "clients", true, true),
				new OrderTerm(ColumnPath.of("name"), "clients", false, null), OrderTerm.by("a.b"));
	}

	@Test
	void takesTheFirstOrderAndTheLastLimitAsPostgrestDoes() {
		Query query = Trees.parse("order=a&order=b&limit=1&limit=2&offset=3&offset=4");
		assertThat(query).isEqualTo(new Query(List.of(), Filter.NONE, List.of(OrderTerm.by("a")), 2L, 4L));
	}

	@ParameterizedTest
	@CsvSource({ "0,0", "25,25", "0025,25", "9223372036854775807,9223372036854775807" })
	void readsLimits(String text, long limit) {
		assertThat(Trees.parse("limit", text).limit()).isEqualTo(limit);
		assertThat(Trees.parse("offset", text).offset()).isEqualTo(limit);
	}

	@Test
	void readsCursors() {
		assertThat(Trees.parse("after=~e30&limit=2"))
			.isEqualTo(Query.ALL.withPage(2L, null).withAnchor(new Anchor(Anchor.Side.AFTER, "~e30")));
		assertThat(Trees.parse("before=~").anchor()).isEqualTo(new Anchor(Anchor.Side.BEFORE, "~"));
	}

	@Test
	void readsFiltersOfColumnsThatAreCalledLikeCursors() {
		Query query = Trees.parse("after=eq.5&before=in.(~a,b)&\"after\"=like.~*&order=after,before&select=after");
		assertThat(query.anchor()).isNull();
		assertThat(query.filter()).isEqualTo(Trees.and(Trees.eq("after", "5"), Trees.in("before", "~a", "b"),
				Filter.Comparison.of("after", Operator.LIKE, "~*")));
		assertThat(Trees.parse("after=~a&after=eq.~b").filter()).isEqualTo(Trees.eq("after", "~b"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "after=~a&before=~b", "after=~a&after=~a", "after=~a%20b", "before=~a.b", "after=5",
			"after=", "\"after\"=~a", "select=b()&b.after=~a" })
	void refusesWhatIsNoCursorOrNotTheOnlyOne(String query) {
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> Trees.parse(query))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo("PGRST100"));
	}

	@Test
	void leavesOutWhatIsNoPartOfAQuery() {
		assertThat(Trees.parse("columns=a,b&on_conflict=a&&flag&")).isEqualTo(Query.ALL);
	}

	@Test
	void decodesQueryStrings() {
		assertThat(Trees.parse("Unit%20Price=lt.200&a+b=eq.x+%2B+%C3%A9=%26%25&%22x%22=eq.é").filter())
			.isEqualTo(Trees.and(Filter.Comparison.of("Unit Price", Operator.LT, "200"), Trees.eq("a b", "x + é=&%"),
					Trees.eq("x", "é")));
	}

	@Test
	void keepsPatternsAsTheyAreWritten() {
		Filter.Comparison like = (Filter.Comparison) Trees.filter("a", "ilike.*a%_\\**");
		assertThat(like.values()).containsExactly("*a%_\\**");
		assertThat(Patterns.toSql(like.values().get(0))).isEqualTo("%a%_\\%%");
	}

}
