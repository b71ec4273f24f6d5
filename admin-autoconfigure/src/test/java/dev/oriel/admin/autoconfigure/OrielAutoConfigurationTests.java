package dev.oriel.admin.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what is there by default, what properties change and when an application does
 * not start.
 */
class OrielAutoConfigurationTests extends OrielContextFixture {

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
				.containsExactly("orielContextFixture.One");
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

	@Configuration(proxyBeanMethods = false)
	static class OwnPolicy {

		@Bean
		AccessPolicy ownPolicy() {
			AccessPolicy nothing = new PrivilegeAccessPolicy(true);
			return (caller, relation) -> nothing.decide(caller, relation);
		}

	}

}
