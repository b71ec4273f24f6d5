package dev.oriel.admin.stomp;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;

/**
 * Finds out who opens a socket and from where, by the same means as for any HTTP request:
 * a page of another origin is refused here.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HandshakeAuthenticator {

	/**
	 * Return who it is, or the status to refuse the request with.
	 * @param request the request to open a socket
	 */
	Result authenticate(ServerHttpRequest request);

	/**
	 * What was found out.
	 */
	sealed interface Result {

	}

	/**
	 * The socket may be opened.
	 *
	 * @param identity who opens it
	 */
	record Accepted(SocketIdentity identity) implements Result {
	}

	/**
	 * The socket must not be opened.
	 *
	 * @param status why not
	 */
	record Refused(HttpStatus status) implements Result {
	}

}
