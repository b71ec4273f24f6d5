package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Cuts what lies behind a place in an order into segments that follow each other in that
 * order. Each is a conjunction that an index over the order answers with one range, which
 * an {@code OR} of all would not be; where the order has one direction and no NULLs come
 * in between, there is only one segment.
 */
final class Segments {

	private final List<SortKey> keys;

	private final List<@Nullable String> values;

	private final boolean inclusive;

	private final List<List<Consumer<SqlText>>> segments = new ArrayList<>();

	private Segments(List<SortKey> keys, List<@Nullable String> values, boolean inclusive) {
		this.keys = keys;
		this.values = values;
		this.inclusive = inclusive;
	}

	/**
	 * Return the conditions of each segment, in the order.
	 * @param keys the steps of the order
	 * @param values the texts of the place's values
	 * @param inclusive whether the place itself belongs to what lies behind it
	 */
	static List<List<Consumer<SqlText>>> behind(List<SortKey> keys, List<@Nullable String> values, boolean inclusive) {
		Segments segments = new Segments(keys, values, inclusive);
		segments.add(0, List.of());
		return segments.segments;
	}

	/**
	 * Write the condition that a row stands at a place.
	 */
	static void writeAt(List<SortKey> keys, List<@Nullable String> values, SqlText sql) {
		for (int i = 0; i < keys.size(); i++) {
			sql.add((i > 0) ? " AND " : "");
			at(keys.get(i), values.get(i)).accept(sql);
		}
	}

	/**
	 * Add the segments of those rows that are equal to the place in all steps before.
	 */
	private void add(int step, List<Consumer<SqlText>> equal) {
		if (step == this.keys.size()) {
			if (this.inclusive) {
				this.segments.add(equal);
			}
			return;
		}
		SortKey key = this.keys.get(step);
		if (this.values.get(step) == null) {
			add(step + 1, with(equal, at(key, null)));
			if (key.nullsFirst()) {
				this.segments.add(with(equal, (sql) -> key.writeIsNull(false, sql)));
			}
			return;
		}
		int end = endOfRun(step);
		boolean last = end == this.keys.size();
		if (!last) {
			List<Consumer<SqlText>> run = equal;
			for (int i = step; i < end; i++) {
				run = with(run, at(this.keys.get(i), this.values.get(i)));
			}
			add(end, run);
		}
		this.segments.add(with(equal, (sql) -> writeRun(step, end, last && this.inclusive, sql)));
		if (key.mayBeNull() && !key.nullsFirst()) {
			this.segments.add(with(equal, at(key, null)));
		}
	}

	/**
	 * Return where the steps end that one comparison of rows covers: the direction is the
	 * same, and no NULL is to be found. NULLs that come first lie before the place, and
	 * no comparison finds them; those that come last could only be a segment of their own
	 * at the end.
	 */
	private int endOfRun(int start) {
		SortKey first = this.keys.get(start);
		int end = start + 1;
		while (end < this.keys.size()) {
			SortKey key = this.keys.get(end);
			boolean fits = key.descending() == first.descending() && key.operator(">").equals(first.operator(">"))
					&& this.values.get(end) != null && (key.nullsFirst() || !key.mayBeNull());
			if (!fits) {
				break;
			}
			end++;
		}
		return end;
	}

	private void writeRun(int start, int end, boolean orEqual, SqlText sql) {
		List<SortKey> run = this.keys.subList(start, end);
		List<@Nullable String> bounds = this.values.subList(start, end);
		String operator = (run.get(0).descending() ? "<" : ">") + (orEqual ? "=" : "");
		if (run.size() == 1) {
			run.get(0).writeComparison(operator, String.valueOf(bounds.get(0)), sql);
			return;
		}
		sql.add("(").join(", ", run, (key) -> key.writeValue(sql));
		sql.add(") " + run.get(0).operator(operator) + " (");
		for (int i = 0; i < run.size(); i++) {
			sql.add((i > 0) ? ", " : "").value(bounds.get(i), run.get(i).type());
		}
		sql.add(")");
	}

	private static Consumer<SqlText> at(SortKey key, @Nullable String value) {
		return (sql) -> {
			if (value != null) {
				key.writeComparison("=", value, sql);
			}
			else {
				key.writeIsNull(true, sql);
			}
		};
	}

	private static List<Consumer<SqlText>> with(List<Consumer<SqlText>> conditions, Consumer<SqlText> condition) {
		List<Consumer<SqlText>> all = new ArrayList<>(conditions);
		all.add(condition);
		return all;
	}

}
