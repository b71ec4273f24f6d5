package dev.oriel.admin.autoconfigure;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.live.LiveEngine;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.testing.PostgresDatabase;
import dev.oriel.admin.web.LiveControl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests that an application can read the write-ahead log.
 */
class WalSourceIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.logical();

	@Test
	void changesComeFromTheLogAndNothingIsLeftBehind() {
		database.execute("CREATE TABLE item (id int PRIMARY KEY); CREATE TABLE keyless (message text)");
		RelationName name = new RelationName("public", "item");
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(OrielAutoConfiguration.class, OrielLiveAutoConfiguration.class))
			.withUserConfiguration(Host.class)
			.withPropertyValues("oriel.live.source=wal")
			.run((context) -> {
				SchemaSource schema = context.getBean(SchemaSource.class);
				LiveControl control = context.getBean(LiveControl.class);
				await().ignoreExceptions().until(() -> schema.snapshot().relation(name) != null);
				Relation item = schema.snapshot().relation(name);
				await().until(() -> control.mode(item).equals("wal"));
				Relation keyless = schema.snapshot().relation(new RelationName("public", "keyless"));
				assertThat(control.mode(keyless)).isEqualTo("polling");
				assertThat(control.installable(keyless)).isFalse();
				assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> control.install(keyless))
					.matches((ex) -> ex.problem().status() == 409);
				AtomicBoolean told = new AtomicBoolean();
				context.getBean(LiveEngine.class)
					.changes(new Caller("alice", Set.of()), name,
							(message) -> told.compareAndSet(false, message.json().contains("\"keys\":[[\"1\"]]")));
				database.execute("INSERT INTO item VALUES (1)");
				await().until(() -> {
					database.execute("UPDATE item SET id = id");
					return told.get();
				});
			});
		await().until(() -> database.jdbc()
			.sql("SELECT NOT EXISTS (SELECT FROM pg_replication_slots WHERE database = current_database())")
			.query(Boolean.class)
			.single());
		assertThat(database.jdbc().sql("SELECT count(*) FROM pg_trigger").query(Long.class).single()).isZero();
	}

	@Configuration(proxyBeanMethods = false)
	static class Host {

		@Bean
		DataSource dataSource() {
			HikariDataSource pool = new HikariDataSource();
			pool.setJdbcUrl(database.jdbcUrl());
			pool.setUsername(database.username());
			pool.setPassword(database.password());
			return pool;
		}

	}

}
