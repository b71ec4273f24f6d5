package dev.oriel.admin.live;

import java.util.List;

import dev.oriel.admin.data.Footprint;
import dev.oriel.admin.data.Row;
import dev.oriel.admin.data.WindowPage;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;

/**
 * What changes of one relation mean to a window, in the state that it was last read in.
 */
sealed interface Interest {

	/** Any change means that the window must be read again. */
	Interest WHOLE = new Whole();

	/**
	 * Any change means that the window must be read again.
	 */
	record Whole() implements Interest {
	}

	/**
	 * Changes are looked at row by row.
	 *
	 * @param footprint which rows of the window's own relation matter, or {@code null}
	 * where the relation is another one
	 * @param rows the rows shown
	 * @param labels the foreign keys by which the window shows rows of the relation
	 */
	record Rows(@Nullable Footprint footprint, List<Row> rows, List<ForeignKey> labels) implements Interest {
	}

	/**
	 * Return what changes of a relation mean to a window.
	 * @param relation one of those that the window depends on
	 * @param key the window
	 * @param page what was read
	 */
	static Interest of(RelationName relation, WindowKey key, WindowPage page) {
		Footprint footprint = page.footprint();
		boolean told = footprint != null && footprint.test() != null && !footprint.others().contains(key.relation())
				&& !isComputed(key);
		if (!told || footprint.others().contains(relation)) {
			return WHOLE;
		}
		List<ForeignKey> labels = footprint.labels().stream().filter((each) -> each.target().equals(relation)).toList();
		if (relation.equals(key.relation())) {
			return new Rows(footprint, page.rows(), labels);
		}
		return labels.isEmpty() ? WHOLE : new Rows(null, page.rows(), labels);
	}

	/**
	 * Whether a function takes part that may look at other rows.
	 */
	private static boolean isComputed(WindowKey key) {
		return key.rights()
			.functions()
			.stream()
			.anyMatch((function) -> function.volatility() != Function.Volatility.IMMUTABLE);
	}

}
