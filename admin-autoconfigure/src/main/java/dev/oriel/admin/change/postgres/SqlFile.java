package dev.oriel.admin.change.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.springframework.util.Assert;

/**
 * The statements of this package that live in files of their own.
 */
final class SqlFile {

	private SqlFile() {
	}

	static String read(String name) {
		try (InputStream stream = SqlFile.class.getResourceAsStream(name)) {
			Assert.state(stream != null, () -> "No resource '" + name + "'");
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
