package dev.oriel.admin.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.oriel.admin.Oriel;
import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.data.RelationReader;
import dev.oriel.admin.data.RelationWriter;
import dev.oriel.admin.live.LiveEngine;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.store.SettingsStore;
import dev.oriel.admin.web.Guard;
import dev.oriel.admin.web.LiveControl;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the auto-configurations. The DataSources lead to a port where nobody answers,
 * which must not matter to any start.
 */
@ExtendWith(OutputCaptureExtension.class)
class OrielAutoConfigurationTests {

	private static final AutoConfigurations ALL = AutoConfigurations.of(OrielAmbiguousAutoConfiguration.class,
			OrielAutoConfiguration.class, OrielEndpointAutoConfiguration.class,
			OrielHealthContributorAutoConfiguration.class, OrielLiveAutoConfiguration.class,
			OrielMetricsAutoConfiguration.class, OrielSessionAutoConfiguration.class, OrielStompAutoConfiguration.class,
			OrielUnsecuredAutoConfiguration.class, OrielWebAutoConfiguration.class);

	private final ApplicationContextRunner plain = new ApplicationContextRunner().withConfiguration(ALL);

	private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(ALL)
		.withUserConfiguration(One.class);

	@Test
	void everythingIsThereByDefault() {
		this.web.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(SchemaSource.class)
			.hasSingleBean(PrivilegeAccessPolicy.class)
			.hasSingleBean(RelationReader.class)
			.hasSingleBean(RelationWriter.class)
			.hasSingleBean(SettingsStore.class)
			.hasSingleBean(LiveEngine.class)
			.hasSingleBean(LiveControl.class)
			.hasSingleBean(Guard.class)
			.hasBean("orielRouterFunctionMapping")
			.hasBean("orielStompHandlerMapping")
			.hasSingleBean(DataSource.class)
			.doesNotHaveBean("orielUnsecuredNotice")
			.doesNotHaveBean("orielAmbiguityNotice"));
	}

	@Test
	void endsAtOnceAndQuietlyWhileTheDatabaseIsAway(CapturedOutput output) throws InterruptedException {
		AtomicLong closing = new AtomicLong();
		this.web.run((context) -> {
			Thread.sleep(500);
			closing.set(System.nanoTime());
		});
		assertThat(Duration.ofNanos(System.nanoTime() - closing.get())).isLessThan(Duration.ofMillis(1_500));
		assertThat(output).doesNotContain("Interrupted", "Timed-out waiting");
		assertThat(Thread.getAllStackTraces().keySet()).filteredOn(Thread::isAlive)
			.extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("oriel-"));
	}

	@Test
	void nothingIsThereWhenDisabled(CapturedOutput output) {
		this.web.withPropertyValues("oriel.enabled=false").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBeanDefinitionNames()).filteredOn((name) -> name.startsWith("oriel"))
				.containsExactly("orielAutoConfigurationTests.One");
		});
		assertThat(output).doesNotContain("Oriel shows", "Oriel is not");
	}

	@Test
	void worksWithoutTheWeb() {
		this.plain.withUserConfiguration(One.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(RelationReader.class)
				.hasSingleBean(Oriel.class)
				.hasSingleBean(LiveEngine.class)
				.doesNotHaveBean(Guard.class)
				.doesNotHaveBean("orielUnsecuredNotice"));
	}

	@Test
	void liveRowsAreRefusedWhereTheyAreSwitchedOff() {
		this.plain.withUserConfiguration(One.class)
			.withPropertyValues("oriel.live.enabled=false")
			.run((context) -> assertThatExceptionOfType(ProblemException.class)
				.isThrownBy(() -> context.getBean(Oriel.class).asSystem().table("public", "t").live((rows) -> {
				}))
				.withMessageContaining("switched off"));
	}

	@Test
	void tellsThatTheDatabaseIsAway() {
		this.plain.withUserConfiguration(One.class)
			.run((context) -> assertThatExceptionOfType(ProblemException.class)
				.isThrownBy(() -> context.getBean(Oriel.class).asSystem().table("t").list())
				.satisfies((ex) -> assertThat(ex.problem().status()).isEqualTo(503)));
	}

	@Test
	void startsWithoutADirectoryForTemporaryFiles() {
		String directory = System.getProperty("java.io.tmpdir");
		System.setProperty("java.io.tmpdir", "/nowhere/to/be/found");
		try {
			this.plain.withUserConfiguration(One.class)
				.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(Oriel.class));
		}
		finally {
			System.setProperty("java.io.tmpdir", directory);
		}
	}

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
	void policyOfTheApplicationWins() {
		this.web.withUserConfiguration(OwnPolicy.class)
			.run((context) -> assertThat(context).hasSingleBean(AccessPolicy.class)
				.doesNotHaveBean(PrivilegeAccessPolicy.class));
	}

	@Test
	void liveIsLeftOutWhenSwitchedOff() {
		this.web.withPropertyValues("oriel.live.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(Guard.class)
				.doesNotHaveBean(LiveEngine.class)
				.doesNotHaveBean("orielStompHandlerMapping"));
	}

	@Test
	void logIsReadWhereItIsAskedFor() {
		this.web.withPropertyValues("oriel.live.source=wal", "oriel.live.publication=given").run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(NoTriggers.class);
			assertThat(context.getBean(OrielProperties.class).getLive().getPublication()).isEqualTo("given");
		});
		this.web.run((context) -> assertThat(context).hasSingleBean(TriggerLiveControl.class));
	}

	@Test
	void unknownSourceOfChangesFailsWithTheKey() {
		this.web.withPropertyValues("oriel.live.source=guess")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("No enum constant")
				.hasMessageContaining("LiveSource.guess"));
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
	void isUnexposedByDefault() {
		this.web.run((context) -> assertThat(context).doesNotHaveBean("orielEndpoint"));
	}

	@Test
	void healthBacksOffWhereItIsSwitchedOff() {
		for (String off : List.of("management.health.oriel.enabled", "management.health.defaults.enabled",
				"management.health.db.enabled")) {
			this.web.withPropertyValues(off + "=false")
				.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("orielHealthContributor"));
		}
	}

	@Test
	void healthIsUnknownBeforeTheFirstReading() {
		PostgresSchemaSource unread = new PostgresSchemaSource(new PGSimpleDataSource(), ReflectionSettings.ALL);
		Health health = new OrielHealthIndicator(unread, null).health();
		assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health.getDetails()).containsEntry("live", Map.of("enabled", false));
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

	@ParameterizedTest
	@CsvSource({ "oriel.datasource, three", "oriel.path, admin", "oriel.path, /", "oriel.path, /admin/",
			"oriel.path, /a b", "oriel.path, /{x}", "oriel.path, /**", "oriel.max-rows, 0", "oriel.max-rows, -1",
			"oriel.statement-timeout, 0s", "oriel.lock-timeout, -1s", "oriel.database.pool-size, 0",
			"oriel.live.limits.sockets, 0", "oriel.live.limits.sockets-per-user, -1",
			"oriel.live.limits.subscriptions-per-user, 0", "oriel.live.limits.frames-per-second, 0",
			"oriel.live.poll-interval, 0s", "oriel.live.poll-interval, 99ms", "oriel.live.poll-interval, 25d",
			"oriel.stream-timeout, 0s", "oriel.stream-timeout, 25d", "oriel.statement-timeout, 25d",
			"oriel.lock-timeout, 999999999999d", "oriel.exclude, flyway_schema_history", "oriel.include, public." })
	void wrongValuesFailWithAnExplanation(String key, String value) {
		this.web.withPropertyValues(key + "=" + value).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new InvalidOrielPropertyFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains(key);
			assertThat(analysis.getAction()).isNotBlank();
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
	static class One {

		@Bean
		DataSource one() {
			return pool("one");
		}

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

	@Configuration(proxyBeanMethods = false)
	static class OwnPolicy {

		@Bean
		AccessPolicy ownPolicy() {
			AccessPolicy nothing = new PrivilegeAccessPolicy(true);
			return (caller, relation) -> nothing.decide(caller, relation);
		}

	}

	private static HikariDataSource pool(String name) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl("jdbc:postgresql://localhost:1/" + name);
		return pool;
	}

}
