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
	 * The same, with each value either the text of a type that is easily made into JSON,
	 * or JSON already. To let PostgreSQL make the rows whole takes four times as long.
	 */
	JSON("FORMAT text");

	private final String options;

	CopyFormat(String options) {
		this.options = options;
	}

	String options() {
		return this.options;
	}

}
