package dev.oriel.admin.query;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a row of the answer holds.
 *
 * @since 0.1.0
 */
public sealed interface SelectItem {

	/**
	 * Every column: {@code *}.
	 */
	record All() implements SelectItem {
	}

	/**
	 * A column or a place inside a JSON column:
	 * {@code alias:column->path::cast.aggregate()::cast}.
	 *
	 * @param column what is read
	 * @param alias the name in the answer, or {@code null} for the column's own (the last
	 * key of a JSON path)
	 * @param cast the type to cast to, or {@code null}
	 * @param aggregate the function that folds all rows of a group, or {@code null}
	 * @param aggregateCast the type to cast the folded value to, or {@code null}
	 */
	record Field(ColumnPath column, @Nullable String alias, @Nullable String cast, @Nullable Aggregate aggregate,
			@Nullable String aggregateCast) implements SelectItem {
	}

	/**
	 * The number of rows of a group: {@code alias:count()}.
	 *
	 * @param alias the name in the answer, or {@code null} for {@code count}
	 * @param cast the type to cast to, or {@code null}
	 */
	record Count(@Nullable String alias, @Nullable String cast) implements SelectItem {
	}

	/**
	 * The rows of a related relation: {@code alias:relation!hint!inner(…)}.
	 *
	 * @param target the relation, or a column that is a foreign key
	 * @param alias the name in the answer, or {@code null} for the target's
	 * @param hint the constraint, column or relation that tells which of several
	 * relationships is meant, or {@code null}
	 * @param join whether rows without a related one are left out
	 * @param spread whether the related row's values are put directly into this one
	 * ({@code ...relation(…)})
	 * @param query what is asked of the related rows; an empty select list, as
	 * {@code relation()} gives it, means none of their columns: such an embed is only
	 * there to be filtered or ordered by
	 */
	record Embed(String target, @Nullable String alias, @Nullable String hint, Join join, boolean spread,
			Query query) implements SelectItem {

		/**
		 * Return the name in the answer, which filters and order refer to as well.
		 */
		public String label() {
			return (this.alias != null) ? this.alias : this.target;
		}

		/**
		 * Return the same embed with another question to the related rows.
		 * @param query what is asked of them
		 */
		public Embed withQuery(Query query) {
			return new Embed(this.target, this.alias, this.hint, this.join, this.spread, query);
		}

	}

	/**
	 * Whether rows without a related one are kept.
	 */
	enum Join {

		/** They are kept. */
		LEFT,
		/** They are left out. */
		INNER

	}

	/**
	 * A function that folds the values of a group.
	 */
	enum Aggregate {

		AVG, COUNT, MAX, MIN, SUM

	}

}
