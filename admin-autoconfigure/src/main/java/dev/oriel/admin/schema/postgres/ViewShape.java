package dev.oriel.admin.schema.postgres;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of the rows of a query or a view.
 *
 * @param origins where columns come from unchanged, by their numbers
 * @param keys columns of which no two rows have the same values, unless one is NULL; an
 * empty set where there is only one row
 */
record ViewShape(Map<Integer, Origin> origins, List<Set<Integer>> keys) {

	/** Nothing is known. */
	static final ViewShape UNKNOWN = new ViewShape(Map.of(), List.of());

	/**
	 * Whether no two rows have the same values in some columns, unless one is NULL.
	 */
	boolean isUnique(Set<Integer> columns) {
		return this.keys.stream().anyMatch(columns::containsAll);
	}

	/**
	 * Where a column comes from.
	 *
	 * @param relation the relation
	 * @param column the column's number there
	 * @param occurrence tells the places apart at which a query names the relation
	 * @param optional whether it is NULL where an outer join found no row
	 */
	record Origin(long relation, int column, String occurrence, boolean optional) {

		Origin within(int place, boolean optional) {
			return new Origin(this.relation, this.column, place + "." + this.occurrence, this.optional || optional);
		}

	}

}
