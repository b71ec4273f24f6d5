package dev.oriel.admin.web;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

import org.jspecify.annotations.Nullable;

/**
 * An answer with headers that its handler did not set. Those that it has set itself stay.
 *
 * @param response the handler's answer
 * @param added the headers
 */
record HeadedAnswer(ServerResponse response, Map<String, String> added) implements ServerResponse {

	/**
	 * The headers that keep an answer where it belongs, whatever the host's filters add
	 * or leave out.
	 */
	private static final Map<String, String> SECURITY = Map.of(HttpHeaders.CACHE_CONTROL, "no-store",
			"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'", "X-Content-Type-Options",
			"nosniff", "X-Frame-Options", "DENY", "Referrer-Policy", "same-origin", "Cross-Origin-Opener-Policy",
			"same-origin", "Cross-Origin-Resource-Policy", "same-origin");

	/**
	 * Return an answer that stays where it belongs.
	 * @param response the handler's answer
	 */
	static ServerResponse secured(ServerResponse response) {
		return new HeadedAnswer(response, SECURITY);
	}

	@Override
	public HttpStatusCode statusCode() {
		return this.response.statusCode();
	}

	@Override
	public HttpHeaders headers() {
		return this.response.headers();
	}

	@Override
	public MultiValueMap<String, Cookie> cookies() {
		return this.response.cookies();
	}

	@Override
	public @Nullable ModelAndView writeTo(HttpServletRequest request, HttpServletResponse servletResponse,
			Context context) throws ServletException, IOException {
		this.added.forEach((name, value) -> {
			if (!headers().containsHeader(name)) {
				servletResponse.setHeader(name, value);
			}
		});
		return this.response.writeTo(request, servletResponse, context);
	}

}
