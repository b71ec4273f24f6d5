package dev.oriel.admin.data;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The rows that a client sends to be written.
 *
 * @param json a JSON object, or an array of objects
 * @param columns the columns to write, whatever other members the objects have;
 * {@code null} for the members themselves, which all objects must have in common
 * @param defaults whether a column that an object does not have becomes its default
 * instead of NULL
 * @param replaceChildren whether a list of related rows is all that there shall be, so
 * that others are unlinked or deleted
 * @since 0.1.0
 */
public record Payload(String json, @Nullable List<String> columns, boolean defaults, boolean replaceChildren) {

	/**
	 * Create rows whose related rows are left alone where they are not listed.
	 * @param json a JSON object, or an array of objects
	 * @param columns the columns to write, or {@code null}
	 * @param defaults whether a column that an object does not have becomes its default
	 */
	public Payload(String json, @Nullable List<String> columns, boolean defaults) {
		this(json, columns, defaults, false);
	}

	/**
	 * Return rows that are written as they are.
	 * @param json a JSON object, or an array of objects with the same members
	 */
	public static Payload of(String json) {
		return new Payload(json, null, false);
	}

	/**
	 * Whether there is an array, which may have one object as well.
	 */
	boolean isArray() {
		return this.json.stripLeading().startsWith("[");
	}

}
