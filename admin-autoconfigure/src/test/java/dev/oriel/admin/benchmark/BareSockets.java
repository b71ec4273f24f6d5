package dev.oriel.admin.benchmark;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * The least that tells many: a loop over all sockets. A socket that does not take its
 * message holds up all others.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class BareSockets extends TextWebSocketHandler implements WebSocketConfigurer {

	static final String PATH = "/bare";

	private final Set<WebSocketSession> sockets = ConcurrentHashMap.newKeySet();

	@Override
	public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
		registry.addHandler(this, PATH).setAllowedOriginPatterns("*");
	}

	int count() {
		return this.sockets.size();
	}

	void broadcast(String text) throws IOException {
		TextMessage message = new TextMessage(text);
		for (WebSocketSession socket : this.sockets) {
			socket.sendMessage(message);
		}
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		this.sockets.add(session);
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		this.sockets.remove(session);
	}

}
