package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads the objects of one JSON array. Its brackets and quotes tell where an element
 * ends, so an element that is not what it should be does not keep the next from being
 * read. Rows are counted from 1; problems name the line and the character besides.
 *
 * @since 0.1.0
 */
public final class JsonArrayReader implements RecordReader {

	private final JsonText text;

	private final TextBuffer buffer;

	private long elements;

	private boolean begun;

	private boolean ended;

	/**
	 * Create a reader.
	 * @param in the bytes, closed with the reader
	 * @param options how to read them
	 * @param limits how much to take
	 * @throws FileFormatException when the bytes are no text
	 */
	public JsonArrayReader(InputStream in, SourceOptions options, FormatLimits limits) throws IOException {
		this.text = new JsonText(in, options, limits);
		this.buffer = this.text.buffer();
	}

	@Override
	public List<String> header() throws IOException {
		begin();
		return List.of();
	}

	@Override
	public Map<String, String> detected() {
		return this.text.detected();
	}

	private void begin() throws IOException {
		if (this.begun) {
			return;
		}
		this.text.requireJson();
		int first = this.text.skipSpace();
		if (first < 0) {
			throw new FileFormatException(1, "The file is empty", "Send an array of objects, which may be [].");
		}
		if (first != '[') {
			throw new FileFormatException(this.buffer.line(), "The file does not begin with an array", (first == '{')
					? "Send it as NDJSON if there is an object in each line, or put brackets around the objects."
					: "Send an array of objects.");
		}
		this.buffer.take();
		this.begun = true;
	}

	@Override
	public @Nullable InputRecord next() throws IOException {
		begin();
		if (this.ended) {
			return null;
		}
		int first = this.text.skipSpace();
		if (this.elements > 0 && first == ',') {
			this.buffer.take();
			first = this.text.skipSpace();
			requireNot(first == ']', "There is a comma behind the last element");
		}
		else if (first == ']') {
			return end();
		}
		else {
			requireNot(this.elements > 0 && first >= 0, "There is no comma between two elements");
		}
		requireNot(first < 0, "The array has no end; the file may have been cut off");
		return element();
	}

	private @Nullable InputRecord end() throws IOException {
		this.buffer.take();
		this.ended = true;
		requireNot(this.text.skipSpace() >= 0, "There is something behind the array");
		return null;
	}

	private InputRecord element() throws IOException {
		this.elements++;
		this.buffer.mark();
		long line = this.buffer.line();
		long column = this.buffer.column();
		takeElement();
		return this.text.row(this.elements, line, column);
	}

	/**
	 * Take an element up to the comma or the bracket behind it.
	 */
	private void takeElement() throws IOException {
		TextBuffer text = this.buffer;
		long line = text.line();
		int open = 0;
		boolean quoted = false;
		while (true) {
			int next = text.peek();
			if (next < 0 && open == 0 && !quoted) {
				return;
			}
			if (next < 0) {
				throw new FileFormatException(line,
						"The element that begins in line %d has no end; the file may have been cut off".formatted(line),
						"Send the whole file.");
			}
			if (quoted) {
				quoted = next != '"';
				if (next == '\\') {
					text.take();
					if (text.peek() < 0) {
						continue;
					}
				}
			}
			else if (open == 0 && (next == ',' || next == ']')) {
				return;
			}
			else {
				quoted = next == '"';
				open += (next == '{' || next == '[') ? 1 : ((next == '}' || next == ']') ? -1 : 0);
			}
			text.take();
			if (open < 0) {
				throw new FileFormatException(text.line(),
						"There is a brace too many in line %d".formatted(text.line()),
						"Look whether all braces and brackets have their counterpart.");
			}
		}
	}

	private void requireNot(boolean wrong, String message) throws FileFormatException {
		if (wrong) {
			throw new FileFormatException(this.buffer.line(),
					"%s, in line %d at character %d".formatted(message, this.buffer.line(), this.buffer.column()),
					null);
		}
	}

	@Override
	public void close() throws IOException {
		this.text.close();
	}

}
