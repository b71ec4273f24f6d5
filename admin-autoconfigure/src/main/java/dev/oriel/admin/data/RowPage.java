package dev.oriel.admin.data;

import java.util.List;

import dev.oriel.admin.query.Anchor;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a query answers, in their order.
 *
 * @param rows the rows
 * @param total how many rows the query has without its page, or {@code null} if they were
 * not counted
 * @param next where the page after this one begins, or {@code null} if there is none or
 * cursors were not asked for
 * @param previous where the page before this one ends, or {@code null} likewise
 * @param fields the names of the rows' fields, for rows that do not name them themselves
 * @since 0.1.0
 */
public record RowPage(List<Row> rows, @Nullable Count total, @Nullable Anchor next, @Nullable Anchor previous,
		List<String> fields) {

	public RowPage {
		rows = List.copyOf(rows);
		fields = List.copyOf(fields);
	}

	/**
	 * Create a page without cursors.
	 * @param rows the rows
	 * @param total how many rows the query has without its page, or {@code null}
	 */
	public RowPage(List<Row> rows, @Nullable Count total) {
		this(rows, total, null, null, List.of());
	}

	/**
	 * Create a page of rows that were not counted.
	 * @param rows the rows
	 */
	public RowPage(List<Row> rows) {
		this(rows, null);
	}

	RowPage withTotal(@Nullable Count total) {
		return new RowPage(this.rows, total, this.next, this.previous, this.fields);
	}

	RowPage withFields(List<String> fields) {
		return new RowPage(this.rows, this.total, this.next, this.previous, fields);
	}

	/**
	 * Return how many rows there are: those that were counted, or else those that are
	 * here.
	 */
	public long size() {
		return (this.total != null) ? this.total.value() : this.rows.size();
	}

	/**
	 * Return the rows as one JSON array, exactly as an HTTP answer holds them.
	 */
	public String json() {
		StringBuilder json = new StringBuilder("[");
		for (Row row : this.rows) {
			if (json.length() > 1) {
				json.append(",");
			}
			json.append(row.json());
		}
		return json.append("]").toString();
	}

}
