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

	private final TextSource source;

	private final TextBuffer buffer;

	private final JsonCheck check;

	private final boolean detects;

	private boolean begun;

	/**
	 * Create a reader.
	 * @param in the bytes, closed with the reader
	 * @param options how to read them
	 * @param limits how much to take
	 * @throws FileFormatException when the bytes are no text
	 */
	public NdjsonReader(InputStream in, SourceOptions options, FormatLimits limits) throws IOException {
		this.source = TextSource.open(in, options.encoding());
		this.buffer = new TextBuffer(this.source, limits.recordCharacters());
		this.check = new JsonCheck(limits);
		this.detects = options.encoding() == null;
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
		FileKind kind = FileKind.of(this.source.head());
		if (kind == FileKind.JSON_ARRAY) {
			throw new FileFormatException(1, "The file is a JSON array, not one object in each line",
					"Send it as JSON.");
		}
		if (kind != FileKind.JSON_OBJECT && kind != FileKind.TEXT) {
			throw new FileFormatException(1, "The file is %s, not JSON".formatted(kind.description()),
					"Save the rows as CSV, NDJSON, JSON or XLSX.");
		}
		this.begun = true;
	}

	@Override
	public Map<String, String> detected() {
		return this.detects ? Map.of("encoding", this.source.charset().name()) : Map.of();
	}

	@Override
	public @Nullable InputRecord next() throws IOException {
		begin();
		TextBuffer text = this.buffer;
		for (int next = text.peek(); next == '\n' || next == '\r' || next == ' ' || next == '\t'; next = text.peek()) {
			text.take();
		}
		if (text.peek() < 0) {
			return null;
		}
		text.mark();
		long line = text.line();
		long column = text.column();
		for (int next = text.peek(); next >= 0 && next != '\n' && next != '\r'; next = text.peek()) {
			text.take();
		}
		String json = text.text();
		JsonCheck.Fault fault = this.check.check(text.characters(), text.markOffset(), text.length());
		return (fault == null) ? new InputRecord.Document(line, json)
				: new InputRecord.Malformed(line, List.of(json), fault.at(line, column));
	}

	@Override
	public void close() throws IOException {
		this.buffer.close();
	}

}
