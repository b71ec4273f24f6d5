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
 */
record WriteStep(Target target, @Nullable WriteBody body, List<Column> columns) {

	/**
	 * Return a step that writes no values.
	 */
	static WriteStep of(Target target) {
		return new WriteStep(target, null, List.of());
	}

}
