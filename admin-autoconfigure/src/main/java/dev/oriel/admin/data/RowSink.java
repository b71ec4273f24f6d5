package dev.oriel.admin.data;

import java.io.IOException;
import java.util.List;

/**
 * Takes rows as they are copied out of the database.
 *
 * @since 0.1.0
 */
public interface RowSink {

	/**
	 * Called once, when PostgreSQL has sent the first row or said that there is none.
	 * What goes wrong before can still be answered as a problem.
	 * @param fields the fields of the rows; none for
	 * {@link dev.oriel.admin.sql.CopyFormat#CSV}, where the first line names them
	 * @throws IOException when nobody takes the rows any more
	 */
	void begin(List<RowField> fields) throws IOException;

	/**
	 * Take a row.
	 * @param line the bytes that PostgreSQL sent, with the line feed that ends them. They
	 * may be changed and kept
	 * @throws IOException when nobody takes the rows any more
	 */
	void row(byte[] line) throws IOException;

	/**
	 * Called after the last row, when all went well.
	 * @throws IOException when nobody takes the rows any more
	 */
	void end() throws IOException;

}
