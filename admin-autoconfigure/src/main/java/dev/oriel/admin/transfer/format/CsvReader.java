package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Reads separated values by RFC 4180, with the habits of Excel and of Europe: any of the
 * usual separators, any line end, a line {@code sep=;} before the header. What is not
 * quoted and not there is no value, {@code ""} is an empty text, as PostgreSQL has it.
 * Empty lines are skipped where the file has more than one column.
 *
 * @since 0.1.0
 */
public final class CsvReader implements RecordReader {

	private static final int BUFFER = 64 * 1024;

	private final TextSource source;

	private final SourceOptions options;

	private final FormatLimits limits;

	private char[] buffer = new char[BUFFER];

	/** Where the current row begins in the buffer; all before it may be forgotten. */
	private int start;

	private int position;

	private int limit;

	private boolean ended;

	private long line = 1;

	/** The line in which the value began that is inside of quotes, or 0. */
	private long quoteLine;

	private @Nullable String problem;

	private char separator;

	private char quote;

	private boolean[] endsPlain = new boolean[0];

	private boolean[] endsQuoted = new boolean[0];

	private @Nullable List<String> header;

	private final Map<String, String> detected = new LinkedHashMap<>();

	/**
	 * Create a reader.
	 * @param in the bytes, closed with the reader
	 * @param options how to read them
	 * @param limits how much to take
	 * @throws FileFormatException when the bytes are no text
	 */
	public CsvReader(InputStream in, SourceOptions options, FormatLimits limits) throws IOException {
		this.source = TextSource.open(in, options.encoding());
		this.options = options;
		this.limits = limits;
	}

	@Override
	public List<String> header() throws IOException {
		List<String> names = this.header;
		if (names == null) {
			begin();
			names = readHeader();
			this.header = names;
		}
		return names;
	}

	@Override
	public Map<String, String> detected() {
		return Map.copyOf(this.detected);
	}

	private void begin() throws IOException {
		FileKind kind = FileKind.of(this.source.head());
		if (kind != FileKind.TEXT) {
			throw new FileFormatException(1, "The file is %s, not separated values".formatted(kind.description()),
					hint(kind));
		}
		if (this.options.encoding() == null) {
			this.detected.put("encoding", this.source.charset().name());
		}
		while (!this.ended && this.limit < this.buffer.length) {
			fill();
		}
		this.quote = this.options.quote();
		Character given = this.options.separator();
		Character named = Separators.named(new String(this.buffer, 0, Math.min(this.limit, 6)));
		if (named != null) {
			this.position = 5;
			this.start = 5;
			if (this.limit > 5) {
				endLine();
			}
		}
		String sample = new String(this.buffer, this.position, this.limit - this.position);
		this.separator = (given != null) ? given
				: (named != null) ? named : Separators.find(sample, this.quote, this.ended);
		requireSensible();
		if (given == null) {
			this.detected.put("separator", String.valueOf(this.separator));
		}
		this.endsPlain = marks(this.separator, this.quote, '\n', '\r', '\0');
		this.endsQuoted = marks(this.quote, '\n', '\r', '\0');
	}

	private static @Nullable String hint(FileKind kind) {
		return switch (kind) {
			case ZIP -> "Send it as XLSX if it is a workbook, or unpack it.";
			case JSON_ARRAY -> "Send it as JSON.";
			case JSON_OBJECT -> "Send it as NDJSON, or as a JSON array.";
			case GZIP, COMPRESSED -> "Unpack it.";
			default -> "Save the rows as CSV, NDJSON, JSON or XLSX.";
		};
	}

	private void requireSensible() throws FileFormatException {
		for (char character : new char[] { this.separator, this.quote }) {
			boolean unusable = character == '\n' || character == '\r' || character == '\0' || character > 126
					|| Character.isLetterOrDigit(character);
			if (unusable || this.separator == this.quote) {
				throw new FileFormatException(0,
						"'%s' and '%s' cannot be separator and quote".formatted(this.separator, this.quote),
						"Both are single characters of ASCII, no letters or digits, and not the same.");
			}
		}
	}

	private static boolean[] marks(char... characters) {
		boolean[] marks = new boolean[128];
		for (char character : characters) {
			marks[character] = true;
		}
		return marks;
	}

	private List<String> readHeader() throws IOException {
		// As if there were one column, so that an empty line is not skipped.
		InputRecord first = (this.position < this.limit) ? record(this.line, 16, -1) : null;
		if (first == null) {
			throw new FileFormatException(1, "The file is empty", "Its first line names the columns.");
		}
		if (first instanceof InputRecord.Malformed malformed) {
			throw new FileFormatException(malformed.line(), "The header cannot be read: " + malformed.reason(), null);
		}
		List<@Nullable String> names = ((InputRecord.Fields) first).values();
		if (names.stream().allMatch((name) -> name == null || name.isBlank())) {
			throw new FileFormatException(first.line(), "The first line names no column",
					"Put the names of the columns into it.");
		}
		return names.stream().map((name) -> Objects.requireNonNullElse(name, "")).toList();
	}

	@Override
	public @Nullable InputRecord next() throws IOException {
		int columns = header().size();
		while (true) {
			this.start = this.position;
			if (this.position == this.limit && !fill()) {
				return null;
			}
			char first = this.buffer[this.position];
			if (columns == 1 || (first != '\n' && first != '\r')) {
				return record(this.line, columns, columns);
			}
			endLine();
		}
	}

	/**
	 * Read a row and the line end behind it.
	 * @param expected how many values to make room for
	 * @param columns how many values there have to be, or -1 for any number
	 */
	private InputRecord record(long first, int expected, int columns) throws IOException {
		@Nullable String[] values = new @Nullable String[expected];
		int count = 0;
		this.problem = null;
		while (true) {
			boolean quoted = (this.position < this.limit || fill()) && this.buffer[this.position] == this.quote;
			String value = quoted ? quoted() : plain();
			if (count == values.length) {
				requireColumns(count, first);
				values = Arrays.copyOf(values, count * 2);
			}
			values[count++] = value;
			if (this.position == this.limit && !fill()) {
				break;
			}
			char character = this.buffer[this.position];
			if (character == this.separator) {
				this.position++;
			}
			else if (character == '\n' || character == '\r') {
				endLine();
				break;
			}
			else {
				skipLine(reason(quoted, character));
				break;
			}
		}
		return result(first, values, count, columns);
	}

	private InputRecord result(long first, @Nullable String[] values, int count, int columns) {
		List<@Nullable String> list = Arrays.asList((count == values.length) ? values : Arrays.copyOf(values, count));
		if (this.problem != null) {
			return new InputRecord.Malformed(first, list, this.problem);
		}
		if (columns >= 0 && count != columns) {
			return new InputRecord.Malformed(first, list, "There %s, but the header has %d"
				.formatted((count == 1) ? "is 1 value" : "are " + count + " values", columns));
		}
		return new InputRecord.Fields(first, list);
	}

	private void requireColumns(int count, long first) throws FileFormatException {
		if (count >= this.limits.columns()) {
			throw new FileFormatException(first, "The row has more than %d values".formatted(this.limits.columns()),
					"Look whether the separator and the line ends are what they should be.");
		}
	}

	private String reason(boolean quoted, char character) {
		if (character == '\0') {
			return "There is a NUL character, which PostgreSQL cannot store";
		}
		return quoted ? "There is text behind a closing quote; a quote inside of quotes has to be doubled"
				: "There is a quote inside of a value that does not begin with one; quote the whole value and double the quote";
	}

	/**
	 * Read on to the end of the line, whatever there is.
	 */
	private void skipLine(String reason) throws IOException {
		this.problem = reason;
		while (this.position < this.limit || fill()) {
			char character = this.buffer[this.position];
			if (character == '\n' || character == '\r') {
				endLine();
				return;
			}
			this.position++;
		}
	}

	private @Nullable String plain() throws IOException {
		int offset = this.position - this.start;
		boolean[] ends = this.endsPlain;
		while (true) {
			char[] characters = this.buffer;
			int i = this.position;
			int to = this.limit;
			while (i < to && (characters[i] >= 128 || !ends[characters[i]])) {
				i++;
			}
			this.position = i;
			if (i < to || !fill()) {
				break;
			}
		}
		int from = this.start + offset;
		int length = this.position - from;
		String none = this.options.nullText();
		if (length == 0) {
			return (none == null || none.isEmpty()) ? null : "";
		}
		String value = new String(this.buffer, from, length);
		return value.equals(none) ? null : value;
	}

	private String quoted() throws IOException {
		this.quoteLine = this.line;
		this.position++;
		int offset = this.position - this.start;
		boolean doubled = false;
		while (true) {
			char[] characters = this.buffer;
			int i = this.position;
			int to = this.limit;
			while (i < to && (characters[i] >= 128 || !this.endsQuoted[characters[i]])) {
				i++;
			}
			this.position = i;
			if (i == to && !fill()) {
				throw new FileFormatException(this.quoteLine,
						"The quote that begins in line %d is never closed".formatted(this.quoteLine),
						"Close it, or double a quote that is part of a value.");
			}
			char character = (i < to) ? characters[i] : 'x';
			if (i == to) {
				continue;
			}
			this.position++;
			if (character == this.quote) {
				if ((this.position == this.limit && !fill()) || this.buffer[this.position] != this.quote) {
					break;
				}
				doubled = true;
				this.position++;
			}
			else if (character == '\0') {
				this.problem = reason(true, character);
			}
			else {
				countLine(character);
			}
		}
		this.quoteLine = 0;
		int from = this.start + offset;
		String value = new String(this.buffer, from, this.position - 1 - from);
		return doubled ? value.replace(String.valueOf(this.quote).repeat(2), String.valueOf(this.quote)) : value;
	}

	/**
	 * Count a line end inside of quotes; of a carriage return and a line feed, only the
	 * line feed.
	 */
	private void countLine(char character) throws IOException {
		boolean pair = character == '\r' && (this.position < this.limit || fill())
				&& this.buffer[this.position] == '\n';
		this.line += pair ? 0 : 1;
	}

	private void endLine() throws IOException {
		char character = this.buffer[this.position++];
		if (character == '\r' && (this.position < this.limit || fill()) && this.buffer[this.position] == '\n') {
			this.position++;
		}
		this.line++;
	}

	/**
	 * Read more, keeping the current row, and return whether there is more.
	 */
	private boolean fill() throws IOException {
		if (this.ended) {
			return false;
		}
		if (this.start > 0) {
			System.arraycopy(this.buffer, this.start, this.buffer, 0, this.limit - this.start);
			this.position -= this.start;
			this.limit -= this.start;
			this.start = 0;
		}
		if (this.limit == this.buffer.length) {
			requireSpace();
			this.buffer = Arrays.copyOf(this.buffer,
					(int) Math.min(2L * this.buffer.length, Math.max(BUFFER, this.limits.recordCharacters())));
		}
		try {
			int read = this.source.read(this.buffer, this.limit, this.buffer.length - this.limit);
			this.ended = read < 0;
			this.limit += Math.max(0, read);
		}
		catch (TextSource.MalformedBytes ex) {
			throw ex.at(this.line + linesBetween(this.position, this.limit));
		}
		return !this.ended;
	}

	private void requireSpace() throws FileFormatException {
		if (this.limit >= this.limits.recordCharacters()) {
			String rule = "no row may have more than %d characters".formatted(this.limits.recordCharacters());
			throw (this.quoteLine > 0)
					? new FileFormatException(this.quoteLine,
							"The quote that begins in line %d is not closed for so long that %s"
								.formatted(this.quoteLine, rule),
							"Look whether it has to be closed, or doubled.")
					: new FileFormatException(this.line,
							"The row in line %d is too long: %s".formatted(this.line, rule),
							"Look whether the file has line ends.");
		}
	}

	private long linesBetween(int from, int to) {
		long lines = 0;
		for (int i = from; i < to; i++) {
			boolean pair = this.buffer[i] == '\r' && i + 1 < to && this.buffer[i + 1] == '\n';
			lines += (!pair && (this.buffer[i] == '\n' || this.buffer[i] == '\r')) ? 1 : 0;
		}
		return lines;
	}

	@Override
	public void close() throws IOException {
		this.source.close();
	}

}
