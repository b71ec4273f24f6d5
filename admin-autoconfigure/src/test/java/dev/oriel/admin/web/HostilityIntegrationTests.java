package dev.oriel.admin.web;

import java.net.http.HttpResponse;
import java.util.Set;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for requests that nobody in good faith sends, in an application that has put all
 * of Spring MVC below a path of its own.
 */
class HostilityIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/shop.sql");

	private static HostApplication host;

	@BeforeAll
	static void start() {
		database.execute("CREATE TABLE \"we\"\"ird; drop\" (id int PRIMARY KEY, \"a;b\" text); "
				+ "INSERT INTO \"we\"\"ird; drop\" VALUES (7, 'x')");
		host = HostApplication.start(database, OnlyCompaniesAreWritable.class, "spring.mvc.servlet.path=/app",
				"server.servlet.context-path=/context");
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@Test
	void emptyProfileIsNone() {
		assertThat(send("GET", "/api/rest/company?select=id&limit=1", "", "Accept-Profile", "").statusCode())
			.isEqualTo(200);
	}

	@Test
	void relationsThatFirewallsDoNotLetThroughHaveAnotherSpelling() {
		assertThat(send("GET", "/api/rest/we%22ird~3b~%20drop", "").body()).isEqualTo("[{\"id\":7,\"a;b\":\"x\"}]");
		assertThat(send("GET", "/api/schema/public/we%22ird~3b~%20drop", "").statusCode()).isEqualTo(200);
		assertThat(send("PUT", "/api/settings/public/we%22ird~3b~%20drop", "{\"a\":1}").statusCode()).isEqualTo(204);
		assertThat(send("GET", "/api/settings/public/we%22ird~3b~%20drop", "").body()).isEqualTo("{\"a\": 1}");
	}

	@Test
	void settingsThatCannotBeStoredAreTheCallersFault() {
		HttpResponse<String> answer = send("PUT", "/api/settings/public/company", "{\"a\":\"\\u0000\"}");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("PGRST102");
	}

	@Test
	void whoMayOnlyLookDoesNotAlterTheTable() {
		assertThat(send("GET", "/api/live/public/item", "").body()).contains("\"installable\":false", "\"sql\":\"\"");
		assertThat(send("POST", "/api/live/public/item", "{}").statusCode()).isEqualTo(403);
		assertThat(send("DELETE", "/api/live/public/item", "").statusCode()).isEqualTo(403);
		assertThat(send("GET", "/api/live/public/company", "").body()).contains("\"installable\":true",
				"CREATE TRIGGER");
	}

	@Test
	void pageKnowsWhereItIs() {
		HttpResponse<String> page = send("GET", "/t/public/company", "", "Accept", "text/html");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("<base href=\"/context/app/admin/\">");
	}

	private static HttpResponse<String> send(String method, String path, String body, String... headers) {
		String[] all = new String[headers.length + 4];
		all[0] = "Authorization";
		all[1] = HostApplication.basic("admin");
		all[2] = "Content-Type";
		all[3] = "application/json";
		System.arraycopy(headers, 0, all, 4, headers.length);
		return host.send(method, "/context/app/admin" + path, body, all);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(HostSecurity.Own.class)
	static class OnlyCompaniesAreWritable {

		@Bean
		AccessPolicy policy() {
			return (caller, relation) -> {
				Set<String> columns = relation.columnsByName().keySet();
				boolean company = relation.name().name().equals("company");
				return new RelationAccess(
						company ? Set.of(Operation.SELECT, Operation.UPDATE) : Set.of(Operation.SELECT), columns,
						Set.of(), company ? columns : Set.of(), Filter.NONE);
			};
		}

	}

}
