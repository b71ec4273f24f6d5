package dev.oriel.admin.transfer.format;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * The text of a file of JSON objects, whatever stands between them.
 */
final class JsonText implements Closeable {

	private final TextSource source;

	private final TextBuffer buffer;

	private final JsonCheck check;

	private final boolean detects;

	/**
	 * @param in the bytes, closed with the text
	 * @throws FileFormatException when the bytes are no text
	 */
	JsonText(InputStream in, SourceOptions options, FormatLimits limits) throws IOException {
		this.source = TextSource.open(in, options.encoding());
		this.buffer = new TextBuffer(this.source, limits.recordCharacters());
		this.check = new JsonCheck(limits);
		this.detects = options.encoding() == null;
	}

	TextBuffer buffer() {
		return this.buffer;
	}

	/**
	 * Return what was found out about the file without being told.
	 */
	Map<String, String> detected() {
		return this.detects ? Map.of("encoding", this.source.charset().name()) : Map.of();
	}

	/**
	 * Return what sort of JSON the file looks like; {@link FileKind#TEXT} may be any.
	 * @throws FileFormatException when it does not look like JSON
	 */
	FileKind requireJson() throws IOException {
		FileKind kind = FileKind.of(this.source.head());
		return switch (kind) {
			case JSON_ARRAY, JSON_OBJECT, TEXT -> kind;
			default -> throw new FileFormatException(1, "The file is %s, not JSON".formatted(kind.description()),
					"Save the rows as CSV, NDJSON, JSON or XLSX.");
		};
	}

	/**
	 * Take what may stand between two values, and forget all before the next character.
	 * @return the next character, or -1 at the end
	 */
	int skipSpace() throws IOException {
		int next = this.buffer.peek();
		while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
			this.buffer.take();
			next = this.buffer.peek();
		}
		this.buffer.mark();
		return next;
	}

	/**
	 * Return what was taken since the mark as a row.
	 * @param number the number of the row
	 * @param line the line in which it begins
	 * @param column the character in that line at which it begins
	 */
	InputRecord row(long number, long line, long column) {
		JsonCheck.Fault fault = this.check.check(this.buffer.characters(), this.buffer.markOffset(),
				this.buffer.length());
		String json = this.buffer.text();
		return (fault == null) ? new InputRecord.Document(number, json)
				: new InputRecord.Malformed(number, List.of(json), fault.at(line, column));
	}

	@Override
	public void close() throws IOException {
		this.buffer.close();
	}

}
