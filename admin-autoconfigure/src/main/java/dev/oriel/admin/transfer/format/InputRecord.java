package dev.oriel.admin.transfer.format;

import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A row of a file.
 *
 * @since 0.1.0
 */
public sealed interface InputRecord {

	/**
	 * Return the line in which the row begins, counted from 1 as an editor does: the
	 * header is line 1, and a line feed inside of quotes counts. In a workbook it is the
	 * number of the row, in a JSON array that of the element.
	 */
	long line();

	/**
	 * A row whose values stand below the header.
	 *
	 * @param line the line in which it begins
	 * @param values the texts of the values, as many as the header has names;
	 * {@code null} where there is no value, as opposed to an empty text
	 */
	record Fields(long line, List<@Nullable String> values) implements InputRecord {

		public Fields {
			values = Collections.unmodifiableList(values);
		}

	}

	/**
	 * A row whose values have their names beside them.
	 *
	 * @param line the line in which it begins
	 * @param json a JSON object, in the very characters of the file, so that no digit of
	 * a number is lost
	 */
	record Document(long line, String json) implements InputRecord {
	}

	/**
	 * A row that cannot be used.
	 *
	 * @param line the line in which it begins
	 * @param values what could be made out of its values, for whoever corrects it; of a
	 * row of JSON its whole text. Parts may be left out where they are very long
	 * @param reason why, as a sentence without a full stop
	 */
	record Malformed(long line, List<@Nullable String> values, String reason) implements InputRecord {

		public Malformed {
			values = Collections.unmodifiableList(values);
		}

	}

}
