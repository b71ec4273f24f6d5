package dev.oriel.admin.stomp;

import java.util.function.UnaryOperator;

import dev.oriel.admin.access.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Who opened a socket, by the HTTP request that did.
 *
 * @since 0.1.0
 */
public interface SocketIdentity {

	/**
	 * Return on whose behalf the socket reads.
	 */
	Caller caller();

	/**
	 * Whether the first frame proves that the page itself sent it, where a browser sends
	 * its credentials by itself.
	 * @param headers gives the value of a header of the frame, or {@code null}
	 */
	boolean acceptsConnect(UnaryOperator<@Nullable String> headers);

	/**
	 * Whether the login is still good: not signed out, not expired, no authority lost.
	 * Asked every three seconds on a thread that all sockets share for this.
	 */
	boolean isStillValid();

}
