package dev.oriel.admin.change.wal;

import java.util.List;
import java.util.stream.IntStream;

import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;

/**
 * How to get from the values of a table's rows to their keys.
 *
 * @param name the table; of a partition the root
 * @param positions where the columns of the key are, in ascending order; empty where
 * nothing names a row
 * @param order the place of each of them in the key
 * @param identified whether the old key of a row is sent when it is updated or deleted
 */
record FollowedTable(RelationName name, int[] positions, int[] order, boolean identified) {

	private static final int[] NOWHERE = {};

	/**
	 * @param key the columns of the key in its order
	 */
	static FollowedTable of(RelationName name, RelationMessage message, List<String> key) {
		if (key.isEmpty() || !message.columns().containsAll(key)) {
			return new FollowedTable(name, NOWHERE, NOWHERE, false);
		}
		int[] order = IntStream.range(0, key.size())
			.boxed()
			.sorted((a, b) -> Integer.compare(message.columns().indexOf(key.get(a)),
					message.columns().indexOf(key.get(b))))
			.mapToInt(Integer::intValue)
			.toArray();
		int[] positions = IntStream.of(order).map((i) -> message.columns().indexOf(key.get(i))).toArray();
		return new FollowedTable(name, positions, order, message.identity().containsAll(key));
	}

	boolean hasKey() {
		return this.positions.length > 0;
	}

	/**
	 * Read the key of the row that comes next, or {@code null} if it is not told.
	 */
	@Nullable List<String> key(MessageReader message) {
		return message.values(this.positions, this.order);
	}

}
