package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes comma-separated values by RFC 4180 in UTF-8, from rows in PostgreSQL's text
 * format. No value is nothing, an empty text {@code ""}. Every line ends with a line
 * feed.
 *
 * @since 0.1.0
 */
public final class CsvWriter implements RowWriter {

	private static final boolean[] QUOTED = new boolean[256];

	static {
		for (char character : new char[] { ',', '"', '\n', '\r' }) {
			QUOTED[character] = true;
		}
	}

	private final ByteOutput out;

	private final boolean guarded;

	private final CopyRow row = new CopyRow();

	private List<OutputColumn> columns = List.of();

	private boolean formatted;

	/** Which columns hold texts; numbers and points in time are no formulas. */
	private boolean[] texts = new boolean[0];

	/**
	 * Create a writer.
	 * @param out where to; not closed
	 * @param guarded whether texts that begin like a formula get an apostrophe before
	 * them, so that no spreadsheet program runs them
	 */
	public CsvWriter(OutputStream out, boolean guarded) {
		this.out = new ByteOutput(out);
		this.guarded = guarded;
	}

	@Override
	public void begin(List<OutputColumn> columns) throws IOException {
		this.columns = columns;
		this.texts = new boolean[columns.size()];
		for (int i = 0; i < columns.size(); i++) {
			CellType type = columns.get(i).type();
			this.texts[i] = type == CellType.TEXT || type == CellType.JSON;
		}
		this.formatted = columns.stream().anyMatch((column) -> column.text() != null);
		for (int i = 0; i < columns.size(); i++) {
			if (i > 0) {
				this.out.write(',');
			}
			byte[] name = columns.get(i).name().getBytes(StandardCharsets.UTF_8);
			write(name, 0, name.length, true);
		}
		this.out.write('\n');
	}

	@Override
	public void row(byte[] line) throws IOException {
		this.row.read(line);
		int count = this.columns.size();
		for (int i = 0; i < count; i++) {
			if (i > 0) {
				this.out.write(',');
			}
			if (this.row.isNull(i)) {
				continue;
			}
			OutputColumn.ValueText text = this.formatted ? this.columns.get(i).text() : null;
			if (text != null) {
				byte[] bytes = text.of(this.row.text(i)).getBytes(StandardCharsets.UTF_8);
				write(bytes, 0, bytes.length, this.texts[i]);
			}
			else {
				write(this.row.bytes(), this.row.from(i), this.row.to(i), this.texts[i]);
			}
		}
		this.out.write('\n');
	}

	private void write(byte[] bytes, int from, int to, boolean text) throws IOException {
		boolean quoted = from == to;
		for (int i = from; i < to && !quoted; i++) {
			quoted = QUOTED[bytes[i] & 0xFF];
		}
		boolean guard = text && this.guarded && FormulaGuard.isNeeded(bytes, from, to);
		if (!quoted) {
			if (guard) {
				this.out.write('\'');
			}
			this.out.write(bytes, from, to - from);
			return;
		}
		this.out.write('"');
		if (guard) {
			this.out.write('\'');
		}
		int start = from;
		for (int i = from; i < to; i++) {
			if (bytes[i] == '"') {
				this.out.write(bytes, start, i + 1 - start);
				this.out.write('"');
				start = i + 1;
			}
		}
		this.out.write(bytes, start, to - start);
		this.out.write('"');
	}

	@Override
	public void end() throws IOException {
		this.out.flush();
	}

}
