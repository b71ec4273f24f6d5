package dev.oriel.admin.autoconfigure;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.oriel.admin.LiveRows;
import dev.oriel.admin.OrielRows;
import dev.oriel.admin.extension.AfterWrite;
import dev.oriel.admin.extension.BeforeWrite;
import dev.oriel.admin.extension.PendingRow;
import dev.oriel.admin.extension.VetoException;
import dev.oriel.admin.extension.WriteHook;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for an application that has everything twice, beans that need each other, and a
 * life of stops and starts.
 */
class DemandingHostIntegrationTests {

	private static final String ADMIN = HostApplication.basic("admin");

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	@TempDir
	private Path directory;

	@BeforeEach
	void createTables() {
		database.execute("DROP TABLE IF EXISTS item, log; CREATE TABLE item (id int PRIMARY KEY, name text);"
				+ " CREATE TABLE log (id int)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void hooksAndServicesUseOrielAndEachOther(String proxyTargetClass) {
		try (HostApplication host = HostApplication.start(Twice.class, "oriel.datasource=shop",
				"spring.sql.init.mode=never", "spring.main.lazy-initialization=true",
				"spring.main.allow-circular-references=false", "spring.threads.virtual.enabled=true",
				"spring.aop.proxy-target-class=" + proxyTargetClass)) {
			Books books = host.context().getBean(Books.class);
			books.add(1, "one");
			assertThat(count("item")).isEqualTo(1);
			assertThat(count("log")).isEqualTo(1);
			assertThat(Counting.SEEN).containsExactly("counting", "logging");
			assertThatIllegalStateException().isThrownBy(() -> books.addAndFail(2));
			assertThat(count("item")).isEqualTo(1);
			assertThat(count("log")).isEqualTo(1);
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> books.add(3, "refused"));
			assertThat(count("item")).isEqualTo(1);
			// A transaction of the other database says nothing about this one.
			assertThatIllegalStateException().isThrownBy(() -> books.addBeside(4));
			assertThat(count("item")).isEqualTo(2);
			HttpResponse<String> answer = host.send("POST", "/admin/api/rest/item", "{\"id\":5,\"name\":\"five\"}",
					new String[] { "Authorization", ADMIN, "Content-Type", "application/json" });
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
			assertThat(count("log")).isEqualTo(3);
			assertThat(host.context().getBean("oriel")).isInstanceOf(Oriel.class);
		}
		finally {
			Counting.SEEN.clear();
		}
	}

	@Test
	void leavesNothingBehindHoweverOftenItIsStopped() {
		Set<String> before = null;
		for (int i = 0; i < 4; i++) {
			try (HostApplication host = HostApplication.start(database, HostSecurity.Own.class,
					"oriel.import.directory=" + this.directory, "oriel.live.poll-interval=100ms")) {
				List<OrielRows> told = new CopyOnWriteArrayList<>();
				LiveRows rows = host.context()
					.getBean(dev.oriel.admin.Oriel.class)
					.asSystem()
					.table("item")
					.live(told::add);
				await().untilAsserted(() -> assertThat(told).isNotEmpty());
				HttpResponse<String> imported = host.send("POST", "/admin/api/import/item?on-rejected=skip",
						"id,name\n%d,a\nx,b\n".formatted(i),
						new String[] { "Authorization", ADMIN, "Content-Type", "text/csv", "Prefer", "respond-async" });
				assertThat(imported.statusCode()).as(imported.body()).isEqualTo(202);
				await().untilAsserted(() -> assertThat(count("item")).isPositive());
				assertThat(host.send("GET", "/admin/api/export/item?format=xlsx", "Authorization", ADMIN).statusCode())
					.isEqualTo(200);
				assertThat(rows).isNotNull();
				assertThat(this.directory).isNotEmptyDirectory();
			}
			assertThat(this.directory).isEmptyDirectory();
			await().untilAsserted(() -> assertThat(threads()).noneMatch((name) -> name.startsWith("oriel")));
			await().untilAsserted(() -> assertThat(database.jdbc()
				.sql("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'oriel%' AND datname = current_database()")
				.query(Integer.class)
				.single()).isZero());
			if (before == null) {
				before = threads();
			}
			Set<String> first = before;
			await().untilAsserted(() -> assertThat(first).containsAll(threads()));
		}
	}

	@Test
	void importDoesNotKeepTheApplicationFromStopping() {
		database.execute("CREATE OR REPLACE FUNCTION doze() RETURNS trigger LANGUAGE plpgsql AS"
				+ " $$BEGIN PERFORM pg_sleep(60); RETURN NEW; END$$;"
				+ " CREATE TRIGGER doze BEFORE INSERT ON item FOR EACH ROW EXECUTE FUNCTION doze()");
		CompletableFuture<HttpResponse<String>> answer;
		try (HostApplication host = HostApplication.start(database, HostSecurity.Own.class,
				"spring.lifecycle.timeout-per-shutdown-phase=10m")) {
			answer = CompletableFuture.supplyAsync(() -> host.send("POST", "/admin/api/import/item", "id,name\n1,a\n",
					new String[] { "Authorization", ADMIN, "Content-Type", "text/csv" }));
			await().untilAsserted(() -> assertThat(database.jdbc()
				.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()")
				.query(Integer.class)
				.single()).isPositive());
		}
		assertThat(answer.join().body()).contains("\"state\":\"cancelled\"");
		assertThat(count("item")).isZero();
	}

	/**
	 * Return the names of all threads, without their numbers.
	 */
	private static Set<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter(Thread::isAlive)
			.filter((thread) -> !thread.getName().startsWith("awaitility"))
			.map((thread) -> thread.getName().replaceAll("\\d+", "N"))
			.collect(Collectors.toSet());
	}

	private static int count(String table) {
		return database.jdbc().sql("SELECT count(*) FROM " + table).query(Integer.class).single();
	}

	/**
	 * What the application calls by this name, too.
	 */
	record Oriel(String window) {

	}

	interface Books {

		void add(int id, String name);

		void addAndFail(int id);

		void addBeside(int id);

	}

	static class OwnBooks implements Books {

		private final dev.oriel.admin.Oriel oriel;

		private final List<WriteHook> hooks;

		OwnBooks(dev.oriel.admin.Oriel oriel, List<WriteHook> hooks) {
			this.oriel = oriel;
			this.hooks = hooks;
		}

		@Override
		@Transactional("shopTransactions")
		public void add(int id, String name) {
			assertThat(this.hooks).hasSize(2);
			this.oriel.asSystem().table("item").insert(Map.of("id", id, "name", name));
		}

		@Override
		@Transactional("shopTransactions")
		public void addAndFail(int id) {
			add(id, "undone");
			throw new IllegalStateException("undone");
		}

		@Override
		@Transactional("otherTransactions")
		public void addBeside(int id) {
			add(id, "kept");
			throw new IllegalStateException("the other one is undone");
		}

	}

	@Order(2)
	static class Logging implements WriteHook {

		private final dev.oriel.admin.Oriel oriel;

		private final JdbcClient jdbc;

		Logging(dev.oriel.admin.Oriel oriel, DataSource shop) {
			this.oriel = oriel;
			this.jdbc = JdbcClient.create(shop);
		}

		@Override
		public Set<RelationName> relations() {
			return Set.of(new RelationName("public", "item"));
		}

		@Override
		@Transactional("shopTransactions")
		public void before(BeforeWrite write) {
			Counting.SEEN.add("logging");
			for (PendingRow row : write.rows()) {
				if ("refused".equals(row.values().text("name"))) {
					throw new VetoException("name", "refused");
				}
			}
		}

		@Override
		@Transactional("shopTransactions")
		public void after(AfterWrite write) {
			long items = this.oriel.asSystem().table("item").count();
			this.jdbc.sql("INSERT INTO log (id) VALUES (?)").param(items).update();
		}

	}

	@Order(1)
	static class Counting implements WriteHook {

		static final List<String> SEEN = new CopyOnWriteArrayList<>();

		@Override
		public Set<RelationName> relations() {
			return Set.of(new RelationName("public", "item"));
		}

		@Override
		public void before(BeforeWrite write) {
			SEEN.add("counting");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement
	@Import({ HostSecurity.Own.class, Counting.class })
	static class Twice {

		@Bean
		DataSource shop() {
			return pool();
		}

		@Bean
		DataSource other() {
			return pool();
		}

		@Bean
		PlatformTransactionManager shopTransactions(@Qualifier("shop") DataSource shop) {
			return new JdbcTransactionManager(shop);
		}

		@Bean
		PlatformTransactionManager otherTransactions(@Qualifier("other") DataSource other) {
			return new JdbcTransactionManager(other);
		}

		@Bean
		WriteHook logging(dev.oriel.admin.Oriel oriel, @Qualifier("shop") DataSource shop) {
			return new Logging(oriel, shop);
		}

		@Bean
		Books books(dev.oriel.admin.Oriel api, List<WriteHook> hooks) {
			return new OwnBooks(api, hooks);
		}

		@Bean
		Oriel oriel() {
			return new Oriel("a bay");
		}

		private static HikariDataSource pool() {
			HikariDataSource pool = new HikariDataSource();
			pool.setJdbcUrl(database.jdbcUrl());
			pool.setUsername(database.username());
			pool.setPassword(database.password());
			pool.setMinimumIdle(0);
			pool.setMaximumPoolSize(2);
			return pool;
		}

	}

}
