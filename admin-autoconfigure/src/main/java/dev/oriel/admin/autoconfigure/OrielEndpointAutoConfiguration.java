package dev.oriel.admin.autoconfigure;

import java.util.Map;
import java.util.function.Supplier;

import dev.oriel.admin.live.LiveEngine;
import dev.oriel.admin.stomp.StompEndpoint;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for the actuator's endpoint {@code oriel},
 * which is there only where the application exposes it.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { OrielLiveAutoConfiguration.class, OrielStompAutoConfiguration.class })
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(LiveEngine.class)
@ConditionalOnAvailableEndpoint(OrielEndpoint.class)
public final class OrielEndpointAutoConfiguration {

	OrielEndpointAutoConfiguration() {
	}

	@Bean
	OrielEndpoint orielEndpoint(LiveEngine engine, ObjectProvider<StompEndpoint> sockets) {
		Supplier<Map<String, Integer>> socketsByUser = () -> {
			StompEndpoint endpoint = sockets.getIfAvailable();
			return (endpoint != null) ? endpoint.socketsByUser() : Map.of();
		};
		return new OrielEndpoint(engine, socketsByUser);
	}

}
