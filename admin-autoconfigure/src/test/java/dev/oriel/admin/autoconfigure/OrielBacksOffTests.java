package dev.oriel.admin.autoconfigure;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.oriel.admin.Oriel;
import dev.oriel.admin.data.RelationReader;
import dev.oriel.admin.live.LiveEngine;
import dev.oriel.admin.web.Guard;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is left out of an application that lacks a library, or has something of
 * its own.
 */
class OrielBacksOffTests extends OrielContextFixture {

	@Test
	void leavesAReactiveApplicationAlone() {
		new ReactiveWebApplicationContextRunner().withConfiguration(ALL)
			.withUserConfiguration(One.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Oriel.class)
				.doesNotHaveBean(Guard.class)
				.doesNotHaveBean("orielUnsecuredNotice")
				.doesNotHaveBean("orielStompHandlerMapping"));
	}

	@Test
	void backsOffWithoutTheDriver() {
		this.plain.withUserConfiguration(Other.class)
			.withClassLoader(new FilteredClassLoader(Driver.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RelationReader.class));
	}

	@Test
	void backsOffWithoutThePool() {
		this.plain.withUserConfiguration(Other.class)
			.withClassLoader(new FilteredClassLoader(HikariDataSource.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RelationReader.class));
	}

	@Test
	void mountsNothingWithoutSecurityAndSaysSoOnce(CapturedOutput output) {
		this.web.withClassLoader(new FilteredClassLoader(SecurityFilterChain.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(RelationReader.class)
				.doesNotHaveBean(Guard.class)
				.doesNotHaveBean("orielRouterFunctionMapping")
				.doesNotHaveBean("orielStompHandlerMapping"));
		assertThat(output.getAll().split("Oriel is not mounted", -1)).hasSize(2);
	}

	@Test
	void mountsNothingWithoutServlets() {
		this.web.withClassLoader(new FilteredClassLoader(DispatcherServlet.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("orielRouterFunctionMapping"));
	}

	@Test
	void hasNoSocketWithoutWebSocket() {
		this.web.withClassLoader(new FilteredClassLoader(WebSocketHttpRequestHandler.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Guard.class)
				.hasSingleBean(LiveEngine.class)
				.doesNotHaveBean("orielStompHandlerMapping"));
	}

	@Test
	void isSilentWithoutMicrometerAndActuator() {
		new WebApplicationContextRunner().withUserConfiguration(One.class, AsBootFindsThem.class)
			.withClassLoader(new FilteredClassLoader("io.micrometer", "org.springframework.boot.actuate",
					"org.springframework.boot.health", "org.springframework.session",
					"org.springframework.security.oauth2"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LiveEngine.class)
				.hasBean("orielStompHandlerMapping")
				.doesNotHaveBean("orielLiveMeters")
				.doesNotHaveBean("orielHealthContributor")
				.doesNotHaveBean("orielEndpoint"));
	}

	@Test
	void isCountedOnlyWhereThereIsARegistry() {
		this.web.run((context) -> assertThat(context).doesNotHaveBean("orielLiveMeters"));
		this.web.withBean(SimpleMeterRegistry.class)
			.run((context) -> assertThat(context).hasNotFailed().hasBean("orielLiveMeters"));
		this.web.withBean(SimpleMeterRegistry.class)
			.withPropertyValues("oriel.live.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("orielLiveMeters")
				.doesNotHaveBean("orielEndpoint")
				.hasBean("orielHealthContributor"));
	}

	@Test
	void isCountedWithoutWebSocket() {
		this.web.withBean(SimpleMeterRegistry.class)
			.withPropertyValues("management.endpoints.web.exposure.include=*")
			.withClassLoader(new FilteredClassLoader(WebSocketHttpRequestHandler.class))
			.run((context) -> {
				assertThat(context).hasNotFailed().hasBean("orielEndpoint");
				SimpleMeterRegistry registry = new SimpleMeterRegistry();
				context.getBean(LiveMeters.class).bindTo(registry);
				assertThat(registry.find("oriel.live.windows").gauge()).isNotNull();
				assertThat(registry.find("oriel.live.sockets").gauge()).isNull();
			});
	}

	@Test
	void backsOffWithoutADataSource(CapturedOutput output) {
		this.plain.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RelationReader.class));
		assertThat(output).doesNotContain("Oriel shows", "Oriel is not");
	}

	@Test
	void severalDataSourcesLeaveTheApplicationAlone(CapturedOutput output) {
		this.web.withUserConfiguration(Two.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(RelationReader.class)
				.doesNotHaveBean(Guard.class));
		assertThat(output.getAll().split("Oriel shows nothing", -1)).hasSize(2);
	}

	@Test
	void oneOfSeveralDataSourcesIsTakenByName(CapturedOutput output) {
		this.web.withUserConfiguration(Two.class).withPropertyValues("oriel.datasource=two").run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(RelationReader.class);
			HikariDataSource pool = (HikariDataSource) context.getBean(OrielDataSource.class).pooled();
			assertThat(pool.getDataSource()).extracting("url").asString().endsWith("/two");
			assertThat(pool).isNotSameAs(context.getBean("two"));
		});
		assertThat(output).doesNotContain("Oriel shows nothing");
	}

	@Test
	void primaryOfSeveralDataSourcesIsTaken() {
		this.web.withUserConfiguration(Main.class).run((context) -> {
			assertThat(context).hasNotFailed();
			HikariDataSource pool = (HikariDataSource) context.getBean(OrielDataSource.class).pooled();
			assertThat(pool.getDataSource()).extracting("url").asString().endsWith("/main");
		});
	}

	/**
	 * By their names, so that an annotation whose class is missing is no annotation.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ OrielAutoConfiguration.class, OrielEndpointAutoConfiguration.class,
			OrielHealthContributorAutoConfiguration.class, OrielLiveAutoConfiguration.class,
			OrielMetricsAutoConfiguration.class, OrielSessionAutoConfiguration.class, OrielStompAutoConfiguration.class,
			OrielWebAutoConfiguration.class })
	static class AsBootFindsThem {

	}

	@Configuration(proxyBeanMethods = false)
	static class Two {

		@Bean
		DataSource two() {
			return pool("two");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Main {

		@Bean
		@Primary
		DataSource main() {
			return pool("main");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Other {

		@Bean
		DataSource other() {
			return new PGSimpleDataSource();
		}

	}

}
