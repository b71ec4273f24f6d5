package dev.oriel.admin.autoconfigure;

import java.util.Map;

import dev.oriel.admin.live.LiveEngine;
import dev.oriel.admin.live.Topics;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.stomp.StompEndpoint;
import dev.oriel.admin.transfer.Jobs;
import dev.oriel.admin.web.Guard;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.simp.stomp.StompDecoder;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * {@link AutoConfiguration Auto-configuration} for the WebSocket that live rows go
 * through. It shares neither broker nor channels nor threads with the host's.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { OrielLiveAutoConfiguration.class, OrielWebAutoConfiguration.class })
@ConditionalOnClass({ WebSocketHttpRequestHandler.class, StompDecoder.class })
@ConditionalOnBean({ LiveEngine.class, Guard.class })
public final class OrielStompAutoConfiguration {

	OrielStompAutoConfiguration() {
	}

	@Bean
	StompEndpoint orielStompEndpoint(LiveEngine engine, SchemaSource schema, Jobs jobs, Guard guard,
			OrielProperties properties, ObjectProvider<SessionContexts> sessions,
			ObjectProvider<UserDetailsService> users) {
		Logins logins = new Logins(guard, sessions.getIfAvailable(() -> SessionContexts.SERVER), users::getIfUnique);
		return new StompEndpoint(ValidSettings.stomp(properties),
				new Topics(engine, schema, new TransferJobSource(jobs)),
				new GuardHandshakeAuthenticator(guard, logins));
	}

	@Bean(defaultCandidate = false)
	SimpleUrlHandlerMapping orielStompHandlerMapping(StompEndpoint endpoint, OrielProperties properties) {
		String path = MountPath.validated(properties.getPath()) + "/live";
		return new SimpleUrlHandlerMapping(Map.of(path, endpoint.requestHandler()),
				OrielWebAutoConfiguration.MAPPING_ORDER - 1);
	}

}
