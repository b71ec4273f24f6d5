package dev.oriel.admin.data;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of rows to insert that are there already.
 *
 * @param resolution what is done with them
 * @param key the columns by which they are the same, or {@code null} for the primary key;
 * a relation without one has no duplicates then
 * @since 0.1.0
 */
public record Duplicates(Resolution resolution, @Nullable List<String> key) {

	/**
	 * What is done with a duplicate.
	 */
	public enum Resolution {

		/** The row that is there gets the values of the new one. */
		MERGE,
		/** The row that is there stays, and the new one is left out. */
		IGNORE

	}

}
