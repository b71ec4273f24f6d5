package dev.oriel.admin.autoconfigure;

import java.util.function.Supplier;

import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.web.Guard;
import jakarta.servlet.http.HttpSession;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.userdetails.UserDetailsService;

import org.jspecify.annotations.Nullable;

/**
 * Finds out what the login of a socket hangs on: the session that holds it, else the
 * token's expiry and what the application says of the user.
 */
final class Logins {

	private final Guard guard;

	private final SessionContexts sessions;

	private final Supplier<@Nullable UserDetailsService> users;

	Logins(Guard guard, SessionContexts sessions, Supplier<@Nullable UserDetailsService> users) {
		this.guard = guard;
		this.sessions = sessions;
		this.users = users;
	}

	/**
	 * Return the login of the request that is being answered.
	 * @param session its session, or {@code null}
	 * @param authentication who makes it
	 */
	Login of(@Nullable HttpSession session, Authentication authentication) {
		Supplier<@Nullable SecurityContext> context = (session != null) ? this.sessions.of(session) : null;
		return (context != null) ? () -> isHeld(context, authentication)
				: StatelessLogin.of(authentication, this.users.get());
	}

	private boolean isHeld(Supplier<@Nullable SecurityContext> held, Authentication authentication) {
		try {
			SecurityContext context = held.get();
			Authentication current = (context != null) ? context.getAuthentication() : null;
			return current != null
					&& this.guard.caller(current).name().equals(this.guard.caller(authentication).name());
		}
		catch (IllegalStateException | ProblemException ex) {
			// The session has ended, or the authority is gone.
			return false;
		}
	}

}
