package dev.oriel.admin.benchmark;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares reading through Oriel with a bare endpoint that runs the same SQL and answers
 * the same bytes.
 */
class ReadBenchmark {

	private static final String REST = "/admin/api/rest/orders";

	private static final Pattern NEXT = Pattern.compile("<orders([^>]*)>; rel=\"next\"");

	private static final Duration BLOCK = Duration.ofMillis(Long.getLong("benchmark.block", 3_000));

	private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	static final List<String> lines = new ArrayList<>();

	static BenchmarkHost host;

	static Load load;

	@BeforeAll
	static void start() {
		Orders.fill(database);
		host = BenchmarkHost.start(database);
		load = new Load(host.origin(), Orders.postgres(database));
	}

	@AfterAll
	static void stop() throws Exception {
		host.close();
		lines.forEach(System.out::println);
		Files.createDirectories(Path.of("target"));
		Files.write(Path.of("target", "read-benchmark.md"), lines);
	}

	@Test
	void readsAgainstABareEndpoint() throws Exception {
		lines.add("%d orders, %d customers, %d rounds of %d ms each, interleaved".formatted(Orders.COUNT,
				Orders.CUSTOMERS, ROUNDS, BLOCK.toMillis()));
		lines.add("");
		lines.add("| read | bare/s | Oriel/s | ratio | p99 bare, ms | p99 Oriel, ms | ratio | "
				+ "CPU bare, ms | CPU Oriel, ms | ratio |");
		lines.add("|---|---|---|---|---|---|---|---|---|---|");
		compare("first page of 50", (n) -> Question.of("/bare/page"), (n) -> Question.of(REST + "?order=id&limit=50"));
		compare("filtered page", (n) -> Question.of("/bare/filtered?value=" + Orders.customer(n)), (n) -> Question
			.of(REST + "?customer_id=eq.%d&order=placed_at.desc&limit=50".formatted(Orders.customer(n))));
		compare("single row", (n) -> Question.of("/bare/row?value=" + Orders.order(n)),
				(n) -> Question.of(REST + "?id=eq." + Orders.order(n)));
		compare("page with an embedded customer", (n) -> Question.of("/bare/embedded"),
				(n) -> Question.of(REST + "?select=id,status,total,customer(id,name,country)&order=id&limit=50"));
		long deep = Orders.COUNT / 100 * 99;
		Question deepPage = behind(deep);
		compare("keyset page at 99 % depth", (n) -> Question.of("/bare/after?value=" + deep), (n) -> deepPage);
		lines.add("");
		deepPageAgainstTheFirst(deepPage);
	}

	private static void deepPageAgainstTheFirst(Question deepPage) throws Exception {
		Question firstPage = keyset(REST + "?order=id&limit=50");
		Rounds rounds = new Rounds();
		for (int round = 0; round < ROUNDS; round++) {
			double first = load.run((n) -> firstPage, BLOCK).millis(0.5);
			double deep = load.run((n) -> deepPage, BLOCK).millis(0.5);
			rounds.add(first, deep);
		}
		lines.add(String.format(Locale.ROOT,
				"Keyset page at 99 %% depth to the first keyset page: %.2f times (%.3f " + "and %.3f ms, medians)",
				rounds.median(1) / rounds.median(0), rounds.median(1), rounds.median(0)));
	}

	/**
	 * Return the question for the page behind an order, by the link that leads there.
	 */
	private static Question behind(long order) throws Exception {
		Question before = keyset(REST + "?order=id&limit=1&id=gte." + order);
		HttpResponse<String> answer = load.answer(before, HttpResponse.BodyHandlers.ofString());
		Matcher next = NEXT.matcher(answer.headers().firstValue("Link").orElseThrow());
		assertThat(next.find()).isTrue();
		Matcher cursor = Pattern.compile("after=([^&]+)").matcher(next.group(1));
		assertThat(cursor.find()).isTrue();
		return keyset(REST + "?order=id&limit=50&after=" + cursor.group(1));
	}

	private static Question keyset(String path) {
		return new Question(path, Map.of("Prefer", "page=keyset"));
	}

	private static void compare(String name, LongFunction<Question> bare, LongFunction<Question> oriel)
			throws Exception {
		assertThat(load.ask(oriel.apply(1))).isEqualTo(load.ask(bare.apply(1)));
		for (int warmUp = 0; warmUp < 2; warmUp++) {
			load.run(bare, BLOCK);
			load.run(oriel, BLOCK);
		}
		Rounds rounds = new Rounds();
		for (int round = 0; round < ROUNDS; round++) {
			Load.Result without = load.run(bare, BLOCK);
			Load.Result with = load.run(oriel, BLOCK);
			rounds.add(without.perSecond(), with.perSecond(), without.millis(0.99), with.millis(0.99),
					without.processorMillis(), with.processorMillis());
		}
		lines.add(String.format(Locale.ROOT, "| %s | %.0f | %.0f | %.2f | %.2f | %.2f | %.2f | %.3f | %.3f | %.2f |",
				name, rounds.median(0), rounds.median(1), rounds.median(1) / rounds.median(0), rounds.median(2),
				rounds.median(3), rounds.median(3) / rounds.median(2), rounds.median(4), rounds.median(5),
				rounds.median(5) / rounds.median(4)));
	}

}
