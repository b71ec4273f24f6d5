package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes JSON as PostgreSQL makes it: an object in each line, or all of them in an array.
 * The rows come as single values of CSV whose quote is the control character U+0001,
 * which JSON never holds.
 *
 * @since 0.1.0
 */
public final class JsonWriter implements RowWriter {

	private static final byte QUOTE = 1;

	private static final byte[] BETWEEN = ",\n ".getBytes(StandardCharsets.US_ASCII);

	private final ByteOutput out;

	private final boolean array;

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

	@Override
	public void begin(List<OutputColumn> columns) throws IOException {
		if (this.array) {
			this.out.write('[');
		}
	}

	@Override
	public void row(byte[] line) throws IOException {
		if (this.array && this.any) {
			this.out.write(BETWEEN);
		}
		this.any = true;
		int from = 0;
		int to = line.length - 1;
		if (line[0] == QUOTE) {
			from++;
			to--;
			// Outside of texts, as texts have no line feeds in JSON.
			for (int i = from; i < to; i++) {
				line[i] = (line[i] == '\n' || line[i] == '\r') ? (byte) ' ' : line[i];
			}
		}
		this.out.write(line, from, to - from);
		if (!this.array) {
			this.out.write('\n');
		}
	}

	@Override
	public void end() throws IOException {
		if (this.array) {
			this.out.write("]\n");
		}
		this.out.flush();
	}

}
