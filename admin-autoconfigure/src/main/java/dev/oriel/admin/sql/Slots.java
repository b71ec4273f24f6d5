package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.oriel.admin.query.ColumnPath;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.query.SelectItem;
import dev.oriel.admin.schema.Column;
import org.jspecify.annotations.Nullable;

/**
 * Lays out the fields that a select list asks for.
 */
final class Slots {

	private static final String COUNT = "count";

	private Slots() {
	}

	/**
	 * Return the fields in their order.
	 * @param scope the relation
	 * @param select the select list
	 * @param embeddings what the select list embeds
	 */
	static List<Slot> of(Scope scope, List<SelectItem> select, Embeddings embeddings) {
		List<Slot> slots = new ArrayList<>();
		for (SelectItem item : select) {
			if (item instanceof SelectItem.All) {
				scope.relation()
					.columns()
					.stream()
					.map(Column::name)
					.filter(scope.readable()::contains)
					.map((name) -> new SelectItem.Field(ColumnPath.of(name), null, null, null, null))
					.forEach((field) -> slots.add(own(field, label(field), null)));
			}
			else if (item instanceof SelectItem.Field field) {
				slots.add(countsRows(field, scope) ? count(new SelectItem.Count(field.alias(), field.cast()))
						: own(field, label(field), fold(field)));
			}
			else if (item instanceof SelectItem.Count count) {
				slots.add(count(count));
			}
			else if (item instanceof SelectItem.Embed embed) {
				joined(embeddings.of(embed)).forEach(slots::add);
			}
		}
		return slots;
	}

	private static Slot count(SelectItem.Count count) {
		String label = (count.alias() != null) ? count.alias() : COUNT;
		return own(count, label, new Slot.Fold(COUNT, count.cast()));
	}

	/**
	 * Whether {@code count} without parentheses means the number of rows, as in clients
	 * written before there were aggregates. A column of that name that may not be read is
	 * treated as if there were none.
	 */
	private static boolean countsRows(SelectItem.Field field, Scope scope) {
		return field.column().equals(ColumnPath.of(COUNT)) && field.aggregate() == null
				&& !scope.readable().contains(COUNT) && scope.computed(COUNT) == null;
	}

	private static Slot own(SelectItem item, String label, Slot.@Nullable Fold fold) {
		return new Slot(label, new Slot.Own(item), fold, false);
	}

	private static Stream<Slot> joined(Embedding embedding) {
		List<Slot> slots = embedding.level().slots();
		if (!embedding.embed().spread()) {
			Slot whole = new Slot(embedding.embed().label(), new Slot.Joined(embedding, 0), null, true);
			return slots.isEmpty() ? Stream.empty() : Stream.of(whole);
		}
		boolean toOne = embedding.toOne();
		if (!toOne && slots.stream().anyMatch((slot) -> slot.fold() != null)) {
			throw new QueryException("PGRST127", "Feature not implemented",
					"Aggregates are not implemented for one-to-many or many-to-many spreads.", null);
		}
		return IntStream.range(0, slots.size())
			.mapToObj((i) -> new Slot(slots.get(i).label(), new Slot.Joined(embedding, i), slots.get(i).fold(),
					!toOne || slots.get(i).json()));
	}

	private static Slot.@Nullable Fold fold(SelectItem.Field field) {
		return (field.aggregate() != null)
				? new Slot.Fold(field.aggregate().name().toLowerCase(Locale.ROOT), field.aggregateCast()) : null;
	}

	private static String label(SelectItem.Field field) {
		if (field.alias() != null) {
			return field.alias();
		}
		if (field.aggregate() != null) {
			return field.aggregate().name().toLowerCase(Locale.ROOT);
		}
		List<ColumnPath.Step> path = field.column().path();
		for (int i = path.size() - 1; i >= 0; i--) {
			if (!path.get(i).index()) {
				return path.get(i).key();
			}
		}
		return field.column().column();
	}

}
