package dev.oriel.admin.schema.postgres;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.schema.Column;

import org.springframework.util.Assert;

/**
 * The columns of one relation by their attribute numbers, by which keys name them.
 */
final class Attributes {

	private final Map<Integer, Column> columns = new HashMap<>();

	Attributes(List<Column> columns) {
		columns.forEach((column) -> this.columns.put(column.position(), column));
	}

	List<String> names(List<Integer> positions) {
		return positions.stream().map((position) -> column(position).name()).toList();
	}

	boolean neverNull(List<Integer> positions) {
		return positions.stream().noneMatch((position) -> column(position).nullable());
	}

	private Column column(int position) {
		Column column = this.columns.get(position);
		Assert.state(column != null, () -> "Column " + position + " is gone");
		return column;
	}

}
