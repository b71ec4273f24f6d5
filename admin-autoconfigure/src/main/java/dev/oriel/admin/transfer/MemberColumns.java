package dev.oriel.admin.transfer;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.data.BulkTarget;
import dev.oriel.admin.schema.Column;

/**
 * Where the members of documents go, which is found out once for each name.
 */
final class MemberColumns {

	/**
	 * How many names are kept in mind, so that documents of ever new ones are no leak.
	 */
	private static final int MAX_NAMES = 10_000;

	private static final int NOWHERE = -1;

	private final ImportRequest request;

	private final BulkTarget target;

	private final List<Column> columns;

	private final Map<String, Integer> places = new HashMap<>();

	/**
	 * @param request how members are mapped
	 * @param target the relation
	 * @param columns the columns that a member may go to
	 */
	MemberColumns(ImportRequest request, BulkTarget target, List<Column> columns) {
		this.request = request;
		this.target = target;
		this.columns = List.copyOf(columns);
	}

	/**
	 * Return the place of the column that a member goes to, or -1 if it is left out.
	 * @param name the member
	 * @throws dev.oriel.admin.data.ProblemException when there is no such column, or when
	 * another member goes there
	 */
	int place(String name) {
		Integer known = this.places.get(name);
		if (known != null) {
			return known;
		}
		Column column = FileColumns.member(name, this.request, this.target);
		if (column == null) {
			if (this.places.size() < MAX_NAMES) {
				this.places.put(name, NOWHERE);
			}
			return NOWHERE;
		}
		int place = this.columns.indexOf(column);
		if (place < 0) {
			throw new IllegalStateException("A member goes to a column that is not staged");
		}
		if (this.places.containsValue(place)) {
			throw FileColumns.twice(name, column);
		}
		this.places.put(name, place);
		return place;
	}

	/**
	 * Return which of the members so far goes to which column.
	 */
	Map<String, String> mapping() {
		Map<String, String> mapping = new LinkedHashMap<>();
		this.places.forEach((member, place) -> {
			if (place != NOWHERE) {
				mapping.put(member, this.columns.get(place).name());
			}
		});
		return mapping;
	}

}
