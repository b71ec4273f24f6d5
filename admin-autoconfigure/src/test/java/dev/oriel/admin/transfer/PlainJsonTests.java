package dev.oriel.admin.transfer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PlainJson}.
 */
class PlainJsonTests {

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[]", "{\"a\": 1}", " { \"a\" : [ 1 , -2.50 , 0 , 0.1 , true , false , null ] }\n",
			"\"\"", "\"ü€😀\"", "12", "-0", "null", "[[],{},[{\"\":\"\"}]]" })
	void jsonIsSeen(String text) {
		assertThat(PlainJson.is(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "[1,]", "[,1]",
			"[1 2]", "[1", "01", "-", "-a", "1.", ".5", "+1", "0x1", "1e5", "1E5", "NaN", "Infinity", "tru", "truex",
			"True", "nul", "\"", "\"a", "\"a\nb\"", "\"a\\nb\"", "\"a\tb\"", "{} {}", "1 2", "[]]", "\u00A01",
			"1\u0000", "/**/1", "1234567890123456789012345678901" })
	void doubtIsLeftToPostgres(String text) {
		assertThat(PlainJson.is(text)).isFalse();
	}

	@Test
	void depthIsBounded() {
		assertThat(PlainJson.is("[".repeat(50) + "]".repeat(50))).isTrue();
		assertThat(PlainJson.is("[".repeat(1_000_000))).isFalse();
	}

}
