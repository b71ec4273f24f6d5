package dev.oriel.admin.fuzz;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lets Jazzer look for query strings and files that break something, guided by the code
 * they reach. It starts from the kept inputs and from what it found before, runs in a
 * process of its own because it takes the whole of one, and is run by the profile
 * {@code fuzz} only.
 */
class QueryFuzzing {

	private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";

	@ParameterizedTest
	@CsvSource({ "dev.oriel.admin.query.QueryTarget,queries", "dev.oriel.admin.sql.StatementTarget,queries",
			"dev.oriel.admin.transfer.format.CsvTarget,files", "dev.oriel.admin.transfer.format.XlsxTarget,files" })
	void nothingBreaks(String target, String kept) throws IOException, InterruptedException, URISyntaxException {
		Path corpus = Path.of(QueryFuzzing.class.getResource(kept).toURI());
		Path found = Files.createDirectories(Path.of("target", "fuzz", target, "found"));
		Path log = found.resolveSibling("log.txt");
		Process fuzzer = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-cp", System.getProperty("java.class.path"), JAZZER, "--target_class=" + target,
				"--instrumentation_includes=dev.oriel.**", "--disabled_hooks=com.code_intelligence.**",
				"--reproducer_path=" + found.getParent(), "-artifact_prefix=" + found.getParent() + "/",
				"-max_total_time=" + Integer.getInteger("oriel.fuzz.seconds", 60), "-timeout=10", found.toString(),
				corpus.toString()))
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		assertThat(fuzzer.waitFor()).as("What was found stands in %s", log.toAbsolutePath()).isZero();
		assertThat(Files.readString(log)).containsPattern("Done [1-9][0-9]* runs");
	}

}
