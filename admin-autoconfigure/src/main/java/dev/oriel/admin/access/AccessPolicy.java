package dev.oriel.admin.access;

import dev.oriel.admin.schema.Relation;

/**
 * Decides what a caller may do. Asked for every relation that a request touches, by HTTP
 * and by the live engine alike, so it must be quick and must answer equally for equal
 * questions.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AccessPolicy {

	/**
	 * Return what the caller may do with the relation. A relation that allows nothing is
	 * treated as if it did not exist.
	 * @param caller who asks
	 * @param relation what is asked for
	 */
	RelationAccess decide(Caller caller, Relation relation);

}
