package dev.oriel.admin.web;

import org.springframework.http.HttpHeaders;

/**
 * The headers of every answer. Those that a handler has set already stay.
 */
final class SecurityHeaders {

	private SecurityHeaders() {
	}

	static void write(HttpHeaders headers) {
		set(headers, HttpHeaders.CACHE_CONTROL, "no-store");
		set(headers, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
		set(headers, "X-Content-Type-Options", "nosniff");
		set(headers, "X-Frame-Options", "DENY");
		set(headers, "Referrer-Policy", "same-origin");
		set(headers, "Cross-Origin-Opener-Policy", "same-origin");
		set(headers, "Cross-Origin-Resource-Policy", "same-origin");
	}

	private static void set(HttpHeaders headers, String name, String value) {
		if (headers.getFirst(name) == null) {
			headers.set(name, value);
		}
	}

}
