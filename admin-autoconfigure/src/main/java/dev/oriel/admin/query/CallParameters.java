package dev.oriel.admin.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of a function that is called by a query string: those that say what is
 * done with its result, and its arguments, which are all others. A parameter with the
 * form of a filter is one, even if the function has an argument of that name. Words to
 * search for are an argument called {@code q}, as functions often have one.
 *
 * @param arguments the arguments' texts by their names, in the order they were written
 * @param query what is done with the result
 * @since 0.1.0
 */
public record CallParameters(Map<String, List<String>> arguments, Query query) {

	private static final Set<String> RESERVED = Set.of("select", "columns", "on_conflict");

	private static final QueryParser PARSER = new QueryParser();

	/**
	 * Read a query string.
	 * @param rawQueryString the query string, still encoded, without the question mark
	 * @throws QueryException if it is not written as the language wants it
	 */
	public static CallParameters parse(String rawQueryString) {
		Limits.characters(rawQueryString.length());
		Map<String, List<String>> arguments = new LinkedHashMap<>();
		List<Parameter> others = new ArrayList<>();
		for (Parameter parameter : PercentEncoding.parameters(rawQueryString)) {
			if (RESERVED.contains(parameter.name()) || isOfQuery(parameter)) {
				others.add(parameter);
			}
			else {
				arguments.computeIfAbsent(parameter.name(), (name) -> new ArrayList<>()).add(parameter.value());
			}
		}
		return new CallParameters(arguments, PARSER.parse(others));
	}

	private static boolean isOfQuery(Parameter parameter) {
		try {
			ParameterName name = ParameterName.parse(parameter.name());
			boolean argument = name.isSearch() && name.embeds().isEmpty();
			if (name.keyword() == null || argument) {
				Scanner scanner = new Scanner(parameter.name(), "filter", parameter.value());
				new FilterParser(scanner, Set.of(), new Limits()).parseOperation(name.column());
			}
			return true;
		}
		catch (QueryException ex) {
			// Whatever is no part of the language is an argument.
			return false;
		}
	}

}
