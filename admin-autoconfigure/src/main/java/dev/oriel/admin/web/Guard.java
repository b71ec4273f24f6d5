package dev.oriel.admin.web;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

import dev.oriel.admin.access.Caller;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

import org.jspecify.annotations.Nullable;

/**
 * Stands in front of everything Oriel serves. The host's filter chain says who the user
 * is; whether that user may come in is decided here, whatever the chain allows.
 *
 * @since 0.1.0
 */
public final class Guard {

	private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final Set<String> authorities;

	private final OriginCheck origin;

	private final CsrfCheck csrf;

	/**
	 * Create the guard.
	 * @param authorities one of these is needed to come in
	 * @param origin tells requests of other sites
	 * @param csrf tells requests that a page of ours has not made
	 */
	public Guard(Collection<String> authorities, OriginCheck origin, CsrfCheck csrf) {
		this.authorities = Set.copyOf(authorities);
		this.origin = origin;
		this.csrf = csrf;
	}

	/**
	 * Return on whose behalf a request is made.
	 * @param request the request
	 * @throws dev.oriel.admin.data.ProblemException with status 401 or 403 when it is
	 * refused
	 */
	public Caller admit(HttpServletRequest request) {
		Caller caller = caller(SecurityContextHolder.getContext().getAuthentication());
		if (!SAFE_METHODS.contains(request.getMethod())) {
			this.origin.require(request);
			this.csrf.require(request);
		}
		return caller;
	}

	/**
	 * Return on whose behalf a WebSocket is opened. Its CSRF token comes later, with the
	 * first frame, because a browser cannot send headers with the handshake.
	 * @param request the handshake
	 * @throws dev.oriel.admin.data.ProblemException with status 401 or 403 when it is
	 * refused
	 */
	public Caller admitHandshake(HttpServletRequest request) {
		Caller caller = caller(SecurityContextHolder.getContext().getAuthentication());
		this.origin.require(request);
		return caller;
	}

	/**
	 * Return the caller that an authentication stands for.
	 * @param authentication what the host knows of the user
	 * @throws dev.oriel.admin.data.ProblemException with status 401 or 403 when it is not
	 * enough
	 */
	public Caller caller(@Nullable Authentication authentication) {
		if (authentication == null || !this.trust.isAuthenticated(authentication)) {
			throw Refusal.unauthenticated();
		}
		Set<String> granted = authentication.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.filter((authority) -> authority != null)
			.collect(Collectors.toUnmodifiableSet());
		if (granted.stream().noneMatch(this.authorities::contains)) {
			throw Refusal.unauthorized(authentication.getName());
		}
		return new Caller(authentication.getName(), granted);
	}

	/**
	 * Return the check of CSRF tokens.
	 */
	public CsrfCheck csrf() {
		return this.csrf;
	}

}
