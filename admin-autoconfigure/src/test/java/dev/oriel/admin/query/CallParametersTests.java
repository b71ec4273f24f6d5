package dev.oriel.admin.query;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallParameters}.
 */
class CallParametersTests {

	@Test
	void whateverIsNoPartOfTheLanguageIsAnArgument() {
		CallParameters parameters = CallParameters.parse("a=1&a=2&b=&c.d=x&e=eq&f=in.the.dark&%3Bg=x+y");
		assertThat(parameters.query()).isEqualTo(Trees.parse(""));
		assertThat(parameters.arguments()).isEqualTo(Map.of("a", List.of("1", "2"), "b", List.of(""), "c.d",
				List.of("x"), "e", List.of("eq"), "f", List.of("in.the.dark"), ";g", List.of("x y")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "rating=gt.8", "rating=not.is.null", "or=(a.eq.1,b.eq.2)", "select=title&order=title.desc",
			"limit=1&offset=2", "doc->a=eq.1", "id=in.(1,2)", "title=like(any).{a*,b*}" })
	void theRestIsTheQuery(String query) {
		CallParameters parameters = CallParameters.parse("a=1&" + query);
		assertThat(parameters.query()).isEqualTo(Trees.parse(query));
		assertThat(parameters.arguments()).containsOnlyKeys("a");
	}

}
