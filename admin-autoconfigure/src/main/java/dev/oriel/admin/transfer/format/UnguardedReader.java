package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Takes away the apostrophes that {@link CsvWriter} puts before texts that begin like a
 * formula, so that a file that was made for a spreadsheet program comes back as it was.
 */
final class UnguardedReader implements RecordReader {

	private final RecordReader reader;

	/**
	 * Create a reader.
	 * @param reader reads the file as it is
	 */
	UnguardedReader(RecordReader reader) {
		this.reader = reader;
	}

	@Override
	public List<String> header() throws IOException {
		return this.reader.header().stream().map(FormulaGuard::removed).toList();
	}

	@Override
	public @Nullable InputRecord next() throws IOException {
		InputRecord row = this.reader.next();
		if (!(row instanceof InputRecord.Fields fields)) {
			return row;
		}
		List<@Nullable String> values = new ArrayList<>(fields.values().size());
		for (String value : fields.values()) {
			values.add((value != null) ? FormulaGuard.removed(value) : null);
		}
		return new InputRecord.Fields(fields.line(), values);
	}

	@Override
	public Map<String, String> detected() {
		return this.reader.detected();
	}

	@Override
	public void close() throws IOException {
		this.reader.close();
	}

}
