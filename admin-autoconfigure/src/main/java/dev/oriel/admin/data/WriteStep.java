package dev.oriel.admin.data;

import java.util.List;

import dev.oriel.admin.schema.Column;

import org.jspecify.annotations.Nullable;

/**
 * What a transaction is writing, to tell what is wrong with it when it fails.
 *
 * @param target the relation that is written, and what the caller may do with it
 * @param body the values, or {@code null} if there are none
 * @param columns the columns that the values are for
 * @param path where the only row stands in the body; empty for the body itself
 */
record WriteStep(Target target, @Nullable WriteBody body, List<Column> columns, String path) {

	WriteStep(Target target, @Nullable WriteBody body, List<Column> columns) {
		this(target, body, columns, "");
	}

	/**
	 * Return a step that writes no values.
	 */
	static WriteStep of(Target target) {
		return new WriteStep(target, null, List.of());
	}

	/**
	 * Return the step that writes one row of a family.
	 * @param columns the columns that it gives
	 */
	static WriteStep of(RowTask task, List<String> columns) {
		List<Column> known = columns.stream().map((name) -> task.target().relation().column(name)).toList();
		return new WriteStep(task.target(), WriteBody.ofRow(RowJson.of(task, columns), columns), known, task.path());
	}

}
