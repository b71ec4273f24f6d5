package dev.oriel.admin.query;

import java.util.StringJoiner;

import dev.oriel.admin.query.SelectItem.Embed;

/**
 * Writes queries as query strings. Equal queries give equal strings, and what
 * {@link QueryParser} makes of such a string is the query again; a filter that was put
 * together in code comes back without conditions that always hold and without operators
 * over a single condition.
 *
 * @since 0.1.0
 */
public final class QueryWriter {

	/**
	 * Return a name as it can stand in any place of a query, in quotes if it must.
	 * @param name the name
	 */
	public static String name(String name) {
		return Name.write(name);
	}

	/**
	 * Return the query string, encoded, without a question mark.
	 * @param query the query
	 * @throws IllegalArgumentException if a filter is one that no row meets, or a cast or
	 * a language is not a plain name: the language has no words for these
	 */
	public String write(Query query) {
		StringJoiner parameters = new StringJoiner("&");
		if (!query.select().isEmpty()) {
			parameters.add("select=" + PercentEncoding.encode(SelectWriter.select(query.select())));
		}
		write(query, "", parameters);
		return parameters.toString();
	}

	private static void write(Query query, String prefix, StringJoiner parameters) {
		for (Parameter parameter : FilterWriter.parameters(query.filter())) {
			add(parameters, prefix + parameter.name(), parameter.value());
		}
		if (!query.order().isEmpty()) {
			add(parameters, prefix + "order", SelectWriter.order(query.order()));
		}
		if (query.limit() != null) {
			add(parameters, prefix + "limit", query.limit().toString());
		}
		if (query.offset() != null) {
			add(parameters, prefix + "offset", query.offset().toString());
		}
		if (query.anchor() != null) {
			add(parameters, query.anchor().side().parameter(), query.anchor().cursor());
		}
		for (SelectItem item : query.select()) {
			if (item instanceof Embed embed) {
				write(embed.query(), prefix + Name.write(embed.label()) + ".", parameters);
			}
		}
	}

	private static void add(StringJoiner parameters, String name, String value) {
		parameters.add(PercentEncoding.encode(name) + "=" + PercentEncoding.encode(value));
	}

}
