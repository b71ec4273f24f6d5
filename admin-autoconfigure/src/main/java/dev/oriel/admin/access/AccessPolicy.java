package dev.oriel.admin.access;

import dev.oriel.admin.schema.Function;
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

	/**
	 * Whether the caller may call the function. One that may not be called is treated as
	 * if it did not exist. A function can tell what a policy hides, so a policy that says
	 * nothing of functions allows none. Also asked of functions over a row, which are
	 * fields and relationships of a relation; these are only there for callers who may
	 * read every column of the row.
	 * @param caller who asks
	 * @param function what is to be called
	 */
	default boolean mayCall(Caller caller, Function function) {
		return false;
	}

}
