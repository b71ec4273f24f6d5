package dev.oriel.admin.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.oriel.admin.data.ProblemException;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.DefaultCsrfToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CsrfCheck}.
 */
class CsrfCheckTests {

	private static final CsrfToken TOKEN = new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", "secret-token");

	private final CsrfCheck check = new CsrfCheck();

	@Test
	void plainAndMaskedTokensMatch() {
		assertThat(CsrfCheck.matches(TOKEN, "secret-token")).isTrue();
		assertThat(CsrfCheck.matches(TOKEN, mask("secret-token", (byte) 0x5a))).isTrue();
		assertThat(CsrfCheck.matches(TOKEN, mask("secret-token", (byte) 0))).isTrue();
	}

	@Test
	void anythingElseDoesNot() {
		assertThat(CsrfCheck.matches(TOKEN, null)).isFalse();
		for (String value : new String[] { "", "secret-toke", "secret-token ", "Secret-token", "***",
				mask("other--token", (byte) 1), mask("secret-tokens", (byte) 1), "AAAA" }) {
			assertThat(CsrfCheck.matches(TOKEN, value)).as(value).isFalse();
		}
	}

	@Test
	void requestWithItsOwnCredentialsNeedsNone() {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/admin/api/rest/item");
		request.addHeader("Authorization", "Bearer x");
		assertThat(this.check.isNeeded(request)).isFalse();
		request.getSession();
		assertThat(this.check.isNeeded(request)).isTrue();
	}

	@Test
	void sessionWithoutATokenIsRefused() {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/admin/api/rest/item");
		request.getSession();
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> this.check.require(request))
			.satisfies((ex) -> assertThat(ex.problem().status()).isEqualTo(403));
		request.addHeader("X-CSRF-TOKEN", this.check.issue(request).getToken());
		this.check.require(request);
	}

	private static String mask(String token, byte random) {
		byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
		byte[] masked = new byte[2 * bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			masked[i] = random;
			masked[bytes.length + i] = (byte) (bytes[i] ^ random);
		}
		return Base64.getUrlEncoder().encodeToString(masked);
	}

}
