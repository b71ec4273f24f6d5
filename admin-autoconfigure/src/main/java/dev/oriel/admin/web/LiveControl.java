package dev.oriel.admin.web;

import dev.oriel.admin.schema.Relation;

/**
 * How changes of relations become known, and how that is altered.
 *
 * @since 0.1.0
 */
public interface LiveControl {

	/**
	 * Return how changes become known: {@code triggers}, {@code wal}, {@code polling},
	 * {@code requery} or {@code off}.
	 * @param relation the relation
	 */
	String mode(Relation relation);

	/**
	 * Whether an administrator may install triggers on the relation from the page.
	 * @param relation the relation
	 */
	boolean installable(Relation relation);

	/**
	 * Return the statements that {@link #install} runs.
	 * @param relation the relation
	 */
	String sql(Relation relation);

	/**
	 * Install the triggers.
	 * @param relation the relation
	 * @throws dev.oriel.admin.data.ProblemException when the table is busy or must not be
	 * altered
	 */
	void install(Relation relation);

	/**
	 * Remove the triggers.
	 * @param relation the relation
	 * @throws dev.oriel.admin.data.ProblemException when the table is busy or must not be
	 * altered
	 */
	void remove(Relation relation);

}
