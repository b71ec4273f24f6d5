package dev.oriel.admin.sql;

import java.util.List;

import dev.oriel.admin.schema.Column;

/**
 * How the rows of a statement are returned.
 *
 * @param version what is done with their versions
 * @param format what is made of each row
 * @param keys whether each row comes with the texts of its key
 * @param image the columns of an image of each row that is written, whether they may be
 * read or not; none for no image
 * @since 0.1.0
 */
public record Returned(VersionMode version, RowFormat format, boolean keys, List<Column> image) {

	public Returned {
		image = List.copyOf(image);
	}

	/**
	 * Return rows without images.
	 * @param version what is done with their versions
	 * @param format what is made of each row
	 * @param keys whether each row comes with the texts of its key
	 */
	public Returned(VersionMode version, RowFormat format, boolean keys) {
		this(version, format, keys, List.of());
	}

	/**
	 * Return the same with an image of each row that is written.
	 * @param columns the columns of the image
	 */
	public Returned withImage(List<Column> columns) {
		return new Returned(this.version, this.format, this.keys, columns);
	}

	/**
	 * Return rows as JSON, with their keys.
	 * @param version what is done with their versions
	 */
	public static Returned json(VersionMode version) {
		return new Returned(version, RowFormat.JSON, true);
	}

}
