package dev.oriel.admin.web;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Runs every example of docs/api.md, and checks that nothing of the language is left out
 * there. Each example starts with the rows of docs/api.sql.
 */
class ApiDocumentationIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	static HostApplication host;

	static boolean written = true;

	@BeforeAll
	static void start() {
		database.execute(ApiDocument.definitions());
		host = HostApplication.start(database, HostSecurity.Own.class);
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@TestFactory
	Stream<DynamicTest> examples() {
		List<ApiDocument.Block> blocks = ApiDocument.blocks();
		assertThat(blocks).isNotEmpty();
		return blocks.stream()
			.map((block) -> dynamicTest(block.toString(), ApiDocument.FILE.toUri(), () -> run(block.examples())));
	}

	@Test
	void everyOperatorHasAnExample() {
		String urls = String.join("\n", examplesOfAll().map(HttpExample::url).toList());
		assertThat(Stream.concat(Arrays.stream(Operator.values()).map(Operator::label), Stream.of("is", "not")))
			.allMatch((operator) -> Pattern.compile("[=.]" + operator + "(\\(\\w+\\))?\\.").matcher(urls).find());
	}

	@Test
	void everyPreferenceHasAnExample() {
		Set<String> shown = examplesOfAll().flatMap((example) -> example.headers().stream())
			.filter((header) -> header.name().equals("Prefer"))
			.flatMap((header) -> Arrays.stream(header.value().split(", *")))
			.map((preference) -> preference.replaceFirst("=.*", ""))
			.collect(Collectors.toSet());
		assertThat(Preferences.names()).isNotEmpty().isSubsetOf(shown);
	}

	private static void run(List<HttpExample> examples) {
		putBack();
		for (HttpExample example : examples) {
			written |= example.writes();
			HttpResponse<String> answer = host.send(example.method(), example.target(), example.body(),
					headers(example));
			String description = "line %d: %s %s".formatted(example.line(), example.method(), example.target());
			assertThat(answer.statusCode()).as("%s%n%s", description, answer.body())
				.isEqualTo(example.status().value());
			for (HttpExample.Header header : example.expectedHeaders()) {
				assertThat(String.join(", ", answer.headers().allValues(header.name())))
					.as("%s, header %s", description, header.name())
					.matches((actual) -> HttpExample.matches(header.value(), actual), "is " + header.value());
			}
			assertBody(answer, example.expectedBody(), description);
		}
	}

	private static void assertBody(HttpResponse<String> answer, String expected, String description) {
		boolean json = answer.headers().firstValue("Content-Type").orElse("").contains("json");
		String actual = json ? HttpExample.compact(answer.body()) : answer.body().strip();
		String shown = json ? HttpExample.compact(expected) : expected;
		assertThat(actual).as("%s, body %s", description, answer.body())
			.matches((body) -> HttpExample.matches(shown, body), "is " + shown);
	}

	private static String[] headers(HttpExample example) {
		List<String> headers = new ArrayList<>();
		example.headers().forEach((header) -> headers.addAll(List.of(header.name(), header.value())));
		if (!shows(example, "Authorization")) {
			headers.addAll(List.of("Authorization", HostApplication.basic("admin")));
		}
		if (!example.body().isEmpty() && !shows(example, "Content-Type")) {
			headers.addAll(List.of("Content-Type", "application/json"));
		}
		return headers.toArray(String[]::new);
	}

	private static boolean shows(HttpExample example, String name) {
		return example.headers().stream().anyMatch((header) -> header.name().equalsIgnoreCase(name));
	}

	private static void putBack() {
		if (written) {
			List<String> tables = database.jdbc().sql("""
					SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
					WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'oriel')
					""").query(String.class).list();
			database.execute("TRUNCATE " + String.join(", ", tables) + " RESTART IDENTITY; " + ApiDocument.rows());
			written = false;
		}
	}

	private static Stream<HttpExample> examplesOfAll() {
		return ApiDocument.blocks().stream().flatMap((block) -> block.examples().stream());
	}

}
