package dev.oriel.admin.extension;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.schema.Relation;

/**
 * What is written: one operation on the rows of one relation.
 *
 * @since 0.1.0
 */
public interface Write {

	/**
	 * Return the operation. Rows that a request inserts or else changes are told in two
	 * calls, each row by what becomes of it.
	 */
	Operation operation();

	/**
	 * Return the relation.
	 */
	Relation relation();

	/**
	 * Return on whose behalf it is written.
	 */
	Caller caller();

	/**
	 * Whether everything is undone at the end, because the request only asks what would
	 * happen. Nothing that cannot be undone should be done then.
	 */
	boolean dryRun();

}
