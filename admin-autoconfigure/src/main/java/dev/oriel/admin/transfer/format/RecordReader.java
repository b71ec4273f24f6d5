package dev.oriel.admin.transfer.format;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a file one after the other. However large the file is, no more than a
 * part of it is held, so that a reader may be used while its file is still on its way.
 * <p>
 * A reader is used by one thread.
 *
 * @since 0.1.0
 */
public interface RecordReader extends Closeable {

	/**
	 * Return the names above the columns, exactly as the file has them: one that is there
	 * twice is there twice here. Where rows name their values themselves
	 * ({@link InputRecord.Document}) there are none.
	 * @throws FileFormatException when the file does not begin as its format wants it
	 */
	List<String> header() throws IOException;

	/**
	 * Return the next row, or {@code null} after the last. A row that cannot be used is
	 * {@link InputRecord.Malformed} as long as it is certain where the next one begins.
	 * @throws FileFormatException when no more rows can be made out
	 */
	@Nullable InputRecord next() throws IOException;

	/**
	 * Return what was found out about the file because nobody said it, by the names that
	 * the options have, for example {@code separator} and {@code encoding}. Complete
	 * after the first call of {@link #header()}.
	 */
	default Map<String, String> detected() {
		return Map.of();
	}

}
