package dev.oriel.admin.schema;

import java.util.List;

/**
 * A way from the rows of one relation to the rows of another.
 *
 * @since 0.1.0
 */
public sealed interface Relationship {

	/** The relation that the way begins at. */
	RelationName source();

	/** The relation that it leads to. */
	RelationName target();

	/** The columns of the source that the way begins with. */
	List<String> sourceColumns();

	/** The columns of the target that the way ends with. */
	List<String> targetColumns();

	/** How many rows there are at both ends. */
	Cardinality cardinality();

	/**
	 * Whether the way begins and ends at the same relation.
	 */
	default boolean reflexive() {
		return source().equals(target());
	}

	/**
	 * Along a foreign key, or against it.
	 *
	 * @param key the foreign key
	 * @param forward whether it leads from the relation that holds the key to the one
	 * pointed at
	 * @param targetUnique whether the key points at one row at most: always, except that
	 * a view may repeat the row
	 */
	record Direct(ForeignKey key, boolean forward, boolean targetUnique) implements Relationship {

		/**
		 * Create the way along, or against, a key that points at one row.
		 * @param key the foreign key
		 * @param forward whether it leads from the relation that holds the key to the one
		 * pointed at
		 */
		public Direct(ForeignKey key, boolean forward) {
			this(key, forward, true);
		}

		@Override
		public RelationName source() {
			return this.forward ? this.key.source() : this.key.target();
		}

		@Override
		public RelationName target() {
			return this.forward ? this.key.target() : this.key.source();
		}

		@Override
		public List<String> sourceColumns() {
			return this.forward ? this.key.columns() : this.key.targetColumns();
		}

		@Override
		public List<String> targetColumns() {
			return this.forward ? this.key.targetColumns() : this.key.columns();
		}

		@Override
		public Cardinality cardinality() {
			boolean oneSource = this.forward ? this.key.unique() : this.targetUnique;
			boolean oneTarget = this.forward ? this.targetUnique : this.key.unique();
			if (oneTarget) {
				return oneSource ? Cardinality.ONE_TO_ONE : Cardinality.MANY_TO_ONE;
			}
			return oneSource ? Cardinality.ONE_TO_MANY : Cardinality.MANY_TO_MANY;
		}

	}

	/**
	 * Through a relation whose primary key holds two foreign keys, or a view of one.
	 *
	 * @param toSource the junction's key that points at the source
	 * @param toTarget the junction's key that points at the target
	 */
	record ThroughJunction(ForeignKey toSource, ForeignKey toTarget) implements Relationship {

		@Override
		public RelationName source() {
			return this.toSource.target();
		}

		@Override
		public RelationName target() {
			return this.toTarget.target();
		}

		/** The relation in between. */
		public RelationName junction() {
			return this.toSource.source();
		}

		@Override
		public List<String> sourceColumns() {
			return this.toSource.targetColumns();
		}

		@Override
		public List<String> targetColumns() {
			return this.toTarget.targetColumns();
		}

		@Override
		public Cardinality cardinality() {
			return Cardinality.MANY_TO_MANY;
		}

	}

	/**
	 * Through a function that takes a row of the source and gives rows of the target.
	 *
	 * @param function the function
	 * @param source the relation whose row it takes
	 * @param target the relation whose rows it gives
	 * @param single whether it gives one row at most
	 */
	record ByFunction(Function function, RelationName source, RelationName target,
			boolean single) implements Relationship {

		/**
		 * Return none: the function takes the row as a whole.
		 */
		@Override
		public List<String> sourceColumns() {
			return List.of();
		}

		@Override
		public List<String> targetColumns() {
			return List.of();
		}

		@Override
		public Cardinality cardinality() {
			return this.single ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY;
		}

	}

	/**
	 * How many rows a relationship has at both ends, the source's first.
	 */
	enum Cardinality {

		ONE_TO_ONE("one-to-one"), ONE_TO_MANY("one-to-many"), MANY_TO_ONE("many-to-one"), MANY_TO_MANY("many-to-many");

		private final String label;

		Cardinality(String label) {
			this.label = label;
		}

		/**
		 * Return the name that clients see, for example {@code many-to-one}.
		 */
		public String label() {
			return this.label;
		}

		/**
		 * Whether a row of the source has at most one row of the target.
		 */
		public boolean toOne() {
			return this == ONE_TO_ONE || this == MANY_TO_ONE;
		}

	}

}
