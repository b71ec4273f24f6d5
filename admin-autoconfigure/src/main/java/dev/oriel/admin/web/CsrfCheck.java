package dev.oriel.admin.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

import org.springframework.http.HttpHeaders;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.csrf.DeferredCsrfToken;

import org.jspecify.annotations.Nullable;

/**
 * Checks that a request which changes something was made by a page of ours. The host's
 * token is used where the host has one, else one of our own in the session. Requests that
 * carry their credentials and have no session need none: no other site can make them.
 *
 * @since 0.1.0
 */
public final class CsrfCheck {

	private static final String DEFAULT_HEADER = "X-CSRF-TOKEN";

	private static final String DEFAULT_PARAMETER = "_csrf";

	private static final String SESSION_ATTRIBUTE = "dev.oriel.admin.csrf";

	void require(HttpServletRequest request) {
		if (!isNeeded(request)) {
			return;
		}
		CsrfToken expected = expected(request);
		if (expected == null) {
			throw Refusal.missingToken(DEFAULT_HEADER);
		}
		if (!matches(expected, request.getHeader(expected.getHeaderName()))) {
			throw Refusal.missingToken(expected.getHeaderName());
		}
	}

	/**
	 * Whether a request is authenticated by something that a browser sends by itself.
	 * @param request the request
	 */
	public boolean isNeeded(HttpServletRequest request) {
		boolean carriesCredentials = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
		return !carriesCredentials || request.getSession(false) != null;
	}

	/**
	 * Return the token that a page has to send, or {@code null} when there is none yet.
	 * @param request the request
	 */
	public @Nullable CsrfToken expected(HttpServletRequest request) {
		DeferredCsrfToken host = host(request);
		if (host != null) {
			return host.get();
		}
		HttpSession session = request.getSession(false);
		return (session != null) ? (CsrfToken) session.getAttribute(SESSION_ATTRIBUTE) : null;
	}

	/**
	 * Return the token for a page, making one if there is none.
	 * @param request the page's request
	 */
	CsrfToken issue(HttpServletRequest request) {
		if (host(request) != null && request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken shown) {
			// The host shows its token to pages in this attribute: masked, if it masks
			// tokens.
			return shown;
		}
		CsrfToken token = expected(request);
		if (token == null) {
			token = new DefaultCsrfToken(DEFAULT_HEADER, DEFAULT_PARAMETER, UUID.randomUUID().toString());
			request.getSession().setAttribute(SESSION_ATTRIBUTE, token);
		}
		return token;
	}

	/**
	 * Return a token that is never checked, for pages whose requests need none.
	 */
	static CsrfToken none() {
		return new DefaultCsrfToken(DEFAULT_HEADER, DEFAULT_PARAMETER, "none");
	}

	/**
	 * Whether a value is the expected token, plain or masked as Spring Security masks it:
	 * random bytes, followed by the token's bytes combined with them.
	 * @param expected the token
	 * @param actual the value sent, or {@code null} for none
	 */
	public static boolean matches(CsrfToken expected, @Nullable String actual) {
		if (actual == null) {
			return false;
		}
		byte[] token = expected.getToken().getBytes(StandardCharsets.UTF_8);
		boolean plain = MessageDigest.isEqual(token, actual.getBytes(StandardCharsets.UTF_8));
		byte[] unmasked = unmask(actual, token.length);
		return plain | (unmasked != null && MessageDigest.isEqual(token, unmasked));
	}

	private static byte @Nullable [] unmask(String value, int length) {
		byte[] bytes;
		try {
			bytes = Base64.getUrlDecoder().decode(value);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
		if (bytes.length != 2 * length) {
			return null;
		}
		byte[] token = new byte[length];
		for (int i = 0; i < length; i++) {
			token[i] = (byte) (bytes[i] ^ bytes[length + i]);
		}
		return token;
	}

	private static @Nullable DeferredCsrfToken host(HttpServletRequest request) {
		return (request.getAttribute(DeferredCsrfToken.class.getName()) instanceof DeferredCsrfToken token) ? token
				: null;
	}

}
