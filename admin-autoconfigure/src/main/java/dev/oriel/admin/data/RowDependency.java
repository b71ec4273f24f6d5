package dev.oriel.admin.data;

import dev.oriel.admin.schema.ForeignKey;

/**
 * A foreign key of a row that points at another row of the family, so that the one
 * depends on the other.
 *
 * @param key the foreign key
 * @param source the row pointed at
 * @param kind what it means
 */
record RowDependency(ForeignKey key, RowTask source, Kind kind) {

	/**
	 * Whether the values are known that the key has to hold.
	 */
	boolean isSettled() {
		return this.source.provides(this.key.targetColumns());
	}

	/**
	 * What a foreign key means for the row that holds it.
	 */
	enum Kind {

		/** The rows are embedded in each other: it gets the value. */
		NESTED,
		/** It gets the value if it is inserted. */
		BACK,
		/** It has the value, so the other row has to be there. */
		GIVEN,
		/** It must have the value, because it was said to belong to the other row. */
		MEMBER

	}

}
