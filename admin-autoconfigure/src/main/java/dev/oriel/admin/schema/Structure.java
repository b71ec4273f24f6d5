package dev.oriel.admin.schema;

import java.util.List;
import java.util.Map;

/**
 * What there is to know of a relation besides its columns and keys.
 *
 * @param tags the tags of its comment
 * @param unlogged whether its rows are lost when the server crashes
 * @param parents the tables that it inherits from, in their order; not the one it is a
 * partition of
 * @param partitioning how it takes part in partitioning
 * @param rowSecurity whether policies decide row by row
 * @param constraints the constraints other than keys, in the order of their names
 * @param indexes the indexes, in the order of their names
 * @param content whether there are rows to read
 * @param supported what could be done with it if the connected role had all privileges
 * @since 0.1.0
 */
public record Structure(Map<String, String> tags, boolean unlogged, List<RelationName> parents,
		Partitioning partitioning, RowSecurity rowSecurity, List<Constraint> constraints, List<Index> indexes,
		Content content, Privileges supported) {

	/** Nothing worth mentioning. */
	public static final Structure PLAIN = new Structure(Map.of(), false, List.of(), Partitioning.NONE, RowSecurity.NONE,
			List.of(), List.of(), Content.PRESENT, Privileges.ALL);

	public Structure {
		tags = Map.copyOf(tags);
		parents = List.copyOf(parents);
		constraints = List.copyOf(constraints);
		indexes = List.copyOf(indexes);
	}

	/**
	 * Whether there are rows to read.
	 */
	public enum Content {

		/** There are, or there may be. */
		PRESENT,
		/** It is a materialized view that was never refreshed. */
		UNPOPULATED,
		/** It is a foreign table that nothing can read. */
		UNREACHABLE

	}

}
