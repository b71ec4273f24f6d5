package dev.oriel.admin.autoconfigure;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.postgresql.Driver;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} that says, once, why Oriel is not there in
 * an application with several DataSources.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = OrielAutoConfiguration.class)
@ConditionalOnClass({ Driver.class, HikariDataSource.class })
@ConditionalOnBean(DataSource.class)
@ConditionalOnMissingBean(OrielDataSource.class)
@ConditionalOnBooleanProperty(name = "oriel.enabled", matchIfMissing = true)
public final class OrielAmbiguousAutoConfiguration {

	private static final Log logger = LogFactory.getLog(OrielAmbiguousAutoConfiguration.class);

	OrielAmbiguousAutoConfiguration() {
	}

	@Bean
	AmbiguityNotice orielAmbiguityNotice() {
		logger.warn("Oriel shows nothing, because the application has several DataSource beans and none of them is"
				+ " primary. Name the one to show with 'oriel.datasource'.");
		return new AmbiguityNotice();
	}

	/**
	 * Stands for the notice having been given.
	 */
	static final class AmbiguityNotice {

	}

}
