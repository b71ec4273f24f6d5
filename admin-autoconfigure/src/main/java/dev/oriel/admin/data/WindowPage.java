package dev.oriel.admin.data;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The rows that a query answers, and which changes can make them others.
 *
 * @param rows the rows, the same that {@link RelationReader#read} gives
 * @param footprint which changes matter, or {@code null} if any change may
 * @since 0.1.0
 */
public record WindowPage(List<Row> rows, @Nullable Footprint footprint) {

	public WindowPage {
		rows = List.copyOf(rows);
	}

}
