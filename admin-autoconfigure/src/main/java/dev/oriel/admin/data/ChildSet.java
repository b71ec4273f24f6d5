package dev.oriel.admin.data;

import java.util.List;

import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Relationship;
import dev.oriel.admin.schema.Relationship.Direct;
import dev.oriel.admin.schema.Relationship.ThroughJunction;

/**
 * The children of a row by one relationship, of which there shall be no others than those
 * that are listed.
 *
 * @param parent the row
 * @param relationship the way to the children
 * @param holder the relation that points at the row: the children's, or the junction
 * @param path where the list stands in the body
 * @param listed what is done with those that are listed, in the relation that points
 * @param delete whether those that cannot be unlinked are deleted
 */
record ChildSet(RowTask parent, Relationship relationship, Target holder, String path, List<RowTask> listed,
		boolean delete) {

	ChildSet {
		listed = List.copyOf(listed);
	}

	/**
	 * Return the foreign key that points at the row.
	 */
	ForeignKey key() {
		return (this.relationship instanceof ThroughJunction through) ? through.toSource()
				: ((Direct) this.relationship).key();
	}

}
