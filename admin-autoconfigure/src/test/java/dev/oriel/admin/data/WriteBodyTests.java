package dev.oriel.admin.data;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WriteBody}.
 */
class WriteBodyTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{\"a\":1 | It ends before it is complete (line 1, column 7)",
					"{\"a\":tru} | Unrecognized token 'tru'",
					"[{\"a\":1}, | Unexpected end-of-input within/between Array entries",
					"{\"a\":1}} | Unexpected close marker '}': no open Object to close (line 1, column 8)" })
	void whatIsNoJsonIsToldWithItsPlace(String body, String details) {
		assertRefused(body, details);
	}

	@Test
	void depthIsLimited() {
		assertRefused(nested(20_000), "It has too many values inside each other");
	}

	private static void assertRefused(String body, String details) {
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> WriteBody.parse(Payload.of(body)))
			.satisfies((ex) -> {
				assertThat(ex.problem().code()).isEqualTo("PGRST102");
				assertThat(String.valueOf(ex.problem().details())).startsWith(details)
					.doesNotContain("Stream", "`", "Source");
			});
	}

	@Test
	void valuesAreAsDeepAndNamesAsLongAsTheyLike() {
		assertThat(WriteBody.parse(Payload.of(nested(5_000))).names()).containsExactly("a");
		String name = "x".repeat(100_000);
		assertThat(WriteBody.parse(Payload.of("{\"a\":{\"" + name + "\":1}}")).names()).containsExactly("a");
	}

	private static String nested(int depth) {
		return "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
	}

}
