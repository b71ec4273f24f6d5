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
 * @since 0.1.0
 */
public record Payload(String json, @Nullable List<String> columns, boolean defaults) {

	/**
	 * Return rows that are written as they are.
	 * @param json a JSON object, or an array of objects with the same members
	 */
	public static Payload of(String json) {
		return new Payload(json, null, false);
	}

}
