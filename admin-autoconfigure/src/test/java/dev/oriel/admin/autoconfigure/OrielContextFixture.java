package dev.oriel.admin.autoconfigure;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the tests of our auto-configurations share: applications with and without the web.
 */
@ExtendWith(OutputCaptureExtension.class)
abstract class OrielContextFixture {

	static final AutoConfigurations ALL = AutoConfigurations.of(OrielAmbiguousAutoConfiguration.class,
			OrielAutoConfiguration.class, OrielEndpointAutoConfiguration.class,
			OrielHealthContributorAutoConfiguration.class, OrielLiveAutoConfiguration.class,
			OrielMetricsAutoConfiguration.class, OrielSessionAutoConfiguration.class, OrielStompAutoConfiguration.class,
			OrielUnsecuredAutoConfiguration.class, OrielWebAutoConfiguration.class);

	final ApplicationContextRunner plain = new ApplicationContextRunner().withConfiguration(ALL);

	final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(ALL)
		.withUserConfiguration(One.class);

	@Configuration(proxyBeanMethods = false)
	static class One {

		@Bean
		DataSource one() {
			return pool("one");
		}

	}

	static HikariDataSource pool(String name) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl("jdbc:postgresql://localhost:1/" + name);
		return pool;
	}

}
