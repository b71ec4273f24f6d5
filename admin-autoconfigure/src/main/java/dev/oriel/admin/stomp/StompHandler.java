package dev.oriel.admin.stomp;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

import dev.oriel.admin.live.Topics;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * Turns the events of sockets into those of connections.
 */
final class StompHandler extends TextWebSocketHandler implements SubProtocolCapable {

	/**
	 * How many characters are read at once. A server keeps that much memory for every
	 * socket from its first frame on, so longer frames come in parts.
	 */
	private static final int PART = 1_024;

	private final StompSettings settings;

	private final Topics topics;

	private final Connections connections;

	private final Executor executor;

	private final Executor closer;

	private final BooleanSupplier accepting;

	StompHandler(StompSettings settings, Topics topics, Connections connections, Executor executor, Executor closer,
			BooleanSupplier accepting) {
		this.settings = settings;
		this.topics = topics;
		this.connections = connections;
		this.executor = executor;
		this.closer = closer;
		this.accepting = accepting;
	}

	@Override
	public List<String> getSubProtocols() {
		return List.of("v12.stomp", "v11.stomp");
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession socket) throws IOException {
		SocketIdentity identity = AuthenticationInterceptor.identity(socket.getAttributes());
		if (identity == null || !this.accepting.getAsBoolean()) {
			socket.close(CloseStatus.SERVICE_RESTARTED);
			return;
		}
		socket.setTextMessageSizeLimit(PART);
		socket.setBinaryMessageSizeLimit(1);
		String refusal = this.connections.add(socket.getId(), identity.caller().name(),
				(share) -> new StompConnection(socket, identity, this.settings, this.topics, this.executor, this.closer,
						share));
		if (refusal != null) {
			socket.close(CloseStatus.SERVICE_OVERLOAD.withReason(refusal));
		}
	}

	@Override
	protected void handleTextMessage(WebSocketSession socket, TextMessage message) {
		StompConnection connection = this.connections.get(socket.getId());
		if (connection != null) {
			connection.receive(message.getPayload());
		}
	}

	@Override
	public boolean supportsPartialMessages() {
		return true;
	}

	@Override
	public void handleTransportError(WebSocketSession socket, Throwable exception) throws IOException {
		if (socket.isOpen()) {
			socket.close(CloseStatus.SERVER_ERROR);
		}
	}

	@Override
	public void afterConnectionClosed(WebSocketSession socket, CloseStatus status) {
		StompConnection connection = this.connections.remove(socket.getId());
		if (connection != null) {
			connection.end();
		}
	}

}
