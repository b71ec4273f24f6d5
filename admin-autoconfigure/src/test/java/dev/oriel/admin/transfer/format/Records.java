package dev.oriel.admin.transfer.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Rows of files, for tests.
 */
final class Records {

	private Records() {
	}

	static InputStream bytes(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Return all rows, and close the reader.
	 */
	static List<InputRecord> read(RecordReader reader) throws IOException {
		List<InputRecord> rows = new ArrayList<>();
		try (reader) {
			for (InputRecord row = reader.next(); row != null; row = reader.next()) {
				rows.add(row);
			}
			if (reader.next() != null) {
				throw new IllegalStateException("There is a row after the last");
			}
		}
		return rows;
	}

	static InputRecord.Fields fields(long line, @Nullable String... values) {
		return new InputRecord.Fields(line, Arrays.asList(values));
	}

	static InputRecord.Malformed malformed(long line, String reason, @Nullable String... values) {
		return new InputRecord.Malformed(line, Arrays.asList(values), reason);
	}

}
