package dev.oriel.admin.query;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class QueryFuzzTests {

	private static final List<String> TOKENS = List.of("select=", "order=", "limit=", "offset=", "after=", "before=",
			"~", "and=", "or=", "not.", "a", "b", "eq", "in", "is", "like", "fts", "any", "all", "null", "sum", "count",
			"inner", "desc", "nullsfirst", "q=", "q", "within", "within.last ", " days", "today", "UTC", "empty", "1",
			"-", "->", "->>", "(", ")", "{", "}", "\"", "\\", ",", ".", "...", ":", "::", "!", "*", "&", "=", "%",
			"%22", "%C3", "+", " ", "\t", "\n", "é", "\uD83D", "\u0000");

	private final QueryWriter writer = new QueryWriter();

	@Test
	void randomBytesAreReadOrRefused() {
		Random random = new Random(1);
		for (int i = 0; i < 10_000; i++) {
			byte[] bytes = new byte[random.nextInt(60)];
			random.nextBytes(bytes);
			readOrRefuse(new String(bytes, StandardCharsets.ISO_8859_1));
			readOrRefuse(new String(bytes, StandardCharsets.UTF_8));
		}
	}

	@Test
	void randomTokensAreReadOrRefused() {
		Random random = new Random(2);
		int read = 0;
		for (int i = 0; i < 30_000; i++) {
			StringBuilder text = new StringBuilder();
			for (int size = random.nextInt(25); size > 0; size--) {
				text.append(TOKENS.get(random.nextInt(TOKENS.size())));
			}
			read += readOrRefuse(text.toString());
		}
		assertThat(read).isPositive();
	}

	@Test
	void mutatedQueriesAreReadOrRefused() {
		Random random = new Random(3);
		int read = 0;
		for (int seed = 0; seed < 5_000; seed++) {
			StringBuilder text = new StringBuilder(this.writer.write(new RandomQueries(seed).query()));
			for (int changes = 1 + random.nextInt(3); changes > 0 && !text.isEmpty(); changes--) {
				int position = random.nextInt(text.length());
				text.replace(position, position + random.nextInt(2), TOKENS.get(random.nextInt(TOKENS.size())));
			}
			read += readOrRefuse(text.toString());
		}
		assertThat(read).isGreaterThan(200);
	}

	private int readOrRefuse(String text) {
		return QueryTarget.accepts(text) ? 1 : 0;
	}

	@ParameterizedTest
	@ValueSource(strings = { "(", "a(", "or(", "and(not.", "\"", "a=in.(\"", "\"\\", ",\"", "a->", "->>", "-", "a.",
			"not.", "%22", "%", "&", "=", "a=eq.1&", "a.limit=1&", ",", "{", "a.eq.{", "a.eq.\"", " ", "\t", "a:",
			"...", "!", "a,", "a()," })
	void longInputsTakeLinearTime(String part) {
		List<String> inputs = new ArrayList<>();
		for (String start : List.of("", "select=", "order=", "or=(", "a=in.(", "a=eq(any).{", "limit=", "a=is.", "q=",
				"q=\"", "or=(q.", "a=within.", "a=within(", "select=a(b(c()))&a.b.c.or=(")) {
			String text = start + part.repeat(65536 / part.length());
			inputs.add(text.substring(0, Math.min(text.length(), 65536)));
		}
		assertTimeoutPreemptively(Duration.ofSeconds(10), () -> inputs.forEach(this::readOrRefuse));
	}

}
