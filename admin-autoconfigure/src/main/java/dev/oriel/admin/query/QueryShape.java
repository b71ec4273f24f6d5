package dev.oriel.admin.query;

import java.util.List;

import dev.oriel.admin.query.Filter.And;
import dev.oriel.admin.query.Filter.Comparison;
import dev.oriel.admin.query.Filter.Not;
import dev.oriel.admin.query.Filter.Or;
import dev.oriel.admin.query.Filter.Search;
import dev.oriel.admin.query.SelectItem.Embed;

/**
 * Describes a query to those who may know which columns it uses, but not what it looks
 * for.
 *
 * @since 0.1.0
 */
public final class QueryShape {

	private static final List<String> VALUES = List.of("?");

	private QueryShape() {
	}

	/**
	 * Return the query as a query string with a question mark for each value that rows
	 * are compared with, not encoded. Periods, names, the order and the page stay; a
	 * cursor becomes a question mark too.
	 * @param query the query
	 */
	public static String of(Query query) {
		Anchor anchor = query.anchor();
		String shape = write(mask(query).withAnchor(null));
		if (anchor == null) {
			return shape;
		}
		return shape + (shape.isEmpty() ? "" : "&") + anchor.side().parameter() + "=?";
	}

	private static String write(Query query) {
		try {
			String written = new QueryWriter().write(query);
			return PercentEncoding.decode(written, 0, written.length(), true).replace("\"?\"", "?");
		}
		catch (IllegalArgumentException ex) {
			// Made in code, with conditions that the language has no words for.
			return "?";
		}
	}

	private static Query mask(Query query) {
		return query.withFilter(mask(query.filter()))
			.withSelect(query.select()
				.stream()
				.map((item) -> (item instanceof Embed embed) ? embed.withQuery(mask(embed.query())) : item)
				.toList());
	}

	private static Filter mask(Filter filter) {
		if (filter instanceof Comparison comparison) {
			return new Comparison(comparison.column(), comparison.operator(), comparison.quantifier(), VALUES,
					comparison.language());
		}
		if (filter instanceof Search) {
			return new Search(VALUES);
		}
		if (filter instanceof And and) {
			return new And(and.filters().stream().map(QueryShape::mask).toList());
		}
		if (filter instanceof Or or) {
			return new Or(or.filters().stream().map(QueryShape::mask).toList());
		}
		return (filter instanceof Not not) ? new Not(mask(not.filter())) : filter;
	}

}
