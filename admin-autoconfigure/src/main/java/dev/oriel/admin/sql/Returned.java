package dev.oriel.admin.sql;

/**
 * How the rows that a statement writes are returned.
 *
 * @param version what is done with their versions
 * @param format what is made of each row
 * @since 0.1.0
 */
public record Returned(VersionMode version, RowFormat format) {

	/**
	 * Return rows as JSON.
	 * @param version what is done with their versions
	 */
	public static Returned json(VersionMode version) {
		return new Returned(version, RowFormat.JSON);
	}

}
