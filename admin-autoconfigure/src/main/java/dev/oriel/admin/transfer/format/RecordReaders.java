package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens files of every format.
 *
 * @since 0.1.0
 */
public final class RecordReaders {

	private RecordReaders() {
	}

	/**
	 * Open a file that is there as a whole.
	 * @param format what it is said to be
	 * @param file the file
	 * @param options how to read it
	 * @param limits how much of it to take
	 * @throws FileFormatException when it is something else
	 */
	public static RecordReader open(FileFormat format, Path file, SourceOptions options, FormatLimits limits)
			throws IOException {
		if (format == FileFormat.XLSX) {
			return XlsxReader.open(file, options, limits);
		}
		InputStream in = Files.newInputStream(file);
		try {
			return open(format, in, options, limits);
		}
		catch (IOException | RuntimeException ex) {
			in.close();
			throw ex;
		}
	}

	/**
	 * Open a file that is still on its way. A workbook cannot be read like that, because
	 * what its parts are stands at its end.
	 * @param format what it is said to be; not {@code XLSX}
	 * @param in its bytes, closed with the reader
	 * @param options how to read it
	 * @param limits how much of it to take
	 * @throws FileFormatException when it is something else
	 */
	public static RecordReader open(FileFormat format, InputStream in, SourceOptions options, FormatLimits limits)
			throws IOException {
		return switch (format) {
			case CSV -> options.guarded() ? new UnguardedReader(new CsvReader(in, options, limits))
					: new CsvReader(in, options, limits);
			case NDJSON -> new NdjsonReader(in, options, limits);
			case JSON -> new JsonArrayReader(in, options, limits);
			case XLSX -> throw new IllegalArgumentException("A workbook is read from a file");
		};
	}

}
