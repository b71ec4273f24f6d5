package dev.oriel.admin.access;

import java.util.Set;

import dev.oriel.admin.query.Filter;

/**
 * What one caller may do with one relation. Two callers with equal access see the same
 * rows, so they can share what is read for either.
 *
 * @param operations what may be done at all
 * @param readable the columns that may be returned, filtered and sorted by
 * @param insertable the columns that may be given for a new row
 * @param updatable the columns that may be changed
 * @param rows the condition that every row read or written must meet
 * @since 0.1.0
 */
public record RelationAccess(Set<Operation> operations, Set<String> readable, Set<String> insertable,
		Set<String> updatable, Filter rows) {

	public RelationAccess {
		operations = Set.copyOf(operations);
		readable = Set.copyOf(readable);
		insertable = Set.copyOf(insertable);
		updatable = Set.copyOf(updatable);
	}

	/**
	 * Whether an operation is allowed on at least some rows.
	 * @param operation the operation
	 */
	public boolean allows(Operation operation) {
		return this.operations.contains(operation);
	}

}
