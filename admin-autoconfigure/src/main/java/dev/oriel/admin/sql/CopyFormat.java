package dev.oriel.admin.sql;

/**
 * How rows are copied out.
 *
 * @since 0.1.0
 */
public enum CopyFormat {

	/** Comma-separated values, the first line of which names the fields. */
	CSV("FORMAT csv, HEADER"),
	/** PostgreSQL's own format: tabs between texts, with backslashes as escapes. */
	TEXT("FORMAT text"),
	/**
	 * The text that {@link RowFormat#JSON} makes of each row. JSON escapes control
	 * characters, so two of them serve as delimiter and quote: with them, PostgreSQL has
	 * nothing to escape, except where a value of the type {@code json} has line feeds.
	 */
	JSON("FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01'");

	/** Stands around JSON that has line feeds in it. */
	public static final byte JSON_QUOTE = 1;

	private final String options;

	CopyFormat(String options) {
		this.options = options;
	}

	String options() {
		return this.options;
	}

}
