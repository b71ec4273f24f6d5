package dev.oriel.admin.transfer;

import java.util.Locale;

import dev.oriel.admin.sql.CopyFormat;

/**
 * How rows leave as a file.
 *
 * @since 0.1.0
 */
public enum ExportFormat {

	/** Comma-separated values, with the names of the fields in the first line. */
	CSV("text/csv;charset=UTF-8", CopyFormat.TEXT),
	/** A JSON object in each line. */
	NDJSON("application/x-ndjson", CopyFormat.JSON),
	/** A JSON array of objects. */
	JSON("application/json;charset=UTF-8", CopyFormat.JSON),
	/** A workbook. */
	XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", CopyFormat.TEXT),
	/** Statements that insert the rows. */
	SQL("application/sql;charset=UTF-8", CopyFormat.TEXT);

	private final String contentType;

	private final CopyFormat copied;

	ExportFormat(String contentType, CopyFormat copied) {
		this.contentType = contentType;
		this.copied = copied;
	}

	/**
	 * Return the value of the header {@code Content-Type}.
	 */
	public String contentType() {
		return this.contentType;
	}

	/**
	 * Return its name in requests, which is that of the files too: {@code csv}.
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	CopyFormat copied() {
		return this.copied;
	}

	/**
	 * Whether it holds what the database holds and nothing else, so that values cannot be
	 * formatted.
	 */
	public boolean isRaw() {
		return this == NDJSON || this == JSON || this == SQL;
	}

}
