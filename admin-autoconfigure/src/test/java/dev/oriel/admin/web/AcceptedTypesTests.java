package dev.oriel.admin.web;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AcceptedTypes}.
 */
class AcceptedTypesTests {

	@Test
	void withoutAHeaderEverythingIsTaken() {
		assertThat(AcceptedTypes.parse(List.of()).ranges()).extracting(AcceptedTypes.Range::type)
			.containsExactly("*/*");
	}

	@Test
	void theMostWantedComesFirst() {
		assertThat(types("text/csv;q=0.5, */*, application/json", "text/xml;q=0")).containsExactly("application/json",
				"*/*", "text/csv");
		assertThat(types("*/*;q=0.1, text/*, TEXT/CSV")).containsExactly("text/csv", "text/*", "*/*");
	}

	@Test
	void quotesHideSeparators() {
		AcceptedTypes.Range range = AcceptedTypes.Range
			.parse("application/vnd.pgrst.plan+text; For=\"application/a;b=\\\"c\\\"\"; options=analyze|wal;");
		assertThat(range.type()).isEqualTo("application/vnd.pgrst.plan+text");
		assertThat(range.parameters()).isEqualTo(Map.of("for", "application/a;b=\"c\"", "options", "analyze|wal"));
		assertThat(types("a/b;x=\",\", c/d")).containsExactly("a/b", "c/d");
	}

	@Test
	void rangesTakeWhatTheyStandFor() {
		assertThat(AcceptedTypes.Range.parse("application/*").takes("application/json")).isTrue();
		assertThat(AcceptedTypes.Range.parse("application/*").takes("text/csv")).isFalse();
		assertThat(AcceptedTypes.Range.parse("*/*").takes("text/csv")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",", ";", "\"", "a/b;q", "a/b;q=", "a/b;q=x", "a/b;=", "\\", "\"\\", "a/b;x=\"" })
	void whatIsNoMediaTypeIsOneThatNobodyOffers(String header) {
		assertThat(AcceptedTypes.parse(List.of(header)).ranges()).noneMatch((range) -> range.takes("text/csv"));
	}

	private static List<String> types(String... headers) {
		return AcceptedTypes.parse(List.of(headers)).ranges().stream().map(AcceptedTypes.Range::type).toList();
	}

}
