package dev.oriel.admin;

import dev.oriel.admin.data.Problem;

/**
 * Told of rows while they change. What it throws is logged.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RowsListener {

	/**
	 * The rows are these now. When they change faster than this returns, states between
	 * are left out.
	 * @param rows all rows that were asked for
	 */
	void changed(OrielRows rows);

	/**
	 * The rows cannot be shown, and will not be any more.
	 * @param problem why
	 */
	default void failed(Problem problem) {
	}

}
