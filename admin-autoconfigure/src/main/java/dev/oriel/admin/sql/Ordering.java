package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

import dev.oriel.admin.query.ColumnPath;
import dev.oriel.admin.query.OrderTerm;

/**
 * Writes in which order rows come. It is always total where rows have a key: the key is
 * appended to what the client asks for, in the direction of the last step, so that an
 * index over both serves the order.
 */
final class Ordering {

	private Ordering() {
	}

	static void write(Level level, SqlText sql) {
		write(of(level), sql);
	}

	static void write(List<SortKey> keys, SqlText sql) {
		if (!keys.isEmpty()) {
			sql.add(" ORDER BY ").join(", ", keys, (key) -> key.writeOrder(sql));
		}
	}

	/**
	 * Write the order by values that are columns already.
	 * @param keys the steps
	 * @param column the column of each, by its position from 0
	 */
	static void writeOf(List<SortKey> keys, IntFunction<String> column, SqlText sql) {
		for (int i = 0; i < keys.size(); i++) {
			sql.add((i == 0) ? " ORDER BY " : ", ").add(column.apply(i));
			sql.add(keys.get(i).descending() ? " DESC" : "");
			sql.add(keys.get(i).nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
		}
	}

	/**
	 * Return the steps of a level's order.
	 */
	static List<SortKey> of(Level level) {
		List<OrderTerm> order = level.query().order();
		boolean descending = !order.isEmpty() && order.get(order.size() - 1).descending();
		List<SortKey> keys = new ArrayList<>();
		order.forEach((term) -> keys.add(SortKey.of(level, term)));
		for (String column : level.key()) {
			ColumnPath path = ColumnPath.of(column);
			if (order.stream().noneMatch((term) -> term.column().equals(path) && term.embed() == null)) {
				keys.add(SortKey.of(level, new OrderTerm(path, null, descending, null)));
			}
		}
		return keys;
	}

}
