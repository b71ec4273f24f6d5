package dev.oriel.admin.schema;

import java.util.List;

/**
 * A condition that PostgreSQL keeps on the rows of a relation, other than a key.
 *
 * @param name the name
 * @param kind the sort of constraint
 * @param definition the constraint as PostgreSQL prints it, for example
 * {@code CHECK ((price > 0))}
 * @param columns the columns that it is about, in their declared order
 * @param enforcement when and on which rows it is checked
 * @since 0.1.0
 */
public record Constraint(String name, Kind kind, String definition, List<String> columns, Enforcement enforcement) {

	public Constraint {
		columns = List.copyOf(columns);
	}

	/**
	 * The sort of a constraint.
	 */
	public enum Kind {

		/** A condition on each row by itself. */
		CHECK,
		/** No two rows may compare in a certain way. */
		EXCLUSION,
		/**
		 * Each row's period must be covered by rows of another relation. Such a key
		 * points at several rows, so it is no {@link ForeignKey}.
		 */
		PERIOD_FOREIGN_KEY

	}

}
