package dev.oriel.admin.autoconfigure;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * The ways in which {@link ProbeHost} is secured.
 */
final class ProbeVariants {

	private ProbeVariants() {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocketMessageBroker
	static class Broker implements WebSocketMessageBrokerConfigurer {

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			registry.addEndpoint("/socket");
		}

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableSimpleBroker("/topic");
			registry.setApplicationDestinationPrefixes("/app");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ ProbeHost.class, Broker.class, HostSecurity.Own.class })
	static class OwnChain {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ ProbeHost.class, HostSecurity.Users.class })
	static class DefaultChain {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ ProbeHost.class, HostSecurity.PermitAll.class })
	static class Careless {

	}

}
