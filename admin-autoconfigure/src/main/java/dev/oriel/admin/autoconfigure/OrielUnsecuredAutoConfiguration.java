package dev.oriel.admin.autoconfigure;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} that says, once, why nothing is mounted in
 * an application without Spring Security.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = OrielAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnMissingClass("org.springframework.security.web.SecurityFilterChain")
@ConditionalOnBooleanProperty(name = "oriel.enabled", matchIfMissing = true)
public final class OrielUnsecuredAutoConfiguration {

	private static final Log logger = LogFactory.getLog(OrielUnsecuredAutoConfiguration.class);

	OrielUnsecuredAutoConfiguration() {
	}

	@Bean
	UnsecuredNotice orielUnsecuredNotice() {
		logger.warn("Oriel is not mounted, because the application has no Spring Security and everybody could come in."
				+ " Add the dependency org.springframework.boot:spring-boot-starter-security.");
		return new UnsecuredNotice();
	}

	/**
	 * Stands for the notice having been given.
	 */
	static final class UnsecuredNotice {

	}

}
