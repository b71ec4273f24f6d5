package dev.oriel.admin.data;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;

/**
 * Which changes can make a page another one. Whatever is not excluded here can.
 *
 * @param test finds out whether a changed row of the relation belongs to the page, or
 * {@code null} where that cannot be found out
 * @param single whether a row that the page does not show, and that does not belong to it
 * as it is now, has nothing to do with it. Otherwise, as with groups and pages that skip
 * rows, that is known of new rows only
 * @param required columns of the relation by their names, and the texts of which one must
 * be a row's if it belongs to the page
 * @param labels the foreign keys by which single related rows are shown: a change of one
 * of those concerns the shown rows that point at it, and no others
 * @param others relations any change of which may change the page
 * @param complete whether the page shows all rows that meet its conditions
 * @since 0.1.0
 */
public record Footprint(@Nullable RowTest test, boolean single, Map<String, Set<String>> required,
		List<ForeignKey> labels, Set<RelationName> others, boolean complete) {

	public Footprint {
		required = Map.copyOf(required);
		labels = List.copyOf(labels);
		others = Set.copyOf(others);
	}

}
