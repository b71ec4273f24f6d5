package dev.oriel.admin.web;

import java.util.Set;

import dev.oriel.admin.access.Caller;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

import org.jspecify.annotations.Nullable;

/**
 * Stands in front of everything Oriel serves. The host's filter chain says who the user
 * is; whether that user may come in is asked of the {@link Admission}, whatever the chain
 * allows.
 *
 * @since 0.1.0
 */
public final class Guard {

	private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

	private final Admission admission;

	private final OriginCheck origin;

	private final CsrfCheck csrf;

	/**
	 * Create the guard.
	 * @param admission decides who may come in
	 * @param origin tells requests of other sites
	 * @param csrf tells requests that a page of ours has not made
	 */
	public Guard(Admission admission, OriginCheck origin, CsrfCheck csrf) {
		this.admission = admission;
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
		Admission.Decision decision = this.admission.of(authentication);
		if (decision instanceof Admission.Admitted admitted) {
			return admitted.caller();
		}
		throw (decision instanceof Admission.Unauthorized unauthorized) ? Refusal.unauthorized(unauthorized.user())
				: Refusal.unauthenticated();
	}

	/**
	 * Return the check of CSRF tokens.
	 */
	public CsrfCheck csrf() {
		return this.csrf;
	}

}
