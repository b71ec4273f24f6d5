package dev.oriel.admin.data;

/**
 * How the rows of a query are counted.
 *
 * @since 0.1.0
 */
public enum CountMode {

	/** Not at all. */
	NONE,
	/** One by one. */
	EXACT,
	/** As the planner guesses. */
	PLANNED,
	/** One by one while there are few, as the planner guesses beyond. */
	ESTIMATED

}
