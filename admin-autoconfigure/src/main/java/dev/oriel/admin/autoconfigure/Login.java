package dev.oriel.admin.autoconfigure;

import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.web.Guard;
import jakarta.servlet.http.HttpSession;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

import org.jspecify.annotations.Nullable;

/**
 * The login that a socket was opened with: the session where there is one that holds it,
 * else the authentication itself.
 */
final class Login {

	private static final String CONTEXT = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

	private final @Nullable HttpSession session;

	private final Authentication authentication;

	private final Guard guard;

	private Login(@Nullable HttpSession session, Authentication authentication, Guard guard) {
		this.session = session;
		this.authentication = authentication;
		this.guard = guard;
	}

	static Login of(@Nullable HttpSession session, Authentication authentication, Guard guard) {
		boolean holdsLogin = session != null && session.getAttribute(CONTEXT) instanceof SecurityContext;
		return new Login(holdsLogin ? session : null, authentication, guard);
	}

	boolean isStillValid() {
		try {
			Authentication current = current();
			return current != null
					&& this.guard.caller(current).name().equals(this.guard.caller(this.authentication).name());
		}
		catch (IllegalStateException | ProblemException ex) {
			// The session has ended, or the authority is gone.
			return false;
		}
	}

	private @Nullable Authentication current() {
		if (this.session == null) {
			return this.authentication;
		}
		return (this.session.getAttribute(CONTEXT) instanceof SecurityContext context) ? context.getAuthentication()
				: null;
	}

}
