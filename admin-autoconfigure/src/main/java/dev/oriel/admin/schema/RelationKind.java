package dev.oriel.admin.schema;

/**
 * What sort of relation a name stands for.
 *
 * @since 0.1.0
 */
public enum RelationKind {

	/** An ordinary table. */
	TABLE("table"),
	/** A table whose rows live in its partitions. */
	PARTITIONED_TABLE("partitioned-table"),
	/** A view, computed when it is read. */
	VIEW("view"),
	/** A view whose rows are stored and refreshed on demand. */
	MATERIALIZED_VIEW("materialized-view"),
	/** A table that lives in another server. */
	FOREIGN_TABLE("foreign-table");

	private final String label;

	RelationKind(String label) {
		this.label = label;
	}

	/**
	 * Return the name that clients see, for example {@code materialized-view}.
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Whether rows are stored by PostgreSQL itself under this name or its partitions, so
	 * that triggers can be put on it.
	 */
	public boolean isTable() {
		return this == TABLE || this == PARTITIONED_TABLE;
	}

}
