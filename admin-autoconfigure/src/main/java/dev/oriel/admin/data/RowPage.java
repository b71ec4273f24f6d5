package dev.oriel.admin.data;

import java.util.List;

/**
 * The rows that a query answers, in their order.
 *
 * @param rows the rows
 * @since 0.1.0
 */
public record RowPage(List<Row> rows) {

	public RowPage {
		rows = List.copyOf(rows);
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
