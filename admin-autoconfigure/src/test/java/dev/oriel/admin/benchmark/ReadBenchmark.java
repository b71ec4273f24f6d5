package dev.oriel.admin.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares reading through Oriel with a bare endpoint that answers the same bytes.
 */
class ReadBenchmark {

	private static final long ORDERS = Long.getLong("benchmark.orders", 1_000_000);

	private static final long CUSTOMERS = Math.max(1, ORDERS / 50);

	private static final Duration BLOCK = Duration.ofMillis(Long.getLong("benchmark.block", 3_000));

	private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	@Test
	void readsAgainstABareEndpoint() throws Exception {
		fill();
		try (ConfigurableApplicationContext host = new SpringApplicationBuilder(Host.class)
			.properties("server.port=0", "spring.datasource.url=" + database.jdbcUrl(),
					"spring.datasource.username=" + database.username(),
					"spring.datasource.password=" + database.password(), "spring.datasource.hikari.maximum-pool-size=4",
					"oriel.database.pool-size=4")
			.run()) {
			int port = ((ServletWebServerApplicationContext) host).getWebServer().getPort();
			Load load = new Load("http://localhost:" + port, postgres());
			List<String> lines = new ArrayList<>(List.of(
					"%d orders, %d customers, %d rounds of %d ms each, interleaved".formatted(ORDERS, CUSTOMERS, ROUNDS,
							BLOCK.toMillis()),
					"",
					"| read | bare/s | Oriel/s | ratio | p99 bare, ms | p99 Oriel, ms | ratio | CPU bare, ms | CPU Oriel, ms | ratio |",
					"|---|---|---|---|---|---|---|---|---|---|"));
			lines.add(compare(load, "first page of 50", (n) -> "/bare/page",
					(n) -> "/admin/api/rest/orders?order=id&limit=50"));
			lines.add(compare(load, "filtered page", (n) -> "/bare/filtered?customer=" + customer(n),
					(n) -> "/admin/api/rest/orders?customer_id=eq.%d&order=placed_at.desc&limit=50"
						.formatted(customer(n))));
			lines.add(compare(load, "single row", (n) -> "/bare/row?id=" + order(n),
					(n) -> "/admin/api/rest/orders?id=eq." + order(n)));
			lines.forEach(System.out::println);
			Files.createDirectories(Path.of("target"));
			Files.write(Path.of("target", "read-benchmark.md"), lines);
		}
	}

	private static String compare(Load load, String name, LongFunction<String> bare, LongFunction<String> oriel)
			throws Exception {
		assertThat(load.ask(oriel.apply(1))).isEqualTo(load.ask(bare.apply(1)));
		load.run(bare, BLOCK);
		load.run(oriel, BLOCK);
		List<double[]> rounds = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			Load.Result without = load.run(bare, BLOCK);
			Load.Result with = load.run(oriel, BLOCK);
			rounds.add(new double[] { without.perSecond(), with.perSecond(), without.millis(0.99), with.millis(0.99),
					without.processorMillis(), with.processorMillis() });
		}
		double[] median = { median(rounds, 0), median(rounds, 1), median(rounds, 2), median(rounds, 3),
				median(rounds, 4), median(rounds, 5) };
		return String.format(Locale.ROOT, "| %s | %.0f | %.0f | %.2f | %.2f | %.2f | %.2f | %.3f | %.3f | %.2f |", name,
				median[0], median[1], median[1] / median[0], median[2], median[3], median[3] / median[2], median[4],
				median[5], median[5] / median[4]);
	}

	/**
	 * Return the process that all others of PostgreSQL come from, or this one where it
	 * runs on another machine.
	 */
	private static ProcessHandle postgres() {
		String pid = database.jdbc().sql("SELECT pg_read_file('postmaster.pid')").query(String.class).single();
		return ProcessHandle.of(Long.parseLong(pid.lines().findFirst().orElseThrow())).orElse(ProcessHandle.current());
	}

	private static double median(List<double[]> rounds, int value) {
		return rounds.stream()
			.mapToDouble((round) -> round[value])
			.sorted()
			.skip(rounds.size() / 2)
			.findFirst()
			.orElse(0);
	}

	private static long customer(long n) {
		return 1 + Math.floorMod(n * 7919, CUSTOMERS);
	}

	private static long order(long n) {
		return 1 + Math.floorMod(n * 104_729, ORDERS);
	}

	private static void fill() {
		database.execute("""
				CREATE TABLE public.orders (
				  id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
				  customer_id bigint NOT NULL,
				  status text NOT NULL,
				  placed_at timestamptz NOT NULL,
				  total numeric(12,2) NOT NULL,
				  payload jsonb,
				  ref uuid NOT NULL);
				INSERT INTO public.orders
				SELECT i, 1 + i %% %2$d, (ARRAY['new','paid','shipped','cancelled'])[1 + i %% 4],
				  timestamptz '2024-01-01' + i * interval '13 seconds', (hashint8(i) & 1048575) / 100.0,
				  jsonb_build_object('n', i, 'tag', md5(i::text)), md5(i::text)::uuid
				FROM generate_series(1, %1$d) i;
				CREATE INDEX ON public.orders (customer_id, placed_at DESC, id);
				ANALYZE public.orders;
				""".formatted(ORDERS, CUSTOMERS));
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(BareEndpoints.class)
	static class Host {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
				.httpBasic(Customizer.withDefaults())
				.build();
		}

		/**
		 * Not one that takes a new password, or every request would pay for a strong
		 * hash.
		 */
		@Bean
		UserDetailsService users() {
			return (name) -> User.withUsername(name).password("{noop}admin").authorities("ROLE_ADMIN").build();
		}

	}

}
