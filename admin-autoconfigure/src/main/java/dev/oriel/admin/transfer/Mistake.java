package dev.oriel.admin.transfer;

import dev.oriel.admin.sql.Staging;

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

	/**
	 * Add what is wrong to what else is wrong with the row.
	 */
	void appendTo(StringBuilder mistakes) {
		if (!mistakes.isEmpty()) {
			mistakes.append(Staging.NEXT_MISTAKE);
		}
		mistakes.append(this.code);
		append(this.message, mistakes);
		append(this.hint, mistakes);
		append(this.column, mistakes);
	}

	private static void append(@Nullable String part, StringBuilder mistakes) {
		mistakes.append(Staging.NEXT_PART);
		if (part != null) {
			mistakes.append(part.replace(Staging.NEXT_MISTAKE, ' ').replace(Staging.NEXT_PART, ' '));
		}
	}

	static Mistake character(@Nullable String column) {
		return new Mistake(BAD_CHARACTER, "A text must hold neither the character U+0000 nor half of a surrogate pair",
				"Take the character out", column);
	}

}
