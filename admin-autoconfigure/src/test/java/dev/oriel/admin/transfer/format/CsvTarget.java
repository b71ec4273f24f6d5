package dev.oriel.admin.transfer.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Reads any bytes as CSV. Either the error says what is wrong, or every row has as many
 * values as the header has names.
 */
public final class CsvTarget {

	private static final FormatLimits LIMITS = new FormatLimits(100_000, 100, 1_000_000, 100, 100_000, 50);

	private CsvTarget() {
	}

	/**
	 * Try one input; the name is what fuzzers look for.
	 * @param input a file
	 */
	public static void fuzzerTestOneInput(byte[] input) throws IOException {
		try (RecordReader reader = new CsvReader(new ByteArrayInputStream(input), SourceOptions.DETECTED, LIMITS)) {
			int columns = reader.header().size();
			long line = 0;
			for (InputRecord row = reader.next(); row != null; row = reader.next()) {
				require(row.line() > line);
				line = row.line();
				if (row instanceof InputRecord.Fields fields) {
					require(fields.values().size() == columns);
				}
			}
		}
		catch (FileFormatException ex) {
			require(!String.valueOf(ex.getMessage()).isBlank());
		}
	}

	private static void require(boolean condition) {
		if (!condition) {
			throw new AssertionError("Not read as it should be");
		}
	}

}
