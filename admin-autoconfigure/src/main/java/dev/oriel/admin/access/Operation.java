package dev.oriel.admin.access;

/**
 * What can be done with the rows of a relation.
 *
 * @since 0.1.0
 */
public enum Operation {

	SELECT, INSERT, UPDATE, DELETE

}
