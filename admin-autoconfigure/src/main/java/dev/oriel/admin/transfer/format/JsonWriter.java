package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes rows as JSON, as PostgreSQL's {@code row_to_json} does, from rows in its text
 * format: an object in each line, or all of them in an array. Numbers keep all of their
 * digits.
 *
 * @since 0.1.0
 */
public final class JsonWriter implements RowWriter {

	private static final byte[] BETWEEN = ascii(",\n ");

	private static final byte[] NULL = ascii("null");

	private static final byte[] TRUE = ascii("true");

	private static final byte[] FALSE = ascii("false");

	private static final byte[][] ESCAPES = new byte[256][];

	static {
		for (int i = 0; i < ' '; i++) {
			ESCAPES[i] = ascii("\\u%04x".formatted(i));
		}
		ESCAPES['"'] = ascii("\\\"");
		ESCAPES['\\'] = ascii("\\\\");
		ESCAPES['\b'] = ascii("\\b");
		ESCAPES['\f'] = ascii("\\f");
		ESCAPES['\n'] = ascii("\\n");
		ESCAPES['\r'] = ascii("\\r");
		ESCAPES['\t'] = ascii("\\t");
	}

	private final ByteOutput out;

	private final boolean array;

	private final CopyRow row = new CopyRow();

	private byte[][] names = new byte[0][];

	private CellType[] types = new CellType[0];

	private boolean any;

	/**
	 * Create a writer.
	 * @param out where to; not closed
	 * @param array whether to write an array instead of lines
	 */
	public JsonWriter(OutputStream out, boolean array) {
		this.out = new ByteOutput(out);
		this.array = array;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public void begin(List<OutputColumn> columns) throws IOException {
		this.names = columns.stream().map((column) -> name(column.name())).toArray(byte[][]::new);
		this.types = columns.stream().map(OutputColumn::type).toArray(CellType[]::new);
		if (this.array) {
			this.out.write('[');
		}
	}

	private static byte[] name(String name) {
		StringBuilder quoted = new StringBuilder("\"");
		for (int i = 0; i < name.length(); i++) {
			char character = name.charAt(i);
			byte[] escape = (character < 128) ? ESCAPES[character] : null;
			quoted.append((escape != null) ? new String(escape, StandardCharsets.US_ASCII) : character);
		}
		return quoted.append("\":").toString().getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public void row(byte[] line) throws IOException {
		if (this.array && this.any) {
			this.out.write(BETWEEN);
		}
		this.any = true;
		this.row.read(line);
		this.out.write('{');
		for (int i = 0; i < this.names.length; i++) {
			if (i > 0) {
				this.out.write(',');
			}
			this.out.write(this.names[i]);
			if (this.row.isNull(i)) {
				this.out.write(NULL);
			}
			else {
				writeValue(this.row.bytes(), this.row.from(i), this.row.to(i), this.types[i]);
			}
		}
		this.out.write('}');
		if (!this.array) {
			this.out.write('\n');
		}
	}

	private void writeValue(byte[] bytes, int from, int to, CellType type) throws IOException {
		switch (type) {
			case DECIMAL, BINARY -> {
				// All that is no number ends with a letter: NaN, Infinity.
				if (bytes[to - 1] >= '0' && bytes[to - 1] <= '9') {
					this.out.write(bytes, from, to - from);
				}
				else {
					writeText(bytes, from, to);
				}
			}
			case BOOLEAN -> this.out.write((bytes[from] == 't') ? TRUE : FALSE);
			case JSON -> {
				// Line feeds stand between texts only, where they mean nothing.
				for (int i = from; i < to; i++) {
					bytes[i] = (bytes[i] == '\n' || bytes[i] == '\r') ? (byte) ' ' : bytes[i];
				}
				this.out.write(bytes, from, to - from);
			}
			default -> writeText(bytes, from, to);
		}
	}

	private void writeText(byte[] bytes, int from, int to) throws IOException {
		this.out.write('"');
		int start = from;
		for (int i = from; i < to; i++) {
			byte[] escape = ESCAPES[bytes[i] & 0xFF];
			if (escape != null) {
				this.out.write(bytes, start, i - start);
				this.out.write(escape);
				start = i + 1;
			}
		}
		this.out.write(bytes, start, to - start);
		this.out.write('"');
	}

	@Override
	public void end() throws IOException {
		if (this.array) {
			this.out.write("]\n");
		}
		this.out.flush();
	}

}
