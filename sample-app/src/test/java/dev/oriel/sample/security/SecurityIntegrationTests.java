package dev.oriel.sample.security;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import dev.oriel.sample.SampleTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

@SampleTest
@AutoConfigureMockMvc
class SecurityIntegrationTests {

	@Autowired
	private MockMvcTester mvc;

	@ParameterizedTest
	@ValueSource(strings = { "/", "/style.css", "/login", "/actuator/health" })
	void letsEverybodySee(String path) {
		assertThat(this.mvc.get().uri(path).accept(MediaType.ALL)).hasStatusOk();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/companies", "/admin", "/admin/t/company/company" })
	void sendsAnonymousBrowsersToTheLoginPage(String path) {
		assertThat(this.mvc.get().uri(path).accept(MediaType.TEXT_HTML)).hasStatus(HttpStatus.FOUND)
			.headers()
			.hasValue(HttpHeaders.LOCATION, "/login");
	}

	@Test
	void asksAnonymousScriptsForCredentials() {
		assertThat(this.mvc.get().uri("/admin/api/schema").header("X-Requested-With", "XMLHttpRequest"))
			.hasStatus(HttpStatus.UNAUTHORIZED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "admin", "support", "viewer" })
	void letsEachUserInByForm(String user) {
		assertThat(this.mvc.post().uri("/login").with(csrf()).param("username", user).param("password", user))
			.hasStatus(HttpStatus.FOUND)
			.headers()
			.hasValue(HttpHeaders.LOCATION, "/");
	}

	@ParameterizedTest
	@ValueSource(strings = { "admin", "support", "viewer" })
	void letsEachUserInByBasic(String user) {
		assertThat(this.mvc.get().uri("/api/companies").with(httpBasic(user, user))).hasStatusOk();
	}

	@Test
	void refusesAWrongPassword() {
		assertThat(this.mvc.get().uri("/api/companies").with(httpBasic("admin", "viewer")))
			.hasStatus(HttpStatus.UNAUTHORIZED);
	}

	@Test
	void protectsItsOwnFormsAgainstForgery() {
		assertThat(this.mvc.post().uri("/login").param("username", "admin").param("password", "admin"))
			.hasStatus(HttpStatus.FORBIDDEN);
	}

}
