package dev.oriel.admin.transfer;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a row, as far as it is seen without PostgreSQL.
 *
 * @param code the SQLSTATE
 * @param message what is wrong
 * @param hint what to do, or {@code null}
 * @param column the column of the relation that it is about, or {@code null}
 */
record Mistake(String code, String message, @Nullable String hint, @Nullable String column) {

	/** A file that is not written as its format wants it. */
	static final String BAD_FILE = "22P04";

	/** A character that no text of PostgreSQL can hold. */
	static final String BAD_CHARACTER = "22021";

	static Mistake character(@Nullable String column) {
		return new Mistake(BAD_CHARACTER, "A text must hold neither the character U+0000 nor half of a surrogate pair",
				"Take the character out", column);
	}

}
