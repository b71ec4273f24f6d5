package dev.oriel.admin.benchmark;

import javax.sql.DataSource;

import dev.oriel.admin.testing.PostgresDatabase;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * An application with Oriel in it and the bare endpoints beside, behind one filter chain,
 * with four connections each.
 *
 * @param context the application
 * @param database its database, with orders in it
 */
record BenchmarkHost(ConfigurableApplicationContext context, PostgresDatabase database) implements AutoCloseable {

	static BenchmarkHost start(PostgresDatabase database) {
		return new BenchmarkHost(new SpringApplicationBuilder(Configuration.class)
			.properties("server.port=0", "spring.datasource.url=" + database.jdbcUrl(),
					"spring.datasource.username=" + database.username(),
					"spring.datasource.password=" + database.password(), "spring.datasource.hikari.maximum-pool-size=4",
					"oriel.database.pool-size=4")
			.run(), database);
	}

	String origin() {
		return "http://localhost:" + ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
	}

	Load load() {
		return new Load(origin(), Orders.postgres(this.database));
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ BareEndpoints.class, BareWrites.class, BenchmarkSecurity.class })
	static class Configuration {

		@Bean
		StatementsOfReads statementsOfReads(DataSource dataSource) {
			return new StatementsOfReads(dataSource);
		}

		@Bean
		StatementsOfWrites statementsOfWrites(DataSource dataSource) {
			return new StatementsOfWrites(dataSource);
		}

	}

}
