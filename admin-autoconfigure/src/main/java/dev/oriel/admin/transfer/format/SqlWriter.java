package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes statements that insert rows, from rows in PostgreSQL's text format. Values are
 * quoted as PostgreSQL's {@code format('%L')} does it, so that the statements mean the
 * same whatever the settings of the session that runs them.
 *
 * @since 0.1.0
 */
public final class SqlWriter implements RowWriter {

	private static final int ROWS = 500;

	private static final byte[] NULL = "NULL".getBytes(StandardCharsets.US_ASCII);

	private final ByteOutput out;

	private final String insert;

	private final CopyRow row = new CopyRow();

	private final int[] columns;

	private int rows;

	/**
	 * Create a writer.
	 * @param out where to; not closed
	 * @param insert the statement up to {@code VALUES}
	 * @param columns which values of each row are inserted, from 0
	 */
	public SqlWriter(OutputStream out, String insert, int... columns) {
		this.out = new ByteOutput(out);
		this.insert = insert;
		this.columns = columns.clone();
	}

	@Override
	public void begin(List<OutputColumn> columns) throws IOException {
		this.out.write("SET client_encoding = 'UTF8';\n");
	}

	@Override
	public void row(byte[] line) throws IOException {
		if (this.rows == ROWS) {
			this.out.write(";\n");
			this.rows = 0;
		}
		this.out.write((this.rows++ == 0) ? this.insert + "\n\t(" : ",\n\t(");
		this.row.read(line);
		for (int i = 0; i < this.columns.length; i++) {
			int column = this.columns[i];
			if (i > 0) {
				this.out.write(", ");
			}
			if (this.row.isNull(column)) {
				this.out.write(NULL);
			}
			else {
				writeLiteral(this.row.bytes(), this.row.from(column), this.row.to(column));
			}
		}
		this.out.write(')');
	}

	private void writeLiteral(byte[] bytes, int from, int to) throws IOException {
		boolean escaped = false;
		for (int i = from; i < to && !escaped; i++) {
			escaped = bytes[i] == '\\';
		}
		this.out.write(escaped ? "E'" : "'");
		int start = from;
		for (int i = from; i < to; i++) {
			if (bytes[i] == '\'' || bytes[i] == '\\') {
				this.out.write(bytes, start, i + 1 - start);
				this.out.write(bytes[i]);
				start = i + 1;
			}
		}
		this.out.write(bytes, start, to - start);
		this.out.write('\'');
	}

	@Override
	public void end() throws IOException {
		if (this.rows > 0) {
			this.out.write(";\n");
		}
		this.out.flush();
	}

}
