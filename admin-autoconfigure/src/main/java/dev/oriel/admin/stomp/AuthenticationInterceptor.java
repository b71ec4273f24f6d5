package dev.oriel.admin.stomp;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Lets only those open a socket who may, and remembers who it was.
 */
final class AuthenticationInterceptor implements HandshakeInterceptor {

	private static final String IDENTITY = AuthenticationInterceptor.class.getName() + ".IDENTITY";

	private final HandshakeAuthenticator authenticator;

	AuthenticationInterceptor(HandshakeAuthenticator authenticator) {
		this.authenticator = authenticator;
	}

	static @Nullable SocketIdentity identity(Map<String, Object> attributes) {
		return (SocketIdentity) attributes.get(IDENTITY);
	}

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) {
		HandshakeAuthenticator.Result result = this.authenticator.authenticate(request);
		if (result instanceof HandshakeAuthenticator.Accepted accepted) {
			attributes.put(IDENTITY, accepted.identity());
			return true;
		}
		if (result instanceof HandshakeAuthenticator.Refused refused) {
			response.setStatusCode(refused.status());
		}
		return false;
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception exception) {
		// Everything was decided before.
	}

}
