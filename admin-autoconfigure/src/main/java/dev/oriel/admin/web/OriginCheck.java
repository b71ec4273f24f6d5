package dev.oriel.admin.web;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;

import org.jspecify.annotations.Nullable;

/**
 * Tells requests that a browser makes for a page of another site. Programs that are no
 * browsers send neither header and are let through.
 *
 * @since 0.1.0
 */
public final class OriginCheck {

	private static final Set<String> SAME_SITE = Set.of("same-origin", "none");

	private final Set<String> allowed;

	/**
	 * Create the check.
	 * @param allowed origins besides the request's own, for example
	 * {@code https://intranet.example}
	 */
	public OriginCheck(Collection<String> allowed) {
		this.allowed = Set.copyOf(allowed);
	}

	void require(HttpServletRequest request) {
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		if (origin != null) {
			if (!isAllowed(origin, request)) {
				throw Refusal.foreignOrigin();
			}
			return;
		}
		String site = request.getHeader("Sec-Fetch-Site");
		if (site != null && !SAME_SITE.contains(site)) {
			throw Refusal.foreignOrigin();
		}
	}

	private boolean isAllowed(String origin, HttpServletRequest request) {
		return this.allowed.contains(origin) || isSameOrigin(origin, request);
	}

	private static boolean isSameOrigin(String origin, HttpServletRequest request) {
		URI uri = parse(origin);
		if (uri == null || uri.getHost() == null || uri.getScheme() == null) {
			return false;
		}
		String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
		int port = (uri.getPort() != -1) ? uri.getPort() : defaultPort(scheme);
		// A proxy that ends TLS often tells neither scheme nor port, but keeps the Host
		// header.
		if (uri.getHost().equalsIgnoreCase(request.getServerName()) && port == request.getServerPort()) {
			return true;
		}
		return hostHeaderMatches(uri, port, request.getHeader(HttpHeaders.HOST));
	}

	private static boolean hostHeaderMatches(URI uri, int port, @Nullable String host) {
		if (!StringUtils.hasText(host)) {
			return false;
		}
		return host.equalsIgnoreCase(uri.getAuthority()) || host.equalsIgnoreCase(uri.getHost() + ":" + port);
	}

	private static int defaultPort(String scheme) {
		return scheme.equals("https") ? 443 : 80;
	}

	private static @Nullable URI parse(String origin) {
		try {
			return URI.create(origin);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
