package dev.oriel.admin.schema;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An index of a relation.
 *
 * @param name the name
 * @param method the access method, for example {@code btree}
 * @param primary whether it belongs to the primary key
 * @param unique whether two rows cannot have the same values
 * @param valid whether queries may use it; one that failed to be built is not
 * @param parts what is indexed, in the index's order: names of columns, and expressions
 * as PostgreSQL prints them
 * @param included the columns that are only stored along
 * @param predicate the condition of a partial index as PostgreSQL prints it, or
 * {@code null} if all rows are in it
 * @param columns all columns that any of these mention, in their declared order
 * @since 0.1.0
 */
public record Index(String name, String method, boolean primary, boolean unique, boolean valid, List<Part> parts,
		List<String> included, @Nullable String predicate, List<String> columns) {

	public Index {
		parts = List.copyOf(parts);
		included = List.copyOf(included);
		columns = List.copyOf(columns);
	}

	/**
	 * One of the things that an index is over.
	 *
	 * @param text the column's name, or the expression
	 * @param expression whether it is an expression
	 */
	public record Part(String text, boolean expression) {
	}

}
