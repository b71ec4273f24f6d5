package dev.oriel.admin.data;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * Says what is wrong with a text that should be JSON, in words that name nothing of the
 * program that reads it.
 *
 * @since 0.1.0
 */
public final class MalformedJson {

	private MalformedJson() {
	}

	/**
	 * Return what is wrong, and where.
	 * @param ex what reading the text ended with
	 */
	public static String describe(JacksonException ex) {
		TokenStreamLocation location = ex.getLocation();
		return (location != null)
				? "%s (line %d, column %d)".formatted(what(ex), location.getLineNr(), location.getColumnNr())
				: what(ex);
	}

	private static String what(JacksonException ex) {
		if (ex instanceof UnexpectedEndOfInputException) {
			return "It ends before it is complete";
		}
		if (ex instanceof StreamConstraintsException) {
			return "It has too many values inside each other";
		}
		return String.valueOf(ex.getOriginalMessage());
	}

}
