package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object from each line. A line that holds none is bad by itself; the next
 * one is read all the same. Empty lines are skipped.
 *
 * @since 0.1.0
 */
public final class NdjsonReader implements RecordReader {

	private final JsonText text;

	private boolean begun;

	/**
	 * Create a reader.
	 * @param in the bytes, closed with the reader
	 * @param options how to read them
	 * @param limits how much to take
	 * @throws FileFormatException when the bytes are no text
	 */
	public NdjsonReader(InputStream in, SourceOptions options, FormatLimits limits) throws IOException {
		this.text = new JsonText(in, options, limits);
	}

	@Override
	public List<String> header() throws IOException {
		begin();
		return List.of();
	}

	private void begin() throws IOException {
		if (this.begun) {
			return;
		}
		if (this.text.requireJson() == FileKind.JSON_ARRAY) {
			throw new FileFormatException(1, "The file is a JSON array, not one object in each line",
					"Send it as JSON.");
		}
		this.begun = true;
	}

	@Override
	public Map<String, String> detected() {
		return this.text.detected();
	}

	@Override
	public @Nullable InputRecord next() throws IOException {
		begin();
		int next = this.text.skipSpace();
		if (next < 0) {
			return null;
		}
		TextBuffer buffer = this.text.buffer();
		long line = buffer.line();
		long column = buffer.column();
		for (; next >= 0 && next != '\n' && next != '\r'; next = buffer.peek()) {
			buffer.take();
		}
		return this.text.row(line, line, column);
	}

	@Override
	public void close() throws IOException {
		this.text.close();
	}

}
