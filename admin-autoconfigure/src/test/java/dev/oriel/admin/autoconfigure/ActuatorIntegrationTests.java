package dev.oriel.admin.autoconfigure;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import javax.sql.DataSource;

import dev.oriel.admin.schema.SchemaUnavailableException;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.stomp.StompClient;
import dev.oriel.admin.testing.PostgresDatabase;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what can be seen of Oriel from outside: health, metrics and the endpoint.
 */
class ActuatorIntegrationTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String[] OPEN = { "management.endpoints.web.exposure.include=*",
			"management.endpoint.health.show-details=always", "management.endpoint.health.probes.enabled=true",
			"oriel.live.triggers=auto", "oriel.live.poll-interval=200ms" };

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	@BeforeEach
	void createTables() {
		database.execute("""
				DROP TABLE IF EXISTS item, note CASCADE;
				CREATE TABLE item (id int PRIMARY KEY, name text, secret text);
				INSERT INTO item SELECT n, 'name ' || n, 'canary' FROM generate_series(1, 20) AS n;
				CREATE TABLE note (text text);
				CREATE OR REPLACE VIEW names AS SELECT name FROM item;
				""");
	}

	@Test
	void healthTellsTheModeOfEachTable() {
		try (HostApplication host = HostApplication.start(database, HostSecurity.PermitAll.class, OPEN)) {
			await().untilAsserted(() -> assertThat(oriel(host).at("/details/live/tables/public.item").asString())
				.isEqualTo("triggers"));
			JsonNode health = oriel(host);
			assertThat(health.get("status").asString()).isEqualTo("UP");
			assertThat(health.at("/details/schema/version").asString()).isNotBlank();
			assertThat(health.at("/details/live/listener").asString()).isEqualTo("open");
			assertThat(health.at("/details/live/lookedAt").asString()).isNotBlank();
			assertThat(health.at("/details/live/tables/public.names").asString()).isEqualTo("requery");
			assertThat(health.at("/details/live/modes/requery").asInt()).isEqualTo(1);
		}
	}

	@Test
	void healthIsDownWhileTheCatalogueCannotBeReadButReadinessIsNot() {
		List<String> properties = new ArrayList<>(List.of(OPEN));
		properties.add("spring.sql.init.mode=never");
		properties.add("management.health.db.enabled=false");
		properties.add("management.health.oriel.enabled=true");
		try (HostApplication host = HostApplication.start(HostVariantsIntegrationTests.Away.class,
				properties.toArray(String[]::new))) {
			await().untilAsserted(() -> assertThat(oriel(host).get("status").asString()).isEqualTo("DOWN"));
			assertThat(oriel(host).at("/details/error").asString()).startsWith("The database cannot be reached");
			assertThat(oriel(host).toString()).doesNotContain("Exception", "speaks this language");
			for (String group : List.of("readiness", "liveness")) {
				assertThat(get(host, "/actuator/health/" + group).statusCode()).isEqualTo(200);
			}
			assertThat(get(host, "/actuator/oriel").statusCode()).isEqualTo(200);
			host.context().getBean(HostVariantsIntegrationTests.Switch.class).here.set(true);
			await().untilAsserted(() -> assertThat(oriel(host).get("status").asString()).isEqualTo("UP"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "53300, UP, UNKNOWN", "57014, UP, UNKNOWN", "08006, DOWN, DOWN", "42501, DOWN, DOWN" })
	void databaseThatIsMerelyBusyIsNotDown(String state, String after, String before) {
		AtomicBoolean failing = new AtomicBoolean(true);
		DataSource dataSource = new DelegatingDataSource(database.dataSource()) {

			@Override
			public Connection getConnection() throws SQLException {
				if (failing.get()) {
					throw new SQLException("not now", state);
				}
				return super.getConnection();
			}

		};
		PostgresSchemaSource schema = new PostgresSchemaSource(dataSource, ReflectionSettings.ALL);
		OrielHealthIndicator health = new OrielHealthIndicator(schema, null);
		assertThatExceptionOfType(SchemaUnavailableException.class).isThrownBy(schema::refresh);
		assertThat(health.health().getStatus().getCode()).isEqualTo(before);
		failing.set(false);
		schema.refresh();
		assertThat(health.health().getStatus()).isEqualTo(Status.UP);
		failing.set(true);
		schema.refreshIfChanged();
		assertThat(health.health().getStatus().getCode()).isEqualTo(after);
	}

	@Test
	void applicationThatIsHealthyWithoutADatabaseStaysSo() {
		List<String> properties = new ArrayList<>(List.of(OPEN));
		properties.add("spring.sql.init.mode=never");
		properties.add("management.health.db.enabled=false");
		try (HostApplication host = HostApplication.start(HostVariantsIntegrationTests.Away.class,
				properties.toArray(String[]::new))) {
			assertThat(get(host, "/actuator/health").statusCode()).isEqualTo(200);
			assertThat(oriel(host).isMissingNode()).isTrue();
		}
	}

	@Test
	void endpointTellsOfWindowsButNotWhatTheyLookFor() {
		try (HostApplication host = HostApplication.start(database, HostSecurity.Own.class, OPEN)) {
			StompClient one = open(host, "admin").subscribe("1",
					"/topic/rows/item?secret=eq.canary&or=(name.eq.canary,id.gt.0)&order=id&limit=5");
			StompClient other = open(host, "support").subscribe("1",
					"/topic/rows/item?secret=eq.canary&or=(name.eq.canary,id.gt.0)&order=id&limit=5");
			await().until(() -> one.isTold("\"snapshot\"") && other.isTold("\"snapshot\""));
			assertThat(host.send("GET", "/actuator/oriel").statusCode()).isEqualTo(401);
			String body = get(host, "/actuator/oriel").body();
			assertThat(body).doesNotContain("canary", "name 1");
			JsonNode described = JSON.readTree(body);
			assertThat(described.at("/sockets").toString()).isEqualTo("{\"admin\":1,\"support\":1}");
			assertThat(described.get("windowCount").asInt()).isEqualTo(1);
			JsonNode window = described.at("/windows/0");
			assertThat(window.get("relation").asString()).isEqualTo("public.item");
			assertThat(window.get("query").asString()).isEqualTo("secret=eq.?&or=(name.eq.?,id.gt.?)&order=id&limit=5");
			assertThat(window.get("subscribers").asInt()).isEqualTo(2);
			assertThat(window.get("rows").asInt()).isEqualTo(5);
			assertThat(window.get("version").asLong()).isPositive();
			assertThat(window.get("costMillis").asDouble()).isPositive();
			assertThat(window.get("mode").asString()).isIn("triggers", "polling");
			assertThat(described.at("/source/listener").asString()).isEqualTo("open");
			one.close();
			other.close();
			await().untilAsserted(
					() -> assertThat(JSON.readTree(get(host, "/actuator/oriel").body()).get("windowCount").asInt())
						.isZero());
		}
	}

	@Test
	void metricsFollowWhatHappens() {
		try (HostApplication host = HostApplication.start(database, HostSecurity.PermitAll.class, OPEN)) {
			MeterRegistry registry = host.context().getBean(MeterRegistry.class);
			await().until(() -> oriel(host).at("/details/live/tables/public.item").asString().equals("triggers"));
			StompClient client = open(host, "admin").subscribe("1", "/topic/rows/item?order=id&limit=5", "count:none");
			await().until(() -> client.isTold("\"snapshot\""));
			assertThat(registry.get("oriel.live.windows").gauge().value()).isEqualTo(1);
			assertThat(registry.get("oriel.live.subscribers").gauge().value()).isEqualTo(1);
			assertThat(registry.get("oriel.live.sockets").gauge().value()).isEqualTo(1);
			await().untilAsserted(() -> {
				database.execute("UPDATE item SET name = name || 'x' WHERE id = 1");
				assertThat(registry.get("oriel.live.lag").timer().count()).isPositive();
			});
			assertThat(registry.get("oriel.live.lag").timer().totalTime(TimeUnit.NANOSECONDS)).isPositive();
			assertThat(registry.get("oriel.live.ticks").counter().count()).isPositive();
			assertThat(registry.get("oriel.live.evaluations").tag("outcome", "concerned").counter().count())
				.isPositive();
			assertThat(registry.get("oriel.live.rereads").tag("outcome", "success").timer().count()).isPositive();
			double storms = registry.get("oriel.live.storms").counter().count();
			database.execute("INSERT INTO item SELECT n, 'many', '' FROM generate_series(1000, 2500) AS n");
			await().until(() -> registry.get("oriel.live.storms").counter().count() > storms);
			client.close();
			await().until(() -> registry.get("oriel.live.windows").gauge().value() == 0);
			assertThat(tags(registry)).containsExactlyInAnyOrder("oriel.live.windows", "oriel.live.subscribers",
					"oriel.live.sockets", "oriel.live.ticks", "oriel.live.evaluations outcome=concerned",
					"oriel.live.evaluations outcome=spared", "oriel.live.storms", "oriel.live.lag",
					"oriel.live.rereads outcome=success", "oriel.live.rereads outcome=failure");
		}
	}

	@Test
	void otherEndpointsAnswerAsWithoutOriel() {
		List<String> without = new ArrayList<>(List.of(OPEN));
		without.add(HostZeroDifferenceIntegrationTests.EXCLUDE);
		List<String> expected;
		try (HostApplication host = HostApplication.start(database, HostSecurity.PermitAll.class,
				without.toArray(String[]::new))) {
			expected = look(host);
		}
		try (HostApplication host = HostApplication.start(database, HostSecurity.PermitAll.class, OPEN)) {
			await().until(() -> oriel(host).path("status").asString("").equals("UP"));
			assertThat(look(host)).isEqualTo(expected);
		}
	}

	private static List<String> look(HostApplication host) {
		List<String> seen = new ArrayList<>();
		ObjectNode links = (ObjectNode) JSON.readTree(get(host, "/actuator").body()).get("_links");
		links.remove("oriel");
		seen.add(links.toString().replace(host.origin(), "http://host"));
		for (String path : List.of("/actuator/health", "/actuator/health/readiness", "/actuator/health/liveness",
				"/actuator/health/db", "/actuator/info", "/actuator/scheduledtasks", "/actuator/loggers/ROOT")) {
			HttpResponse<String> answer = get(host, path);
			String body = answer.body().replaceAll("\"free\":\\d+", "\"free\":0");
			if (path.equals("/actuator/health")) {
				ObjectNode health = (ObjectNode) JSON.readTree(body);
				((ObjectNode) health.get("components")).remove("oriel");
				body = health.toString();
			}
			seen.add(path + " " + answer.statusCode() + " " + body);
		}
		JsonNode names = JSON.readTree(get(host, "/actuator/metrics").body()).get("names");
		// Meters of requests and of the garbage collector come with the first of either.
		seen.add(StreamSupport.stream(names.spliterator(), false)
			.map(JsonNode::asString)
			.filter((name) -> !name.startsWith("oriel.") && !name.startsWith("http.") && !name.startsWith("jvm.gc."))
			.collect(Collectors.joining(",")));
		return seen;
	}

	private static Set<String> tags(MeterRegistry registry) {
		Set<String> seen = new TreeSet<>();
		for (Meter meter : registry.getMeters()) {
			if (meter.getId().getName().startsWith("oriel")) {
				StringBuilder name = new StringBuilder(meter.getId().getName());
				for (Tag tag : meter.getId().getTags()) {
					name.append(' ').append(tag.getKey()).append('=').append(tag.getValue());
				}
				seen.add(name.toString());
			}
		}
		return seen;
	}

	/**
	 * Much longer than it takes, for a machine that is busy.
	 */
	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(40));
	}

	private static StompClient open(HostApplication host, String user) {
		return StompClient.open(host.port(), "Authorization", HostApplication.basic(user)).connect();
	}

	private static JsonNode oriel(HostApplication host) {
		return JSON.readTree(get(host, "/actuator/health").body()).at("/components/oriel");
	}

	private static HttpResponse<String> get(HostApplication host, String path) {
		return host.send("GET", path, "Authorization", HostApplication.basic("admin"));
	}

}
