package dev.oriel.admin.web;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Runs every example of a page of the documentation. Each example starts with the rows of
 * the page.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DocumentationTests {

	@RegisterExtension
	final PostgresDatabase database = PostgresDatabase.create();

	private final DocumentedPage page;

	private HostApplication host;

	private boolean written = true;

	DocumentationTests(DocumentedPage page) {
		this.page = page;
	}

	@BeforeAll
	void start() {
		this.database.execute(this.page.definitions());
		this.host = HostApplication.start(this.database, HostSecurity.Own.class);
	}

	@AfterAll
	void stop() {
		this.host.close();
	}

	@TestFactory
	Stream<DynamicTest> examples() {
		List<DocumentedPage.Block> blocks = this.page.blocks();
		assertThat(blocks).isNotEmpty();
		return blocks.stream()
			.map((block) -> dynamicTest(block.toString(), this.page.file().toUri(), () -> run(block.examples())));
	}

	private void run(List<HttpExample> examples) {
		putBack();
		for (HttpExample example : examples) {
			this.written |= example.writes();
			HttpResponse<String> answer = this.host.send(example.method(), example.target(), example.body(),
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

	private void putBack() {
		if (this.written) {
			List<String> tables = this.database.jdbc().sql("""
					SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
					WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'oriel')
					""").query(String.class).list();
			this.database.execute("TRUNCATE " + String.join(", ", tables) + " RESTART IDENTITY; " + this.page.rows());
			this.written = false;
		}
	}

}
