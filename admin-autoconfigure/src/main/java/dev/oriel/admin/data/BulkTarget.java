package dev.oriel.admin.data;

import java.util.List;
import java.util.Set;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.sql.Scope;

/**
 * A relation that a caller may write many rows of.
 *
 * @since 0.1.0
 */
public final class BulkTarget {

	private final Target target;

	BulkTarget(Target target) {
		this.target = target;
	}

	Target target() {
		return this.target;
	}

	public Relation relation() {
		return this.target.relation();
	}

	public RelationAccess access() {
		return this.target.access();
	}

	/**
	 * Return the part of the relation that statements may touch.
	 */
	public Scope scope() {
		return this.target.scope();
	}

	/**
	 * Refuse what the caller may not do with the relation.
	 * @param operation the operation
	 * @throws ProblemException when the caller may not
	 */
	public void require(Operation operation) {
		this.target.require(operation);
	}

	/**
	 * Return the column of that name.
	 * @param name the name
	 * @param writable the columns that may be written
	 * @throws ProblemException when there is none that may be written; a name that is
	 * unknown and one that is hidden are the same
	 */
	public Column column(String name, Set<String> writable) {
		return new WriteColumns(this.target).columns(List.of(name), writable).get(0);
	}

	/**
	 * Return what is said of a row that is outside of what the caller may write.
	 */
	public String outside() {
		return WriteChecks.outside(this.target).message();
	}

}
