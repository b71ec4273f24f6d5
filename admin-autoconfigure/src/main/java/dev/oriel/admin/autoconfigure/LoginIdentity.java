package dev.oriel.admin.autoconfigure;

import java.util.function.UnaryOperator;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.stomp.SocketIdentity;
import dev.oriel.admin.web.CsrfCheck;

import org.springframework.security.web.csrf.CsrfToken;

import org.jspecify.annotations.Nullable;

/**
 * Who opened a socket.
 *
 * @param caller on whose behalf it reads
 * @param tokenNeeded whether the first frame must carry the CSRF token
 * @param token the token, or {@code null} when no page was given one
 * @param login the login that the socket hangs on
 */
record LoginIdentity(Caller caller, boolean tokenNeeded, @Nullable CsrfToken token,
		Login login) implements SocketIdentity {

	@Override
	public boolean acceptsConnect(UnaryOperator<@Nullable String> headers) {
		if (!this.tokenNeeded) {
			return true;
		}
		return this.token != null && CsrfCheck.matches(this.token, headers.apply(this.token.getHeaderName()));
	}

	@Override
	public boolean isStillValid() {
		return this.login.isStillValid();
	}

}
