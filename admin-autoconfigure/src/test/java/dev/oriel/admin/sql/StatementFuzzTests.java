package dev.oriel.admin.sql;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import dev.oriel.admin.query.QueryTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the kept inputs, and what becomes of them when they are cut and joined, through
 * everything between a query string and a statement.
 */
class StatementFuzzTests {

	private static final List<String> TOKENS = List.of("\"", "'", ";", "--", "/*", "\\", "$$", "?", ",", ".", ":", "(",
			")", "{", "}", "!", "&", "=", "%25", "%00", "%22", "+", "->", "->>", "not.", "eq.", "in.(", "is.empty",
			"within.today", "q=", "or=(", "select=", "order=", "id", "t", "jb", "ta", "thing", "child", "é",
			"\uD83D\uDE00");

	@ParameterizedTest(name = "{0}")
	@MethodSource("corpus")
	void keptInputsMakeTheirStatementsOrAreRefused(Path input) throws IOException {
		String text = Files.readString(input);
		QueryTarget.fuzzerTestOneInput(Files.readAllBytes(input));
		StatementTarget.fuzzerTestOneInput(Files.readAllBytes(input));
		boolean accepted = StatementTarget.accepts(text);
		assertThat(accepted).as(text).isEqualTo(!input.getFileName().toString().startsWith("refused"));
	}

	@Test
	void mutatedInputsMakeTheirStatementsOrAreRefused() throws IOException, URISyntaxException {
		List<String> corpus;
		try (Stream<Path> inputs = corpus()) {
			corpus = inputs.map(StatementFuzzTests::read).toList();
		}
		Random random = new Random(7);
		int accepted = 0;
		for (int i = 0; i < 20_000; i++) {
			StringBuilder text = new StringBuilder(corpus.get(random.nextInt(corpus.size())));
			for (int changes = random.nextInt(4); changes > 0; changes--) {
				int position = random.nextInt(text.length() + 1);
				int end = Math.min(text.length(), position + random.nextInt(4));
				text.replace(position, end, TOKENS.get(random.nextInt(TOKENS.size())));
			}
			if (random.nextInt(3) == 0) {
				text.append('&').append(corpus.get(random.nextInt(corpus.size())));
			}
			QueryTarget.accepts(text.toString());
			accepted += StatementTarget.accepts(text.toString()) ? 1 : 0;
		}
		assertThat(accepted).isBetween(2_000, 18_000);
	}

	static Stream<Path> corpus() throws IOException, URISyntaxException {
		Path folder = Path.of(StatementFuzzTests.class.getResource("/dev/oriel/admin/fuzz/queries").toURI());
		return Files.list(folder).sorted();
	}

	private static String read(Path input) {
		try {
			return Files.readString(input);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
