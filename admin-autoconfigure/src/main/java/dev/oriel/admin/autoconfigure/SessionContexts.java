package dev.oriel.admin.autoconfigure;

import java.time.Duration;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpSession;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

import org.jspecify.annotations.Nullable;

/**
 * Looks into sessions after the request that brought them is over.
 */
@FunctionalInterface
interface SessionContexts {

	String ATTRIBUTE = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;

	/**
	 * The server's own sessions, which stay the same objects. They know when they were
	 * ended, but whether they have expired is looked at once a minute or so.
	 */
	SessionContexts SERVER = (session) -> (session.getAttribute(ATTRIBUTE) instanceof SecurityContext)
			? () -> isExpired(session) ? null : (SecurityContext) session.getAttribute(ATTRIBUTE) : null;

	/**
	 * A session's last access is the beginning of a request, while it expires some time
	 * after the end of that.
	 */
	Duration LONGEST_REQUEST = Duration.ofSeconds(2);

	/**
	 * Return what gives the login that a session holds at any later time, or throws
	 * {@link IllegalStateException} when the session has ended; {@code null} if the
	 * session holds none now.
	 * @param session the session of the current request
	 */
	@Nullable Supplier<@Nullable SecurityContext> of(HttpSession session);

	private static boolean isExpired(HttpSession session) {
		Duration idle = Duration.ofMillis(System.currentTimeMillis() - session.getLastAccessedTime());
		Duration allowed = Duration.ofSeconds(session.getMaxInactiveInterval());
		return !allowed.isZero() && !allowed.isNegative() && idle.compareTo(allowed.plus(LONGEST_REQUEST)) > 0;
	}

}
