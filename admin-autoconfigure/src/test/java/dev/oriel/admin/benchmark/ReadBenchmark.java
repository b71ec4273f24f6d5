package dev.oriel.admin.benchmark;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.admin.testing.PostgresDatabase;
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

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	@Test
	void readsAgainstABareEndpoint() throws Exception {
		Orders.fill(database);
		Report report = new Report();
		try (BenchmarkHost host = BenchmarkHost.start(database)) {
			report.line("%d orders, %d customers, %d rounds of %d ms each, interleaved", Orders.COUNT, Orders.CUSTOMERS,
					Rounds.COUNT, BareComparison.BLOCK.toMillis());
			BareComparison comparison = new BareComparison(host.load(), report);
			comparison.table("read");
			compare(comparison, "first page of 50", (n) -> Question.of("/bare/page"),
					(n) -> Question.of(REST + "?order=id&limit=50"));
			compare(comparison, "filtered page", (n) -> Question.of("/bare/filtered?value=" + Orders.customer(n)),
					(n) -> Question
						.of(REST + "?customer_id=eq.%d&order=placed_at.desc&limit=50".formatted(Orders.customer(n))));
			compare(comparison, "single row", (n) -> Question.of("/bare/row?value=" + Orders.order(n)),
					(n) -> Question.of(REST + "?id=eq." + Orders.order(n)));
			compare(comparison, "page with an embedded customer", (n) -> Question.of("/bare/embedded"),
					(n) -> Question.of(REST + "?select=id,status,total,customer(id,name,country)&order=id&limit=50"));
			long deep = Orders.COUNT / 100 * 99;
			Question deepPage = behind(comparison.load(), deep);
			compare(comparison, "keyset page at 99 % depth", (n) -> Question.of("/bare/after?value=" + deep),
					(n) -> deepPage);
			report.gap();
			deepPageAgainstTheFirst(comparison, deepPage);
		}
		report.save("read-benchmark.md");
	}

	private static void deepPageAgainstTheFirst(BareComparison comparison, Question deepPage) throws Exception {
		Question firstPage = keyset(REST + "?order=id&limit=50");
		Rounds rounds = new Rounds();
		for (int round = 0; round < Rounds.COUNT; round++) {
			double first = comparison.load().run((n) -> firstPage, BareComparison.BLOCK).millis(0.5);
			double deep = comparison.load().run((n) -> deepPage, BareComparison.BLOCK).millis(0.5);
			rounds.add(first, deep);
		}
		comparison.report()
			.line("Keyset page at 99 %% depth to the first keyset page: %.2f times (%.3f and %.3f ms, medians)",
					rounds.median(1) / rounds.median(0), rounds.median(1), rounds.median(0));
	}

	/**
	 * Return the question for the page behind an order, by the link that leads there.
	 */
	private static Question behind(Load load, long order) throws Exception {
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

	private static void compare(BareComparison comparison, String name, LongFunction<Question> bare,
			LongFunction<Question> oriel) throws Exception {
		Load load = comparison.load();
		assertThat(load.ask(oriel.apply(1))).isEqualTo(load.ask(bare.apply(1)));
		comparison.compare(name, bare, oriel);
	}

}
