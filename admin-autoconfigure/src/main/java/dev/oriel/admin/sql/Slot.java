package dev.oriel.admin.sql;

import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.query.SelectItem;
import dev.oriel.admin.schema.Column;
import org.jspecify.annotations.Nullable;

/**
 * One field of an answer.
 *
 * @param label its name
 * @param source where its value comes from
 * @param fold the function that folds the values of a group, or {@code null}
 * @param json whether the value is of the type {@code json}, which cannot be compared
 */
record Slot(String label, Source source, @Nullable Fold fold, boolean json) {

	Slot {
		if (label.isEmpty() || label.indexOf('\0') >= 0) {
			throw new QueryException("PGRST100", "A field of the answer has no name that PostgreSQL takes",
					"The name is empty or holds the character NUL.",
					"Give the field another name in the 'select' query parameter: name:column");
		}
	}

	/**
	 * Return the column whose values these are as they stand, or {@code null} where they
	 * are anything else.
	 * @param scope the relation
	 */
	@Nullable Column wholeColumn(Scope scope) {
		boolean plain = this.fold == null && this.source instanceof Own own
				&& own.item() instanceof SelectItem.Field field && field.cast() == null
				&& field.column().path().isEmpty();
		if (!plain) {
			return null;
		}
		SelectItem.Field field = (SelectItem.Field) ((Own) this.source).item();
		return scope.relation().column(field.column().column());
	}

	/**
	 * Where a value comes from.
	 */
	sealed interface Source {

	}

	/**
	 * The relation itself.
	 */
	record Own(SelectItem item) implements Source {

	}

	/**
	 * A column, from 0, of what is joined for an embed.
	 */
	record Joined(Embedding embedding, int column) implements Source {

	}

	/**
	 * A function over the values of a group, and the type its result is cast to.
	 */
	record Fold(String function, @Nullable String cast) {

	}

}
