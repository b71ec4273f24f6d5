package dev.oriel.admin.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Column;

/**
 * The key of a row to replace, which is all that its filter may be about.
 */
final class ReplacedKey {

	private ReplacedKey() {
	}

	/**
	 * Return the values of the primary key that a query compares.
	 * @throws ProblemException when it is about more, or less, than that
	 */
	static Map<Column, String> of(Target target, Query query) {
		if (query.limit() != null || query.offset() != null || query.anchor() != null) {
			throw new ProblemException(new Problem(400, "PGRST114",
					"limit/offset querystring parameters are not allowed for PUT", null, null));
		}
		Map<String, String> values = new LinkedHashMap<>();
		boolean simple = collect(query.filter(), values);
		List<String> key = target.relation().primaryKey();
		boolean known = !key.isEmpty() && target.access().readable().containsAll(key);
		if (!simple || !known || !values.keySet().equals(Set.copyOf(key))) {
			throw new ProblemException(new Problem(405, "PGRST105",
					"Filters must include all and only primary key columns with 'eq' operators", null, null));
		}
		Map<Column, String> columns = new LinkedHashMap<>();
		for (Column column : target.relation().columns()) {
			if (values.containsKey(column.name())) {
				columns.put(column, values.get(column.name()));
			}
		}
		return columns;
	}

	private static boolean collect(Filter filter, Map<String, String> values) {
		if (filter instanceof Filter.And and) {
			return and.filters().stream().allMatch((each) -> collect(each, values));
		}
		return filter instanceof Filter.Comparison comparison && comparison.operator() == Operator.EQ
				&& comparison.quantifier() == null && comparison.column().path().isEmpty()
				&& values.put(comparison.column().column(), comparison.values().get(0)) == null;
	}

	/**
	 * Return the problem of a row that has another key than the one it is to replace.
	 */
	static Problem mismatch() {
		return new Problem(400, "PGRST115", "Payload values do not match URL in primary key column(s)", null, null);
	}

}
