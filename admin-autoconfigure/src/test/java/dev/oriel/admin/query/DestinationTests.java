package dev.oriel.admin.query;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class DestinationTests {

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "orders;orders;''", "orders?;orders;''", "orders?id=eq.5;orders;id=eq.5", "*;*;''", "**;**;''",
					"{x};{x};''", "a+b;a+b;''", "Order%20Items;Order Items;''", "a%2Fb%3Fc%25;a/b?c%;''",
					"orders?a=eq.what?;orders;a=eq.what?", "orders?a=eq./topic/rows/;orders;a=eq./topic/rows/" })
	void namesARelationAndAQuery(String text, String relation, String query) {
		Destination destination = Destination.parse("/topic/rows/" + text);
		assertThat(destination).isEqualTo(new Destination(relation, Trees.parse(query)));
		assertThat(Destination.parse(destination.write())).isEqualTo(destination);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "orders", "/topic/rows", "/topic/rows/", "/topic/rows/?id=eq.1", "/topic/rows/a/b",
			"/topic/changes/a.b", "/queue/rows/a", "/TOPIC/rows/a", " /topic/rows/a" })
	void isRefusedWithoutARelation(String text) {
		QueryException error = catchThrowableOfType(QueryException.class, () -> Destination.parse(text));
		assertThat(error.code()).isEqualTo("PGRST125");
		assertThat(error).hasMessage("Invalid path specified in request URL");
	}

	@ParameterizedTest
	@ValueSource(strings = { "%", "a%zz", "a?b=1&c", "a?%FF=eq.1" })
	void isRefusedWhenMalformed(String text) {
		QueryException error = catchThrowableOfType(QueryException.class,
				() -> Destination.parse("/topic/rows/" + text));
		assertThat(error.code()).isEqualTo("PGRST100");
	}

	@Test
	void functionsCannotBeFollowed() {
		QueryException error = catchThrowableOfType(QueryException.class,
				() -> Destination.parse("/topic/rows/rpc/add_them?a=1"));
		assertThat(error.code()).isEqualTo("PGRST125");
		assertThat(error.details()).contains("function");
	}

}
