package dev.oriel.admin.web;

import java.net.http.HttpResponse;

import dev.oriel.admin.autoconfigure.HostApplication;
import dev.oriel.admin.autoconfigure.HostSecurity;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for who comes in, whatever the application's own rules are.
 */
class GuardIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/shop.sql");

	private static final Requests WRITE = new Requests("PATCH", "/api/rest/item?id=eq.-1", "{\"note\":\"x\"}");

	@Nested
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class OwnChain {

		HostApplication host;

		@BeforeAll
		void start() {
			this.host = HostApplication.start(database, HostSecurity.Own.class);
		}

		@AfterAll
		void stop() {
			this.host.close();
		}

		@Test
		void onlyTheAuthorityComesIn() {
			for (Requests request : Requests.ALL) {
				assertThat(request.send(this.host).statusCode()).as("nobody, %s", request).isEqualTo(401);
				assertThat(request.send(this.host, "Authorization", HostApplication.basic("viewer")).statusCode())
					.as("viewer, %s", request)
					.isEqualTo(403);
				for (String user : new String[] { "admin", "support" }) {
					HttpResponse<String> answer = request.send(this.host, "Authorization", HostApplication.basic(user));
					assertThat(answer.statusCode()).as("%s, %s", user, request).isNotIn(401, 403).isLessThan(500);
				}
			}
		}

		@Test
		void sessionOfTheAuthorityComesIn() {
			String admin = this.host.login("admin");
			String viewer = this.host.login("viewer");
			for (Requests request : Requests.ALL) {
				assertThat(request.send(this.host, "Cookie", viewer).statusCode()).as("viewer, %s", request)
					.isEqualTo(403);
				boolean safe = request.method().matches("GET|HEAD|OPTIONS");
				int status = request.send(this.host, "Cookie", admin).statusCode();
				assertThat(status == 403).as("admin without token, %s", request).isEqualTo(!safe);
				assertThat(
						request.send(this.host, "Cookie", admin, "X-CSRF-TOKEN", token(this.host, admin)).statusCode())
					.as("admin with token, %s", request)
					.isNotIn(401, 403);
			}
		}

		@Test
		void sessionNeedsTheRightToken() {
			String admin = this.host.login("admin");
			String token = token(this.host, admin);
			assertThat(write("Cookie", admin)).isEqualTo(403);
			assertThat(write("Cookie", admin, "X-CSRF-TOKEN", "wrong")).isEqualTo(403);
			assertThat(write("Cookie", admin, "X-CSRF-TOKEN", "")).isEqualTo(403);
			assertThat(write("Cookie", admin, "X-CSRF-TOKEN", token(this.host, this.host.login("admin"))))
				.isEqualTo(403);
			assertThat(write("Cookie", admin, "X-CSRF-TOKEN", token)).isEqualTo(204);
		}

		@Test
		void passwordInTheHeaderDoesNotLendItselfToASession() {
			String viewer = this.host.login("viewer");
			assertThat(write("Cookie", viewer, "Authorization", HostApplication.basic("admin"))).isEqualTo(403);
		}

		@Test
		void pagesOfOtherSitesCannotWrite() {
			String basic = HostApplication.basic("admin");
			assertThat(write("Authorization", basic)).isEqualTo(204);
			assertThat(write("Authorization", basic, "Origin", this.host.origin())).isEqualTo(204);
			assertThat(write("Authorization", basic, "Sec-Fetch-Site", "same-origin")).isEqualTo(204);
			assertThat(write("Authorization", basic, "Sec-Fetch-Site", "none")).isEqualTo(204);
			for (String origin : new String[] { "http://evil.example", "null", "http://localhost:1", "http://localhost",
					this.host.origin() + ".evil.example", "http://localhost:80@evil.example", "", "://",
					"localhost" }) {
				assertThat(write("Authorization", basic, "Origin", origin)).as(origin).isEqualTo(403);
			}
			assertThat(write("Authorization", basic, "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
			assertThat(write("Authorization", basic, "Sec-Fetch-Site", "same-site")).isEqualTo(403);
		}

		@Test
		void browsersAreSentToTheLogin() {
			HttpResponse<String> page = this.host.send("GET", "/admin/t/public/item", "Accept", "text/html");
			assertThat(page.statusCode()).isEqualTo(302);
			assertThat(page.headers().firstValue("Location"))
				.hasValueSatisfying((location) -> assertThat(location).endsWith("/login"));
			HttpResponse<String> forbidden = this.host.send("GET", "/admin/", "Accept", "text/html", "Authorization",
					HostApplication.basic("viewer"));
			assertThat(forbidden.statusCode()).isEqualTo(403);
			assertThat(forbidden.body()).contains("<h1>").contains("viewer");
		}

		private int write(String... headers) {
			return WRITE.send(this.host, headers).statusCode();
		}

	}

	@Nested
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class ChainThatPermitsEverything {

		HostApplication host;

		@BeforeAll
		void start() {
			this.host = HostApplication.start(database, HostSecurity.PermitAll.class);
		}

		@AfterAll
		void stop() {
			this.host.close();
		}

		@Test
		void onlyTheAuthorityComesIn() {
			for (Requests request : Requests.ALL) {
				HttpResponse<String> nobody = request.send(this.host);
				assertThat(nobody.statusCode()).as("nobody, %s", request).isEqualTo(401);
				SecurityHeadersIntegrationTests.assertHeaders(nobody);
				assertThat(request.send(this.host, "Authorization", HostApplication.basic("viewer")).statusCode())
					.as("viewer, %s", request)
					.isEqualTo(403);
				assertThat(request.send(this.host, "Authorization", HostApplication.basic("admin")).statusCode())
					.as("admin, %s", request)
					.isNotIn(401, 403);
			}
		}

		@Test
		void sessionStillNeedsATokenThatIsOurs() {
			String admin = this.host.login("admin");
			assertThat(WRITE.send(this.host, "Cookie", admin).statusCode()).isEqualTo(403);
			String token = token(this.host, admin);
			assertThat(WRITE.send(this.host, "Cookie", admin, "X-CSRF-TOKEN", token).statusCode()).isEqualTo(204);
			assertThat(WRITE.send(this.host, "Cookie", admin, "X-CSRF-TOKEN", token + "x").statusCode()).isEqualTo(403);
		}

		@Test
		void browsersAreSentToTheLogin() {
			HttpResponse<String> page = this.host.send("GET", "/admin", "Accept", "text/html");
			assertThat(page.statusCode()).isEqualTo(302);
			assertThat(page.headers().firstValue("Location").orElse("")).endsWith("/login");
		}

	}

	@Nested
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	class ChainThatDoesNotCoverTheAdmin {

		HostApplication host;

		@BeforeAll
		void start() {
			this.host = HostApplication.start(database, HostSecurity.Elsewhere.class);
		}

		@AfterAll
		void stop() {
			this.host.close();
		}

		@Test
		void nobodyComesIn() {
			for (Requests request : Requests.ALL) {
				assertThat(request.send(this.host).statusCode()).as("nobody, %s", request).isEqualTo(401);
				assertThat(request.send(this.host, "Authorization", HostApplication.basic("admin")).statusCode())
					.as("admin, %s", request)
					.isEqualTo(401);
			}
			HttpResponse<String> page = this.host.send("GET", "/admin", "Accept", "text/html");
			assertThat(page.statusCode()).isEqualTo(401);
			assertThat(page.body()).doesNotContain("app-root");
		}

	}

	private static String token(HostApplication host, String cookie) {
		HttpResponse<String> session = host.send("GET", "/admin/api/session", "Cookie", cookie);
		assertThat(session.statusCode()).isEqualTo(200);
		JsonNode csrf = new JsonMapper().readTree(session.body()).path("csrf");
		assertThat(csrf.path("header").asString()).isEqualTo("X-CSRF-TOKEN");
		return csrf.path("token").asString();
	}

}
