package dev.oriel.admin.data;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.sql.Related;
import dev.oriel.admin.sql.Scope;

/**
 * A relation that a caller may do something with.
 *
 * @param snapshot the snapshot it was found in
 * @param relation the relation
 * @param access what the caller may do
 * @param related what the caller may read of other relations
 */
record Target(SchemaSnapshot snapshot, Relation relation, RelationAccess access, Related related) {

	Scope scope() {
		return new Scope(this.relation, this.access.readable(), this.access.rows(), this.related, null);
	}

	/**
	 * Whether rows of the relation are rows of another one: of itself, or of a partition.
	 * @param other the other one
	 */
	boolean holds(Relation other) {
		for (Relation part = other; part != null;) {
			if (part.name().equals(this.relation.name())) {
				return true;
			}
			part = (part.partitionOf() != null) ? this.snapshot.relation(part.partitionOf()) : null;
		}
		return false;
	}

	/**
	 * Refuse what the caller may not do with the relation.
	 */
	void require(Operation operation) {
		if (!this.access.allows(operation)) {
			throw new ProblemException(new Problem(403, "42501",
					"permission denied for relation " + this.relation.name().name(), null, null));
		}
	}

}
