package dev.oriel.admin.query;

import org.jspecify.annotations.Nullable;

/**
 * One step of an order.
 *
 * @param column what to order by
 * @param embed the label of a to-one embed that the column belongs to, or {@code null}
 * for the relation itself
 * @param descending whether the greatest comes first
 * @param nullsFirst whether NULL comes first; {@code null} leaves it to PostgreSQL: last
 * when ascending, first when descending
 * @since 0.1.0
 */
public record OrderTerm(ColumnPath column, @Nullable String embed, boolean descending, @Nullable Boolean nullsFirst) {

	/**
	 * Return an ascending step by a plain column.
	 * @param column the column
	 */
	public static OrderTerm by(String column) {
		return new OrderTerm(ColumnPath.of(column), null, false, null);
	}

}
