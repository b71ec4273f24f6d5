package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.util.List;

/**
 * Writes rows as a file while they come, and keeps none of them.
 *
 * @since 0.1.0
 */
public interface RowWriter {

	/**
	 * Begin the file.
	 * @param columns what the rows consist of
	 */
	void begin(List<OutputColumn> columns) throws IOException;

	/**
	 * Write a row.
	 * @param line the row as PostgreSQL's {@code COPY} sends it, in the format that the
	 * writer takes, with the line feed behind it. Its bytes may be changed and kept
	 */
	void row(byte[] line) throws IOException;

	/**
	 * End the file. What it is written to is not closed.
	 */
	void end() throws IOException;

}
