package dev.oriel.admin.autoconfigure;

import dev.oriel.admin.web.Guard;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * {@link AutoConfiguration Auto-configuration} for applications that keep their sessions
 * with Spring Session, so that sockets end with them.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = OrielWebAutoConfiguration.class)
@ConditionalOnClass(SessionRepository.class)
@ConditionalOnBean(Guard.class)
public final class OrielSessionAutoConfiguration {

	OrielSessionAutoConfiguration() {
	}

	@Bean
	SpringSessionContexts orielSessionContexts(ObjectProvider<SessionRepository<? extends Session>> repository) {
		return new SpringSessionContexts(repository::getIfUnique);
	}

}
