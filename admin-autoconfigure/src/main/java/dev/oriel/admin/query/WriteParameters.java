package dev.oriel.admin.query;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query string that are about the rows to write.
 *
 * @param columns the columns to write, or {@code null} for the members of the body
 * @param onConflict the columns by which a row is the same as one that is there already,
 * or {@code null} for the primary key
 * @since 0.1.0
 */
public record WriteParameters(@Nullable List<String> columns, @Nullable List<String> onConflict) {

	/** The members of the body, and the primary key. */
	public static final WriteParameters NONE = new WriteParameters(null, null);

	/**
	 * Read a query string.
	 * @param rawQueryString the query string, still encoded, without the question mark
	 * @throws QueryException if they are not written as the language wants it
	 */
	public static WriteParameters parse(String rawQueryString) {
		Limits.characters(rawQueryString.length());
		List<Parameter> parameters = PercentEncoding.parameters(rawQueryString);
		return new WriteParameters(names(parameters, "columns"), names(parameters, "on_conflict"));
	}

	private static @Nullable List<String> names(List<Parameter> parameters, String name) {
		for (Parameter parameter : parameters) {
			if (parameter.name().equals(name)) {
				return names(new Scanner(name, name + " parameter", parameter.value()));
			}
		}
		return null;
	}

	private static List<String> names(Scanner scanner) {
		List<String> names = new ArrayList<>();
		do {
			String name = PathParser.name(scanner).text();
			if (!names.contains(name)) {
				names.add(name);
			}
		}
		while (scanner.skip(","));
		scanner.expectEnd("\",\"");
		return List.copyOf(names);
	}

}
