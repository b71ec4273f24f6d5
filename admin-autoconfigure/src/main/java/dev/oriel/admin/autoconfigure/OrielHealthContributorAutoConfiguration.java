package dev.oriel.admin.autoconfigure;

import dev.oriel.admin.change.postgres.PostgresChangeSource;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * {@link AutoConfiguration Auto-configuration} for what Oriel says about its health,
 * where the application asks for such.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { OrielAutoConfiguration.class, OrielLiveAutoConfiguration.class },
		beforeName = "org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration")
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(PostgresSchemaSource.class)
@ConditionalOnEnabledHealthIndicator("oriel")
@Conditional(OrielHealthContributorAutoConfiguration.DatabaseMattersCondition.class)
public final class OrielHealthContributorAutoConfiguration {

	OrielHealthContributorAutoConfiguration() {
	}

	@Bean
	OrielHealthIndicator orielHealthContributor(PostgresSchemaSource schema,
			ObjectProvider<PostgresChangeSource> changes) {
		return new OrielHealthIndicator(schema, changes.getIfAvailable());
	}

	/**
	 * An application that has said that it is healthy without a database is not made sick
	 * by us, unless it says that too.
	 */
	static final class DatabaseMattersCondition extends AnyNestedCondition {

		DatabaseMattersCondition() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnBooleanProperty(name = "management.health.db.enabled", matchIfMissing = true)
		static class DatabaseIsAsked {

		}

		@ConditionalOnBooleanProperty(name = "management.health.oriel.enabled")
		static class OrielIsAsked {

		}

	}

}
