package dev.oriel.admin.transfer.format;

/**
 * How a file holds rows.
 *
 * @since 0.1.0
 */
public enum FileFormat {

	/** Separated values: a header, then a line for each row. */
	CSV,

	/** A JSON object in each line. */
	NDJSON,

	/** One JSON array of objects. */
	JSON,

	/** A workbook, of which one sheet is used. */
	XLSX

}
