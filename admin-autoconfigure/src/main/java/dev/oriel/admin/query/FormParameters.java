package dev.oriel.admin.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a form, encoded as a query string is.
 *
 * @since 0.1.0
 */
public final class FormParameters {

	private FormParameters() {
	}

	/**
	 * Return the values of the fields by their names, in the order they were written.
	 * @param text the body of the form
	 * @throws QueryException if it is not encoded as it should be
	 */
	public static Map<String, List<String>> parse(String text) {
		Map<String, List<String>> fields = new LinkedHashMap<>();
		for (Parameter parameter : PercentEncoding.parameters(text)) {
			fields.computeIfAbsent(parameter.name(), (name) -> new ArrayList<>()).add(parameter.value());
		}
		return fields;
	}

}
