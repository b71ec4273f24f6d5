package dev.oriel.admin.autoconfigure;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.ReadOptions;
import dev.oriel.admin.data.RelationReader;
import dev.oriel.admin.data.RelationWriter;
import dev.oriel.admin.data.WriteOptions;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.testing.PostgresDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.AbstractDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications that lack something: the web, the database, or Oriel itself.
 */
class HostVariantsIntegrationTests {

	private static final String OTHER = "spring.sql.init.mode=never";

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/shop.sql");

	@Test
	void worksWithoutTheWeb() {
		Caller caller = new Caller("job", Set.of("ROLE_ADMIN"));
		RelationName company = new RelationName("public", "company");
		try (HostApplication host = HostApplication.start(database, ProbeVariants.DefaultChain.class,
				"spring.main.web-application-type=none")) {
			RelationWriter writer = host.context().getBean(RelationWriter.class);
			writer.insert(caller, company, "{\"name\":\"three\"}", Query.ALL, WriteOptions.DEFAULTS);
			assertThat(host.context()
				.getBean(RelationReader.class)
				.read(caller, company, Query.ALL, ReadOptions.DEFAULTS)
				.json()).contains("three");
			assertThat(host.context().containsBean("orielRouterFunctionMapping")).isFalse();
		}
	}

	@Test
	void databaseThatIsAwayIsAnOutageUntilItComes() {
		try (HostApplication host = HostApplication.start(Away.class, OTHER)) {
			String admin = HostApplication.basic("admin");
			HttpResponse<String> schema = host.send("GET", "/admin/api/schema", "Authorization", admin);
			assertThat(schema.statusCode()).isEqualTo(503);
			assertThat(schema.body()).contains("PGRST000");
			assertThat(schema.headers().firstValue("Retry-After")).isPresent();
			assertThat(host.send("GET", "/admin/api/rest/item", "Authorization", admin).statusCode()).isEqualTo(503);
			assertThat(host.send("GET", "/admin/api/settings/public/item", "Authorization", admin).statusCode())
				.isEqualTo(503);
			assertThat(host.send("GET", "/admin/api/session", "Authorization", admin).statusCode()).isEqualTo(200);
			assertThat(host.send("GET", "/admin/", "Authorization", admin).statusCode()).isEqualTo(200);
			host.context().getBean(Switch.class).here.set(true);
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.pollInterval(Duration.ofMillis(100))
				.untilAsserted(() -> assertThat(
						host.send("GET", "/admin/api/rest/item?select=id", "Authorization", admin).statusCode())
					.isEqualTo(200));
		}
	}

	@Test
	void rulesForOrielDoNoHarmWhereItIsSwitchedOff() {
		try (HostApplication host = HostApplication.start(database, HostSecurity.Own.class, "oriel.enabled=false")) {
			HttpResponse<String> answer = host.send("GET", "/admin/", "Authorization", HostApplication.basic("admin"));
			assertThat(answer.statusCode()).isEqualTo(404);
			assertThat(host.send("POST", "/login").statusCode()).isNotEqualTo(500);
		}
	}

	/**
	 * Whether the database is there.
	 */
	static final class Switch extends AbstractDataSource {

		final AtomicBoolean here = new AtomicBoolean();

		@Override
		public Connection getConnection() throws SQLException {
			if (!this.here.get()) {
				throw new SQLException("not a database that speaks this language", "08001");
			}
			return database.dataSource().getConnection();
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return getConnection();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(HostSecurity.Own.class)
	static class Away {

		@Bean
		Switch databaseSwitch() {
			return new Switch();
		}

	}

}
