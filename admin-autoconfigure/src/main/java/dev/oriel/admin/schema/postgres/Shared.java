package dev.oriel.admin.schema.postgres;

import java.util.HashMap;
import java.util.Map;

/**
 * Keeps equal values from being there many times: a schema has few names of columns,
 * types and defaults that occur only once.
 */
final class Shared {

	private final Map<Object, Object> values = new HashMap<>();

	/**
	 * Return the value that was given first of all that equal this one.
	 */
	// What equals a record or a string of one class is of the same class.
	@SuppressWarnings("unchecked")
	<T> T one(T value) {
		Object first = this.values.putIfAbsent(value, value);
		return (first != null) ? (T) first : value;
	}

}
