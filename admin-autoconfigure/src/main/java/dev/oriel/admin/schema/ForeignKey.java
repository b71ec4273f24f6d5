package dev.oriel.admin.schema;

import java.util.List;

/**
 * Columns that name a row of another relation, or of the same one.
 *
 * @param name the constraint
 * @param source the relation that holds the columns
 * @param columns the columns, in the constraint's order
 * @param target the relation pointed at
 * @param targetColumns the columns pointed at, each belonging to the one at the same
 * place in {@code columns}
 * @param onDelete what happens here when the row pointed at is deleted
 * @param unique whether a constraint keeps two rows from pointing at the same one
 * @param onUpdate what happens here when the columns pointed at change
 * @param enforcement when and on which rows the key is checked
 * @since 0.1.0
 */
public record ForeignKey(String name, RelationName source, List<String> columns, RelationName target,
		List<String> targetColumns, Action onDelete, boolean unique, Action onUpdate, Enforcement enforcement) {

	public ForeignKey {
		columns = List.copyOf(columns);
		targetColumns = List.copyOf(targetColumns);
	}

	/**
	 * Create a foreign key that is checked with each statement and forbids to change what
	 * it points at.
	 */
	public ForeignKey(String name, RelationName source, List<String> columns, RelationName target,
			List<String> targetColumns, Action onDelete, boolean unique) {
		this(name, source, columns, target, targetColumns, onDelete, unique, Action.NO_ACTION, Enforcement.IMMEDIATE);
	}

	/**
	 * What a foreign key does when the row it points at goes away or changes.
	 */
	public enum Action {

		NO_ACTION, RESTRICT, CASCADE, SET_NULL, SET_DEFAULT

	}

}
