package dev.oriel.admin;

import java.util.Set;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.testing.PostgresDatabase;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What the tests of {@link Oriel} share: an application without a web server.
 */
abstract class OrielFixture {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/oriel.sql");

	static ConfigurableApplicationContext context;

	final Oriel oriel = context.getBean(Oriel.class);

	final OrielClient system = this.oriel.asSystem();

	final JdbcClient jdbc = context.getBean(JdbcClient.class);

	final TransactionTemplate transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Host.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.run("--spring.datasource.url=" + database.jdbcUrl(), "--spring.datasource.username=" + database.username(),
					"--spring.datasource.password=" + database.password(), "--oriel.max-rows=1000",
					"--oriel.live.poll-interval=200ms", "--oriel.schemas=public,sales");
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@BeforeEach
	void clear() {
		database.execute("TRUNCATE exact, part, odd");
	}

	static Problem problem(ThrowingCallable call) {
		ProblemException exception = catchThrowableOfType(ProblemException.class, call);
		assertThat(exception).as("a problem").isNotNull();
		return exception.problem();
	}

	record Id(long id) {
	}

	record Part(int a, String b, @Nullable String note) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Host {

		/**
		 * The system may do everything, a clerk only read open orders without their
		 * totals.
		 */
		@Bean
		AccessPolicy accessPolicy() {
			AccessPolicy everything = new PrivilegeAccessPolicy(false);
			return new AccessPolicy() {

				@Override
				public RelationAccess decide(Caller caller, Relation relation) {
					RelationAccess access = everything.decide(caller, relation);
					if (!caller.name().equals("clerk")) {
						return access;
					}
					boolean orders = relation.name().name().equals("orders");
					return new RelationAccess(orders ? Set.of(Operation.SELECT) : Set.of(),
							Set.of("id", "status", "note"), Set.of(), Set.of(),
							Filter.Comparison.of("status", Operator.EQ, "open"));
				}

				@Override
				public boolean mayCall(Caller caller, Function function) {
					return everything.mayCall(caller, function);
				}

			};
		}

	}

}
