package dev.oriel.admin.web;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.oriel.admin.query.Operator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs every example of docs/api.md, and checks that nothing of the language is left out
 * of the documentation.
 */
class ApiDocumentationIntegrationTests extends DocumentationTests {

	ApiDocumentationIntegrationTests() {
		super(DocumentedPage.API);
	}

	@Test
	void everyOperatorHasAnExample() {
		String urls = String.join("\n", examples(DocumentedPage.API).map(HttpExample::url).toList());
		assertThat(Stream.concat(Arrays.stream(Operator.values()).map(Operator::label), Stream.of("is", "not")))
			.allMatch((operator) -> Pattern.compile("[=.]" + operator + "(\\(\\w+\\))?\\.").matcher(urls).find());
	}

	@Test
	void everyPreferenceHasAnExample() {
		Set<String> shown = DocumentedPage.all()
			.stream()
			.flatMap(ApiDocumentationIntegrationTests::examples)
			.flatMap((example) -> example.headers().stream())
			.filter((header) -> header.name().equals("Prefer"))
			.flatMap((header) -> Arrays.stream(header.value().split(", *")))
			.map((preference) -> preference.replaceFirst("=.*", ""))
			.collect(Collectors.toSet());
		assertThat(Preferences.names()).isNotEmpty().isSubsetOf(shown);
	}

	private static Stream<HttpExample> examples(DocumentedPage page) {
		return page.blocks().stream().flatMap((block) -> block.examples().stream());
	}

}
