package dev.oriel.admin.schema;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A condition that PostgreSQL keeps on the rows of a relation, other than a key.
 *
 * @param name the name
 * @param kind the sort of constraint
 * @param definition the constraint as PostgreSQL prints it, for example
 * {@code CHECK ((price > 0))}
 * @param columns the columns that it is about, in their declared order
 * @param enforcement when and on which rows it is checked
 * @param target the relation that it points at, or {@code null} if it is about its own
 * relation only
 * @since 0.1.0
 */
public record Constraint(String name, Kind kind, String definition, List<String> columns, Enforcement enforcement,
		@Nullable RelationName target) {

	public Constraint {
		columns = List.copyOf(columns);
	}

	/**
	 * Create a constraint that is about its own relation only.
	 */
	public Constraint(String name, Kind kind, String definition, List<String> columns, Enforcement enforcement) {
		this(name, kind, definition, columns, enforcement, null);
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
