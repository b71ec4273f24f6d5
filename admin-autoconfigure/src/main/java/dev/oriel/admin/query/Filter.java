package dev.oriel.admin.query;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A condition on rows.
 *
 * @since 0.1.0
 */
public sealed interface Filter {

	/** Every row meets it. */
	Filter NONE = new And(List.of());

	/**
	 * Return a condition that is met where both are.
	 * @param other the other condition
	 */
	default Filter and(Filter other) {
		if (this.equals(NONE)) {
			return other;
		}
		return other.equals(NONE) ? this : new And(List.of(this, other));
	}

	/**
	 * All of them are met; met by every row when empty.
	 *
	 * @param filters the conditions
	 */
	record And(List<Filter> filters) implements Filter {

		public And {
			filters = List.copyOf(filters);
		}

	}

	/**
	 * At least one of them is met; never when empty.
	 *
	 * @param filters the conditions
	 */
	record Or(List<Filter> filters) implements Filter {

		public Or {
			filters = List.copyOf(filters);
		}

	}

	/**
	 * The condition is not met, by the rules of SQL: unknown stays unknown.
	 *
	 * @param filter the condition
	 */
	record Not(Filter filter) implements Filter {
	}

	/**
	 * A value of the row is compared with a given one.
	 *
	 * @param column the row's value
	 * @param operator how they are compared
	 * @param quantifier whether any or all of several given values must match;
	 * {@code null} for a single one
	 * @param values the given values as text: one, or several for a quantifier and
	 * {@code in}
	 * @param language the text search configuration of a full-text operator, or
	 * {@code null}
	 */
	record Comparison(ColumnPath column, Operator operator, @Nullable Quantifier quantifier, List<String> values,
			@Nullable String language) implements Filter {

		public Comparison {
			values = List.copyOf(values);
		}

		/**
		 * Return the comparison of a plain column with one value.
		 * @param column the column
		 * @param operator how to compare
		 * @param value the value as text
		 */
		public static Comparison of(String column, Operator operator, String value) {
			return new Comparison(ColumnPath.of(column), operator, null, List.of(value), null);
		}

	}

	/**
	 * A value of the row is tested with {@code is}.
	 *
	 * @param column the row's value
	 * @param test what it is tested for
	 */
	record Is(ColumnPath column, Test test) implements Filter {
	}

	/**
	 * A date or a point in time of the row lies in a period around now, or before or
	 * after one.
	 *
	 * @param column the row's value
	 * @param side whether it lies in the period, before or after it
	 * @param period the period
	 * @param zone the time zone whose days are meant, or {@code null} for the one of the
	 * database session
	 */
	record Within(ColumnPath column, Side side, Period period, @Nullable String zone) implements Filter {
	}

	/**
	 * Every word occurs in one of the row's columns, in any of them.
	 *
	 * @param words the words, at least one; a phrase counts as one, none is empty
	 */
	record Search(List<String> words) implements Filter {

		public Search {
			words = List.copyOf(words);
			if (words.isEmpty() || words.contains("")) {
				throw new IllegalArgumentException("'words' must hold at least one word, and no empty one");
			}
		}

	}

	/**
	 * An embedded relation is missing, or not: {@code relation=is.null}. Only a look at
	 * the select list tells it from {@link Is}, so the parser makes it.
	 *
	 * @param embed the label of the embed
	 * @param missing whether it must be missing
	 */
	record Embedded(String embed, boolean missing) implements Filter {
	}

	/**
	 * Whether one or all of the given values must match.
	 */
	enum Quantifier {

		ANY, ALL

	}

	/**
	 * Where a value lies, seen from a period.
	 */
	enum Side {

		BEFORE, IN, AFTER

	}

	/**
	 * What {@code is} can test for. {@code EMPTY} is NULL, and whatever else holds
	 * nothing by its type: a text without characters, an array without elements.
	 */
	enum Test {

		NULL, NOT_NULL, TRUE, FALSE, UNKNOWN, EMPTY

	}

}
