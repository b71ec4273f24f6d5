package dev.oriel.admin.benchmark;

import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.postgres.PostgresChangeSource;
import dev.oriel.admin.live.LiveEngine;
import dev.oriel.admin.live.Topics;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import org.awaitility.Awaitility;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * An application with live rows for very many, and beside them, on the same server, what
 * they are compared with.
 *
 * @param context the application
 */
record LiveHost(ConfigurableApplicationContext context) implements AutoCloseable {

	/** How many sockets there are where there are many. */
	static final int SOCKETS = Integer.getInteger("benchmark.sockets", 10_000);

	/** How many windows there are where there are many. */
	static final int WINDOWS = Integer.getInteger("benchmark.windows", 10_000);

	private static final int ENOUGH = 1_000_000;

	static LiveHost start(ChangeServer server, String... properties) {
		List<String> all = new ArrayList<>(List.of("server.port=0",
				"spring.datasource.url=" + server.pool().getJdbcUrl(), "spring.datasource.username=postgres",
				"spring.datasource.password=postgres", "oriel.database.pool-size=4",
				"server.tomcat.max-connections=" + (SOCKETS + 200), "oriel.live.limits.sockets=" + ENOUGH,
				"oriel.live.limits.sockets-per-user=" + ENOUGH, "oriel.live.limits.subscriptions-per-user=" + ENOUGH,
				"oriel.live.limits.frames-per-second=" + ENOUGH));
		all.addAll(List.of(properties));
		return new LiveHost(
				new SpringApplicationBuilder(Configuration.class).properties(all.toArray(String[]::new)).run());
	}

	int port() {
		return ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
	}

	LiveEngine engine() {
		return this.context.getBean(LiveEngine.class);
	}

	Topics topics() {
		return new Topics(engine(), this.context.getBean(SchemaSource.class));
	}

	BareSockets bareSockets() {
		return this.context.getBean(BareSockets.class);
	}

	/**
	 * Have the changes of a table told by triggers.
	 */
	void install(String table) {
		RelationName name = new RelationName("public", table);
		PostgresChangeSource source = this.context.getBean(PostgresChangeSource.class);
		Awaitility.await().ignoreExceptions().until(() -> {
			source.installer().install(name);
			source.refresh();
			return source.mode(name) == LiveMode.TRIGGERS;
		});
	}

	void await(String table, LiveMode mode) {
		PostgresChangeSource source = this.context.getBean(PostgresChangeSource.class);
		Awaitility.await().until(() -> source.mode(new RelationName("public", table)) == mode);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ BenchmarkSecurity.class, BareSockets.class, BareStomp.class })
	static class Configuration {

	}

}
