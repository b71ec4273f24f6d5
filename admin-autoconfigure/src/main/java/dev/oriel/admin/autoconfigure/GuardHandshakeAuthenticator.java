package dev.oriel.admin.autoconfigure;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.stomp.HandshakeAuthenticator;
import dev.oriel.admin.web.CsrfCheck;
import dev.oriel.admin.web.Guard;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;

/**
 * Lets the guard decide who opens a socket.
 */
final class GuardHandshakeAuthenticator implements HandshakeAuthenticator {

	private final Guard guard;

	private final Logins logins;

	GuardHandshakeAuthenticator(Guard guard, Logins logins) {
		this.guard = guard;
		this.logins = logins;
	}

	@Override
	public Result authenticate(ServerHttpRequest request) {
		if (!(request instanceof ServletServerHttpRequest servlet)) {
			return new Refused(HttpStatus.UNAUTHORIZED);
		}
		try {
			HttpServletRequest handshake = servlet.getServletRequest();
			Caller caller = this.guard.admitHandshake(handshake);
			Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
			CsrfCheck csrf = this.guard.csrf();
			boolean tokenNeeded = csrf.isNeeded(handshake);
			CsrfToken token = tokenNeeded ? csrf.expected(handshake) : null;
			return new Accepted(new LoginIdentity(caller, tokenNeeded, token,
					this.logins.of(handshake.getSession(false), authentication)));
		}
		catch (ProblemException ex) {
			return new Refused(HttpStatus.valueOf(ex.problem().status()));
		}
	}

}
