package dev.oriel.admin.sql;

/**
 * How the rows of a statement are returned.
 *
 * @param version what is done with their versions
 * @param format what is made of each row
 * @param keys whether each row comes with the texts of its key
 * @since 0.1.0
 */
public record Returned(VersionMode version, RowFormat format, boolean keys) {

	/**
	 * Return rows as JSON, with their keys.
	 * @param version what is done with their versions
	 */
	public static Returned json(VersionMode version) {
		return new Returned(version, RowFormat.JSON, true);
	}

}
