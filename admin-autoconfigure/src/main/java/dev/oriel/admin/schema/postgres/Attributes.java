package dev.oriel.admin.schema.postgres;

import java.util.Collection;
import java.util.List;

import dev.oriel.admin.schema.Column;

/**
 * The columns of one relation by their attribute numbers, by which keys name them.
 */
final class Attributes {

	/** In the order of their numbers. */
	private final List<Column> columns;

	Attributes(List<Column> columns) {
		this.columns = columns;
	}

	/**
	 * Return the names of columns, in their declared order. The number 0 stands for the
	 * whole row.
	 */
	List<String> mentioned(Collection<Integer> positions) {
		return this.columns.stream()
			.filter((column) -> positions.contains(0) || positions.contains(column.position()))
			.map(Column::name)
			.toList();
	}

	boolean has(int position) {
		return this.columns.stream().anyMatch((column) -> column.position() == position);
	}

	List<String> names(List<Integer> positions) {
		return positions.stream().map((position) -> column(position).name()).toList();
	}

	boolean neverNull(List<Integer> positions) {
		return positions.stream().noneMatch((position) -> column(position).nullable());
	}

	private Column column(int position) {
		// A number is at most as far back as there are dropped columns before it.
		for (int index = Math.min(position, this.columns.size()) - 1; index >= 0; index--) {
			if (this.columns.get(index).position() == position) {
				return this.columns.get(index);
			}
		}
		throw new IllegalStateException("Column " + position + " is gone");
	}

}
