package dev.oriel.admin.data;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Rows as the statements of package {@code sql} return them.
 *
 * @param rows the rows
 * @param size how many there are, with those that are not shown because what they embed
 * is missing
 * @param permitted whether all of them meet the rules on rows; always so for reads
 * @param total how many rows there are without the page, or {@code null} if the statement
 * does not count them
 * @param merged how many of them were there before; always none where duplicates are not
 * merged
 * @param places where each row stands in the order; empty if the statement does not tell
 * @param results what became of each row; empty if the statement tells nothing of it
 */
record Rows(List<Row> rows, int size, boolean permitted, @Nullable Long total, int merged, List<Place> places,
		List<Result> results) {

	static final Rows NONE = new Rows(List.of(), 0, true, null, 0, List.of());

	/**
	 * Create rows of which nothing more is told.
	 */
	Rows(List<Row> rows, int size, boolean permitted, @Nullable Long total, int merged, List<Place> places) {
		this(rows, size, permitted, total, merged, places, List.of());
	}

	/**
	 * Return the only row that holds a plan.
	 */
	static Rows ofPlan(ResultSet lines) throws SQLException {
		StringBuilder plan = new StringBuilder();
		while (lines.next()) {
			plan.append(plan.isEmpty() ? "" : "\n").append(lines.getString(1));
		}
		return new Rows(List.of(new Row(plan.toString(), List.of(), null)), 1, true, null, 0, List.of(), List.of());
	}

	/**
	 * Return these rows and those of the next statement.
	 */
	Rows and(Rows next) {
		List<Row> all = new ArrayList<>(this.rows);
		all.addAll(next.rows);
		List<Result> results = new ArrayList<>(this.results);
		results.addAll(next.results);
		// Merged rows are counted over the whole transaction.
		return new Rows(all, this.size + next.size, this.permitted && next.permitted, null,
				Math.max(this.merged, next.merged), List.of(), results);
	}

	/**
	 * Return the same rows in the order of their numbers.
	 */
	Rows inOrder() {
		List<Result> ordered = this.results.stream().sorted(Comparator.comparingInt(Result::number)).toList();
		return new Rows(ordered.stream().map(Result::row).filter(Objects::nonNull).toList(), this.size, this.permitted,
				this.total, this.merged, List.of(), ordered);
	}

	static Rows extract(ResultSet result) throws SQLException {
		ResultSetMetaData columns = result.getMetaData();
		List<Integer> key = new ArrayList<>();
		List<Integer> place = new ArrayList<>();
		int bound = 0;
		int version = 0;
		int permitted = 0;
		int total = 0;
		int merged = 0;
		int number = 0;
		int image = 0;
		for (int i = 2; i <= columns.getColumnCount(); i++) {
			switch (columns.getColumnLabel(i).charAt(0)) {
				case 'k' -> key.add(i);
				case 'v' -> version = i;
				case 'n' -> total = i;
				case 'u' -> merged = i;
				case 'b' -> place.add(i);
				case 'd' -> bound = i;
				case 'e' -> number = i;
				case 'h' -> image = i;
				default -> permitted = i;
			}
		}
		List<Row> rows = new ArrayList<>();
		List<Place> places = new ArrayList<>();
		List<Result> results = new ArrayList<>();
		boolean allPermitted = true;
		int size = 0;
		Long counted = null;
		int mergedRows = 0;
		while (result.next()) {
			size++;
			counted = (total > 0) ? (Long) result.getLong(total) : null;
			int mergedBefore = mergedRows;
			mergedRows = (merged > 0) ? Math.max(mergedRows, result.getInt(merged)) : 0;
			allPermitted &= permitted == 0 || result.getBoolean(permitted);
			String json = result.getString(1);
			Row row = (json != null)
					? new Row(json, texts(result, key), (version > 0) ? result.getString(version) : null) : null;
			if (number > 0 || image > 0) {
				results.add(new Result((number > 0) ? result.getInt(number) : size - 1, row,
						(image > 0) ? result.getString(image) : null, mergedRows > mergedBefore));
			}
			if (row == null) {
				continue;
			}
			rows.add(row);
			if (bound > 0) {
				places.add(new Place(texts(result, place), result.getBoolean(bound)));
			}
		}
		return new Rows(rows, size, allPermitted, counted, mergedRows, places, results);
	}

	private static List<String> texts(ResultSet result, List<Integer> columns) throws SQLException {
		List<String> texts = new ArrayList<>(columns.size());
		for (int column : columns) {
			texts.add(result.getString(column));
		}
		return texts;
	}

	/**
	 * What became of a row that was written.
	 *
	 * @param number the row's number, from 0
	 * @param row the row, or {@code null} if it is not shown
	 * @param image the whole row as JSON, or {@code null} if that was not asked for
	 * @param merged whether it was there before, where duplicates are merged
	 */
	record Result(int number, @Nullable Row row, @Nullable String image, boolean merged) {
	}

	/**
	 * Where a row stands in the order.
	 *
	 * @param values the texts of what it is ordered by, {@code null} for NULL
	 * @param atBound whether it is where the page begins or ends, and so no part of it
	 */
	record Place(List<@Nullable String> values, boolean atBound) {
	}

}
