package dev.oriel.admin.transfer.format;

import org.jspecify.annotations.Nullable;

/**
 * A column of a file that is written.
 *
 * @param name what stands above it
 * @param type what its values are
 * @param text what texts are made of the values, or {@code null} to leave them as
 * PostgreSQL writes them
 * @param number the number format of a workbook's cells, for example {@code 0.00%}, or
 * {@code null} for the usual one
 * @since 0.1.0
 */
public record OutputColumn(String name, CellType type, @Nullable ValueText text, @Nullable String number) {

	/**
	 * Create a column whose values are left as they are.
	 * @param name what stands above it
	 * @param type what its values are
	 */
	public OutputColumn(String name, CellType type) {
		this(name, type, null, null);
	}

	/**
	 * Makes the text of a value.
	 */
	@FunctionalInterface
	public interface ValueText {

		/**
		 * Return the text of a value.
		 * @param value the value as PostgreSQL writes it
		 */
		String of(String value);

	}

}
