package dev.oriel.admin.benchmark;

import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;
import org.springframework.web.socket.messaging.SessionSubscribeEvent;

/**
 * Spring's own sessions and broker, as it sets them up by itself.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSocketMessageBroker
class BareStomp implements WebSocketMessageBrokerConfigurer {

	static final String PATH = "/spring";

	private final AtomicInteger subscriptions = new AtomicInteger();

	int subscriptions() {
		return this.subscriptions.get();
	}

	@EventListener
	void subscribed(SessionSubscribeEvent event) {
		this.subscriptions.incrementAndGet();
	}

	@EventListener
	void disconnected(SessionDisconnectEvent event) {
		this.subscriptions.decrementAndGet();
	}

	@Override
	public void registerStompEndpoints(StompEndpointRegistry registry) {
		registry.addEndpoint(PATH).setAllowedOriginPatterns("*");
	}

	@Override
	public void configureMessageBroker(MessageBrokerRegistry registry) {
		registry.enableSimpleBroker("/topic");
	}

}
