package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Tests that no file breaks a reader: those that are kept for fuzzers, and many that are
 * a little different.
 */
class FileTargetsTests {

	private static final byte[] SPECIAL = { 0, '"', '\n', '\r', ',', ';', '<', '>', '&', '=', (byte) 0xFF, (byte) 0xC3,
			'{', '[' };

	@Test
	void noFileBreaksAReader() throws Exception {
		for (Path file : files()) {
			byte[] whole = Files.readAllBytes(file);
			for (int seed = 0; seed < 1000; seed++) {
				byte[] input = (seed == 0) ? whole : changed(whole, new Random(seed));
				boolean sheet = file.toString().endsWith(".xml");
				assertThatCode(() -> read(input, sheet)).as("%s, seed %d", file.getFileName(), seed)
					.doesNotThrowAnyException();
			}
		}
	}

	private static void read(byte[] input, boolean sheet) throws IOException {
		if (sheet) {
			XlsxTarget.fuzzerTestOneInput(input);
		}
		else {
			CsvTarget.fuzzerTestOneInput(input);
		}
	}

	private static byte[] changed(byte[] whole, Random random) {
		byte[] input = Arrays.copyOf(whole, 1 + random.nextInt(whole.length + 3));
		for (int i = random.nextInt(4); i >= 0; i--) {
			input[random.nextInt(input.length)] = random.nextBoolean() ? SPECIAL[random.nextInt(SPECIAL.length)]
					: (byte) random.nextInt(256);
		}
		return input;
	}

	private static List<Path> files() throws IOException, URISyntaxException {
		Path folder = Path.of(FileTargetsTests.class.getResource("/dev/oriel/admin/fuzz/files").toURI());
		try (Stream<Path> files = Files.list(folder)) {
			return files.sorted().toList();
		}
	}

}
