package dev.oriel.admin.query;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Reads queries in PostgREST's language. It is stricter than PostgREST where that ignores
 * what it does not understand: text after a complete value and limits that are no numbers
 * are errors, so a misspelt filter cannot match more rows than were meant.
 *
 * @see <a href="https://docs.postgrest.org/en/stable/references/api/tables_views.html">
 * PostgREST: tables and views</a>
 * @since 0.1.0
 */
public final class QueryParser {

	/** Parameters of writes, which are no part of a query. */
	private static final Set<String> OF_WRITES = Set.of("columns", "on_conflict");

	/** The words that filters can begin with instead of a column. */
	private static final Set<String> FILTERS = Set.of("and", "or", SearchParser.NAME);

	private static final String SELECT = "select";

	/**
	 * Read a query string.
	 * @param rawQueryString the query string, still encoded, without the question mark
	 * @throws QueryException if it is not written as the language wants it
	 */
	public Query parse(String rawQueryString) {
		Limits.characters(rawQueryString.length());
		return parse(PercentEncoding.parameters(rawQueryString));
	}

	/**
	 * Read the parameters of a query string.
	 * @param parameters the parameters, decoded, in the order they were written
	 * @throws QueryException if they are not written as the language wants it
	 */
	public Query parse(List<Parameter> parameters) {
		Limits.characters(parameters.stream().mapToLong(QueryParser::length).sum());
		Limits limits = new Limits();
		QueryLevel root = new QueryLevel(select(parameters, limits));
		for (Parameter parameter : parameters) {
			Anchor anchor = anchor(parameter);
			if (anchor != null) {
				root.anchor(anchor);
			}
			else if (!parameter.name().equals(SELECT) && !OF_WRITES.contains(parameter.name())) {
				accept(root, parameter, limits);
			}
		}
		return root.toQuery();
	}

	/**
	 * Read one filter on its own, such as a rule for rows: {@code owner=eq.mary} or
	 * {@code or=(a.eq.1,b.is.null)}.
	 * @param parameter the filter
	 * @throws QueryException if it is no filter, or a filter of an embedded relation
	 */
	public Filter parseFilter(Parameter parameter) {
		Limits.characters(length(parameter));
		ParameterName name = ParameterName.parse(parameter.name());
		String keyword = (name.keyword() != null) ? name.keyword() : "and";
		if (!name.embeds().isEmpty() || !FILTERS.contains(keyword)) {
			throw new QueryException("PGRST100", "'" + parameter.name() + "' is not a filter of the relation itself",
					null, "Name a column, 'and' or 'or'");
		}
		return filter(name, parameter, Set.of(), new Limits());
	}

	private static List<SelectItem> select(List<Parameter> parameters, Limits limits) {
		for (Parameter parameter : parameters) {
			if (parameter.name().equals(SELECT)) {
				return new SelectParser(new Scanner(SELECT, "select parameter", parameter.value()), limits).parse();
			}
		}
		return List.of();
	}

	/**
	 * Return what a cursor says, or {@code null} if the parameter holds none. Without a
	 * cursor's mark, {@code after} and {@code before} are columns like any other.
	 */
	private static @Nullable Anchor anchor(Parameter parameter) {
		for (Anchor.Side side : Anchor.Side.values()) {
			if (side.parameter().equals(parameter.name()) && parameter.value().startsWith(Anchor.MARK)) {
				if (!Anchor.isCursor(parameter.value())) {
					throw new QueryException("PGRST100", "The value of '" + parameter.name() + "' is not a cursor",
							"A cursor holds only letters, digits, '-' and '_' after '" + Anchor.MARK + "'",
							"Take cursors as they stand in the header 'Link' of another page.");
				}
				return new Anchor(side, parameter.value());
			}
		}
		return null;
	}

	private static void accept(QueryLevel root, Parameter parameter, Limits limits) {
		ParameterName name = ParameterName.parse(parameter.name());
		QueryLevel level = root.level(name.embeds());
		String keyword = (name.keyword() != null) ? name.keyword() : "";
		switch (keyword) {
			case "order" ->
				level.order(new OrderParser(new Scanner(parameter.name(), "order", parameter.value())).parse());
			case "limit" -> level.limit(number(parameter, "limit"));
			case "offset" -> level.offset(number(parameter, "offset"));
			default -> level.filter(filter(name, parameter, level.labels(), limits));
		}
	}

	private static Filter filter(ParameterName name, Parameter parameter, Set<String> embeds, Limits limits) {
		String value = parameter.value();
		if (name.keyword() == null || (name.isSearch() && SearchParser.isOperation(value))) {
			Scanner scanner = new Scanner(parameter.name(), "filter", value);
			return new FilterParser(scanner, embeds, limits).parseOperation(name.column());
		}
		if (name.isSearch()) {
			Scanner scanner = new Scanner(parameter.name(), "search", value);
			limits.condition(scanner);
			List<String> words = SearchParser.words(value, scanner, limits);
			return words.isEmpty() ? Filter.NONE : new Filter.Search(words);
		}
		Scanner scanner = new Scanner(parameter.name(), "logic tree", value, name.keyword() + value);
		Filter filter = new FilterParser(scanner, embeds, limits).parseLogic(name.keyword());
		return name.negated() ? new Filter.Not(filter) : filter;
	}

	private static long number(Parameter parameter, String keyword) {
		Scanner scanner = new Scanner(parameter.name(), keyword, parameter.value());
		boolean negative = scanner.skip("-");
		String digits = scanner.digits();
		if (digits.isEmpty()) {
			throw scanner.unexpected("digit");
		}
		scanner.expectEnd("digit");
		if (negative) {
			throw new QueryException("PGRST103", "Requested range not satisfiable",
					(keyword.equals("limit") ? "Limit" : "Offset") + " should be greater than or equal to zero.", null);
		}
		try {
			return Long.parseLong(digits);
		}
		catch (NumberFormatException ex) {
			throw scanner.refused("a number of rows is at most " + Long.MAX_VALUE);
		}
	}

	private static long length(Parameter parameter) {
		return (long) parameter.name().length() + parameter.value().length();
	}

}
