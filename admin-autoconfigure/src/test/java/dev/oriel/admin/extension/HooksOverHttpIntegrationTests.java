package dev.oriel.admin.extension;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.Oriel;
import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for hooks of a real application, and for changes of rows that are named one by
 * one, over HTTP.
 */
class HooksOverHttpIntegrationTests {

	private static final Path PAGE = Path.of("../docs/extending.md");

	private static final Path SOURCE = Path.of("src/test/java/dev/oriel/admin/extension/InvoiceRules.java");

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/extension/invoices.sql");

	static HostApplication host;

	@BeforeAll
	static void start() {
		host = HostApplication.start(database, Hooks.class);
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@BeforeEach
	void fill() {
		database.execute("TRUNCATE invoice, invoice_log RESTART IDENTITY;"
				+ "INSERT INTO invoice (number, status) VALUES ('A1', 'open'), ('A2', 'paid'), ('A3', 'open')");
		Hooks.CALLS.clear();
	}

	@Test
	void pageShowsTheHookAsItIs() throws IOException {
		String source = Files.readString(SOURCE).replace("\r", "");
		String shown = source.substring(source.indexOf("// tag::hook[]\n") + 15, source.indexOf("// end::hook[]"));
		assertThat(Files.readString(PAGE).replace("\r", ""))
			.contains("```java\n" + shown.replace("\t", "    ") + "```\n");
	}

	@Test
	void hookSetsWhatTheCallerDoesNotSend() {
		HttpResponse<String> answer = send("POST", "invoice?select=id,number,changed_by",
				"[{\"number\":\"B1\"},{\"number\":\"B2\"}]", "Prefer", "return=representation");
		assertThat(answer.statusCode()).isEqualTo(201);
		assertThat(answer.body()).isEqualTo("[{\"id\":4,\"number\":\"B1\",\"changed_by\":\"admin\"},"
				+ "{\"id\":5,\"number\":\"B2\",\"changed_by\":\"admin\"}]");
		assertThat(log()).containsExactly("4 INSERT", "5 INSERT");
	}

	@Test
	void refusalsAreToldAtTheirFields() {
		HttpResponse<String> answer = send("PATCH", "invoice",
				"[{\"id\":1,\"number\":\"C1\"},{\"id\":2,\"number\":\"C2\"}]");
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(answer.body()).isEqualTo("{\"code\":\"ORIEL422\",\"message\":\"A paid invoice stays as it is\","
				+ "\"details\":null,\"hint\":null,\"column\":\"status\",\"columns\":[\"status\"],"
				+ "\"path\":\"[1].status\",\"errors\":[{\"path\":\"[1].status\",\"column\":\"status\","
				+ "\"message\":\"A paid invoice stays as it is\"}]}");
		assertThat(send("DELETE", "invoice?id=eq.2", "").statusCode()).isEqualTo(422);
		assertThat(send("GET", "invoice?select=number&order=id", "").body())
			.isEqualTo("[{\"number\":\"A1\"},{\"number\":\"A2\"},{\"number\":\"A3\"}]");
		assertThat(log()).isEmpty();
	}

	@Test
	void hooksAreCalledInTheirOrder() {
		assertThat(send("PATCH", "invoice?id=eq.1", "{\"number\":\"D\"}").statusCode()).isEqualTo(204);
		assertThat(Hooks.CALLS).containsExactly("ordered 5", "global", "on invoices", "last");
	}

	@Test
	void hookCanUseTheBeanThatWrites() {
		assertThat(host.context().getBean(Oriel.class)).isNotNull();
		assertThat(host.context().getBean(UsingOriel.class).oriel).isSameAs(host.context().getBean(Oriel.class));
	}

	@Test
	void rowsThatAreNamedOneByOneAreChanged() {
		HttpResponse<String> answer = send("PATCH", "invoice?select=id,status",
				"[{\"id\":3,\"status\":\"sent\"},{\"id\":1,\"number\":\"E\",\"status\":\"due\"}]", "Prefer",
				"return=representation, count=exact");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Content-Range")).contains("0-1/2");
		assertThat(answer.body()).isEqualTo("[{\"id\":3,\"status\":\"sent\"},{\"id\":1,\"status\":\"due\"}]");
		assertThat(log()).containsExactly("3 UPDATE", "1 UPDATE");
		HttpResponse<String> stale = send("PATCH", "invoice",
				"[{\"id\":3,\"status\":\"x\",\"_version\":\"1\"},{\"id\":1,\"status\":\"x\",\"_version\":\"1\"}]");
		assertThat(stale.statusCode()).isEqualTo(412);
		assertThat(stale.body()).contains("\"current\":null,\"stale\":[{\"path\":\"[0]\",\"current\":{\"id\":3,",
				"{\"path\":\"[1]\",\"current\":{\"id\":1,", "\"_version\":\"");
		HttpResponse<String> missing = send("PATCH", "invoice", "[{\"id\":99,\"status\":\"x\"}]");
		assertThat(missing.statusCode()).isEqualTo(404);
		assertThat(missing.body()).contains("\"path\":\"[0]\"");
	}

	@Test
	void severalVersionsCanBeExpected() {
		database.execute("UPDATE invoice SET number = 'changed' WHERE id = 3");
		List<String> tags = new ArrayList<>();
		for (int id : List.of(1, 3)) {
			tags.add(send("GET", "invoice?id=eq." + id, "", "Accept", "application/vnd.pgrst.object+json", "Prefer",
					"row-version")
				.headers()
				.firstValue("ETag")
				.orElseThrow());
		}
		assertThat(send("DELETE", "invoice?id=in.(1,3)", "", "If-Match", tags.get(0) + ", \"1\"").statusCode())
			.isEqualTo(412);
		assertThat(send("DELETE", "invoice?id=in.(1,3)", "", "If-Match", String.join(", ", tags)).statusCode())
			.isEqualTo(204);
		assertThat(send("DELETE", "invoice?id=eq.1", "", "If-Match", "*").statusCode()).isEqualTo(412);
		assertThat(send("PATCH", "invoice?id=eq.1", "{\"status\":\"x\"}", "If-Match", "*").statusCode()).isEqualTo(412);
	}

	@Test
	void failureOfAHookIsNoSecret() {
		HttpResponse<String> answer = send("POST", "invoice", "{\"number\":\"fail\"}");
		assertThat(answer.statusCode()).isEqualTo(500);
		assertThat(answer.body()).contains("ORIEL500").doesNotContain("secret");
	}

	private static List<String> log() {
		return database.jdbc()
			.sql("SELECT concat_ws(' ', invoice, operation) FROM invoice_log ORDER BY id")
			.query(String.class)
			.list();
	}

	private static HttpResponse<String> send(String method, String target, String body, String... headers) {
		List<String> all = new ArrayList<>(List.of("Authorization", HostApplication.basic("admin")));
		all.addAll(List.of(headers));
		if (!body.isEmpty()) {
			all.addAll(List.of("Content-Type", "application/json"));
		}
		return host.send(method, "/admin/api/rest/" + target, body, all.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ HostSecurity.Own.class, InvoiceRules.class, UsingOriel.class })
	static class Hooks {

		static final List<String> CALLS = new ArrayList<>();

		@Bean
		WriteHook last() {
			return new Named("last", Set.of()) {

				@Override
				public void before(BeforeWrite write) {
					super.before(write);
					if ("fail".equals(write.rows().get(0).values().text("number"))) {
						throw new IllegalStateException("secret");
					}
				}

			};
		}

		@Bean
		@Order(7)
		WriteHook onInvoices() {
			return new Named("on invoices", Set.of(new RelationName("public", "invoice")));
		}

		@Bean
		@Order(7)
		WriteHook onEverything() {
			return new Named("global", Set.of());
		}

		@Bean
		WriteHook ordered() {
			return new Ordered5();
		}

	}

	static class Ordered5 extends Named implements Ordered {

		Ordered5() {
			super("ordered 5", Set.of());
		}

		@Override
		public int getOrder() {
			return 5;
		}

	}

	static class Named implements WriteHook {

		private final String name;

		private final Set<RelationName> relations;

		Named(String name, Set<RelationName> relations) {
			this.name = name;
			this.relations = relations;
		}

		@Override
		public Set<RelationName> relations() {
			return this.relations;
		}

		@Override
		public void before(BeforeWrite write) {
			Hooks.CALLS.add(this.name);
		}

	}

	static class UsingOriel implements WriteHook {

		private final Oriel oriel;

		UsingOriel(Oriel oriel) {
			this.oriel = oriel;
		}

	}

}
