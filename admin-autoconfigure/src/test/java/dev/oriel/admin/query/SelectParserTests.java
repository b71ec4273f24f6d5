package dev.oriel.admin.query;

import java.util.stream.Stream;

import dev.oriel.admin.query.SelectItem.Aggregate;
import dev.oriel.admin.query.SelectItem.Count;
import dev.oriel.admin.query.SelectItem.Embed;
import dev.oriel.admin.query.SelectItem.Field;
import dev.oriel.admin.query.SelectItem.Join;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class SelectParserTests {

	@ParameterizedTest
	@MethodSource
	void readsOneItem(String text, SelectItem expected) {
		assertThat(Trees.select(text)).containsExactly(expected);
	}

	static Stream<Arguments> readsOneItem() {
		return Stream.concat(columns(), embeds());
	}

	private static Stream<Arguments> columns() {
		ColumnPath data = Trees.path("data", Trees.json("address"), Trees.text("city"));
		ColumnPath phone = Trees.path("json_data", Trees.json("phones"), Trees.index(0), Trees.text("number"));
		ColumnPath tax = Trees.path("order_details", Trees.json("tax_amount"));
		return Stream.of(arguments("*", Trees.ALL), arguments(" * ", Trees.ALL), arguments("id", Trees.field("id")),
				arguments(" no leading or trailing spaces ", Trees.field("no leading or trailing spaces")),
				arguments("\" leading and trailing \"", Trees.field(" leading and trailing ")),
				arguments("identifier-with-dashes", Trees.field("identifier-with-dashes")),
				arguments("with - blanks", Trees.field("with-blanks")), arguments("123", Trees.field("123")),
				arguments("$", Trees.field("$")), arguments("\"a,b\"", Trees.field("a,b")),
				arguments("\"say \\\"\\\\\\\"\"", Trees.field("say \"\\\"")), arguments("موارد", Trees.field("موارد")),
				arguments("नाम", Trees.field("नाम")), arguments("count", Trees.field("count")),
				arguments("fullName:full_name", new Field(ColumnPath.of("full_name"), "fullName", null, null, null)),
				arguments("\":\":\"::\"", new Field(ColumnPath.of("::"), ":", null, null, null)),
				arguments("salary::text", new Field(ColumnPath.of("salary"), null, "text", null, null)),
				arguments("a::double precision ", new Field(ColumnPath.of("a"), null, "double precision", null, null)),
				arguments("data->address->>city", Trees.field(data)),
				arguments("city:data->address->>city::text", new Field(data, "city", "text", null, null)),
				arguments("json_data->phones->0->>number", Trees.field(phone)),
				arguments("a->-1", Trees.field(Trees.path("a", Trees.index(-1)))),
				arguments("a->007", Trees.field(Trees.path("a", Trees.index(7)))),
				arguments("a->1st", Trees.field(Trees.path("a", Trees.json("1st")))),
				arguments("a->\"0\"", Trees.field(Trees.path("a", Trees.json("0")))),
				arguments("a->!@#$%^&*_a", Trees.field(Trees.path("a", Trees.json("!@#$%^&*_a")))),
				arguments("a->\"b.c,d\"", Trees.field(Trees.path("a", Trees.json("b.c,d")))),
				arguments("a->b-c->>d", Trees.field(Trees.path("a", Trees.json("b-c"), Trees.text("d")))),
				arguments("count()", new Count(null, null)), arguments("n:count()::text", new Count("n", "text")),
				arguments("amount.sum()", new Field(ColumnPath.of("amount"), null, null, Aggregate.SUM, null)),
				arguments("amount.avg()::int", new Field(ColumnPath.of("amount"), null, null, Aggregate.AVG, "int")),
				arguments("n:id.count()", new Field(ColumnPath.of("id"), "n", null, Aggregate.COUNT, null)),
				arguments("total:order_details->tax_amount::numeric.max()::text",
						new Field(tax, "total", "numeric", Aggregate.MAX, "text")));
	}

	private static Stream<Arguments> embeds() {
		Query id = Query.ALL.withSelect(Trees.select("id"));
		return Stream.of(arguments("client(id)", Trees.embed("client", Trees.field("id"))),
				arguments("client( id )", Trees.embed("client", Trees.field("id"))),
				arguments("client()", Trees.embed("client")), arguments("client(*)", Trees.embed("client", Trees.ALL)),
				arguments("a:b(id)", new Embed("b", "a", null, Join.LEFT, false, id)),
				arguments("b!fk(id)", new Embed("b", null, "fk", Join.LEFT, false, id)),
				arguments("b!inner(id)", new Embed("b", null, null, Join.INNER, false, id)),
				arguments("b!left(id)", new Embed("b", null, null, Join.LEFT, false, id)),
				arguments("b!fk!inner(id)", new Embed("b", null, "fk", Join.INNER, false, id)),
				arguments("a:b!inner!fk(id)", new Embed("b", "a", "fk", Join.INNER, false, id)),
				arguments("b!inner_fk(id)", new Embed("b", null, "inner_fk", Join.LEFT, false, id)),
				arguments("b!\"inner\"(id)", new Embed("b", null, "inner", Join.LEFT, false, id)),
				arguments("\"count\"(id)", new Embed("count", null, null, Join.LEFT, false, id)),
				arguments("...b(id)", new Embed("b", null, null, Join.LEFT, true, id)),
				arguments("...b!fk!inner(id)", new Embed("b", null, "fk", Join.INNER, true, id)),
				arguments("a(b(c(data->0)))", Trees.embed("a",
						Trees.embed("b", Trees.embed("c", Trees.field(Trees.path("data", Trees.index(0))))))));
	}

	@Test
	void readsSeveralItemsInOrder() {
		assertThat(Trees.select("id, data->0 ,total:amount.sum() , ...client(name),tasks(*,users(id))"))
			.containsExactly(Trees.field("id"), Trees.field(Trees.path("data", Trees.index(0))),
					new Field(ColumnPath.of("amount"), "total", null, Aggregate.SUM, null),
					new Embed("client", null, null, Join.LEFT, true, Query.ALL.withSelect(Trees.select("name"))),
					Trees.embed("tasks", Trees.ALL, Trees.embed("users", Trees.field("id"))));
	}

	@Test
	void readsNothingAsEveryColumn() {
		assertThat(Trees.parse("select=")).isEqualTo(Query.ALL);
		assertThat(Trees.parse("")).isEqualTo(Query.ALL);
	}

	@Test
	void takesTheFirstOfSeveral() {
		assertThat(Trees.parse("select=a&select=b").select()).containsExactly(Trees.field("a"));
	}

}
