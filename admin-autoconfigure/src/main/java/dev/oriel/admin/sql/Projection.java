package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.query.SelectItem;
import org.jspecify.annotations.Nullable;

/**
 * The fields that the inner statement of a level computes.
 */
final class Projection {

	private final Level level;

	private final boolean grouped;

	Projection(Level level) {
		this.level = level;
		this.grouped = level.isGrouped();
	}

	/**
	 * Write every field as {@code expression AS c1, …} and return whether there is any.
	 */
	boolean write(SqlText sql) {
		boolean any = false;
		for (int i = 0; i < this.level.slots().size(); i++) {
			Slot slot = this.level.slots().get(i);
			if (this.grouped || slot.source() instanceof Slot.Own) {
				sql.add(any ? ", " : "");
				writeSlot(slot, sql);
				sql.add(" AS " + Page.column(i));
				any = true;
			}
		}
		return any;
	}

	/**
	 * Write the fields that rows are grouped by, as positions in the select list.
	 */
	void writeGroupBy(SqlText sql) {
		List<Integer> positions = new ArrayList<>();
		for (int i = 0; i < this.level.slots().size(); i++) {
			if (this.level.slots().get(i).fold() == null) {
				positions.add(i + 1);
			}
		}
		if (!positions.isEmpty()) {
			sql.add(" GROUP BY ").join(", ", positions, (position) -> sql.add(Integer.toString(position)));
		}
	}

	private void writeSlot(Slot slot, SqlText sql) {
		Slot.Fold fold = this.grouped ? slot.fold() : null;
		if (fold != null) {
			writeCast(fold.cast(), sql, () -> {
				sql.add(fold.function()).add("(");
				writeValue(slot, sql);
				sql.add(")");
			});
		}
		else if (this.grouped && slot.json()) {
			sql.add("CAST(");
			writeValue(slot, sql);
			sql.add(" AS jsonb)");
		}
		else {
			writeValue(slot, sql);
		}
	}

	private void writeValue(Slot slot, SqlText sql) {
		if (slot.source() instanceof Slot.Joined joined) {
			sql.add(Page.joined(joined));
		}
		else if (((Slot.Own) slot.source()).item() instanceof SelectItem.Field field) {
			writeCast(field.cast(), sql, () -> this.level.expressions().write(field.column(), sql));
		}
		else {
			// Folded by a level above, a row counts where there is one.
			sql.add(this.grouped ? "*" : "TRUE");
		}
	}

	private static void writeCast(@Nullable String cast, SqlText sql, Runnable expression) {
		if (cast == null) {
			expression.run();
			return;
		}
		sql.add("CAST(");
		expression.run();
		sql.add(" AS " + CastTypes.resolve(cast) + ")");
	}

}
