package dev.oriel.admin.transfer.format;

import java.nio.charset.Charset;

import org.jspecify.annotations.Nullable;

/**
 * How a file is to be read. What is {@code null} is found out by looking at the file.
 *
 * @param encoding the encoding of CSV; a byte order mark at the beginning decides where
 * none is given
 * @param separator what stands between the values of a line of CSV
 * @param quote what stands around values of CSV in which a separator or a line feed is
 * allowed
 * @param nullText the text of CSV and workbooks that stands for no value, unless it is
 * quoted; {@code null} to take what is not there at all, and not quoted, for no value
 * @param sheet the name of the sheet of a workbook, or {@code null} for the first
 * @param guarded whether the apostrophes are taken away that {@link CsvWriter} puts
 * before texts of CSV that begin like a formula
 * @since 0.1.0
 */
public record SourceOptions(@Nullable Charset encoding, @Nullable Character separator, char quote,
		@Nullable String nullText, @Nullable String sheet, boolean guarded) {

	/** All found out by looking. */
	public static final SourceOptions DETECTED = new SourceOptions(null, null, '"', null, null);

	/**
	 * Create options for a file whose texts are what they are.
	 * @param encoding the encoding of CSV
	 * @param separator what stands between the values of a line of CSV
	 * @param quote what stands around values of CSV
	 * @param nullText the text that stands for no value
	 * @param sheet the name of the sheet of a workbook
	 */
	public SourceOptions(@Nullable Charset encoding, @Nullable Character separator, char quote,
			@Nullable String nullText, @Nullable String sheet) {
		this(encoding, separator, quote, nullText, sheet, false);
	}

}
