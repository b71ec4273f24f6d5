package dev.oriel.admin.transfer.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A row as {@code COPY} sends it in PostgreSQL's text format: texts with tabs between, in
 * which backslashes announce what could be mistaken. The texts are made in the place of
 * the row's own bytes.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-FILE-FORMATS">
 * PostgreSQL: COPY</a>
 */
final class CopyRow {

	private byte[] bytes = new byte[0];

	private int[] from = new int[16];

	/** Where a text ends, or -1 where there is no value. */
	private int[] to = new int[16];

	private int count;

	/**
	 * Take a row.
	 * @param line its bytes with the line feed, which are changed
	 */
	void read(byte[] line) {
		this.bytes = line;
		this.count = 0;
		int end = line.length - 1;
		int start = 0;
		int target = 0;
		boolean missing = false;
		for (int i = 0; i < end; i++) {
			byte value = line[i];
			if (value == '\t') {
				add(start, missing ? -1 : target);
				missing = false;
				start = i + 1;
				target = start;
			}
			else if (value == '\\') {
				byte escaped = line[++i];
				missing = escaped == 'N' && target == start;
				line[target++] = plain(escaped);
			}
			else {
				if (target != i) {
					line[target] = value;
				}
				target++;
			}
		}
		add(start, missing ? -1 : target);
	}

	private static byte plain(byte escaped) {
		return switch (escaped) {
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case 'v' -> 0x0B;
			default -> escaped;
		};
	}

	private void add(int start, int end) {
		if (this.count == this.from.length) {
			this.from = Arrays.copyOf(this.from, 2 * this.count);
			this.to = Arrays.copyOf(this.to, 2 * this.count);
		}
		this.from[this.count] = start;
		this.to[this.count++] = end;
	}

	byte[] bytes() {
		return this.bytes;
	}

	boolean isNull(int column) {
		return this.to[column] < 0;
	}

	int from(int column) {
		return this.from[column];
	}

	int to(int column) {
		return this.to[column];
	}

	String text(int column) {
		return new String(this.bytes, this.from[column], this.to[column] - this.from[column], StandardCharsets.UTF_8);
	}

}
