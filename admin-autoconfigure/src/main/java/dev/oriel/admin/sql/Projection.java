package dev.oriel.admin.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.oriel.admin.query.ColumnPath;
import dev.oriel.admin.query.SelectItem;
import dev.oriel.admin.schema.Column;

import org.jspecify.annotations.Nullable;

/**
 * The fields of an answer, in their order: what each is called and how it is computed.
 */
final class Projection {

	private final Expressions expressions;

	private final List<SelectItem> items;

	private final List<String> labels = new ArrayList<>();

	private Projection(Expressions expressions, List<SelectItem> items) {
		this.expressions = expressions;
		this.items = items;
		items.forEach((item) -> this.labels.add(label(item)));
	}

	static Projection of(Scope scope, Expressions expressions, List<SelectItem> select) {
		List<SelectItem> items = new ArrayList<>();
		for (SelectItem item : select.isEmpty() ? List.of(new SelectItem.All()) : select) {
			if (item instanceof SelectItem.All) {
				scope.relation()
					.columns()
					.stream()
					.map(Column::name)
					.filter(scope.readable()::contains)
					.forEach((name) -> items.add(new SelectItem.Field(ColumnPath.of(name), null, null, null, null)));
			}
			else {
				items.add(item);
			}
		}
		return new Projection(expressions, items);
	}

	List<String> labels() {
		return this.labels;
	}

	boolean isGrouped() {
		return this.items.stream().anyMatch(Projection::isFolded);
	}

	/**
	 * Write every field as {@code expression AS c1, …}.
	 */
	void write(SqlText sql) {
		for (int i = 0; i < this.items.size(); i++) {
			sql.add((i > 0) ? ", " : "");
			writeItem(this.items.get(i), sql);
			sql.add(" AS " + column(i));
		}
	}

	/**
	 * Write the fields that rows are grouped by, as positions in the select list.
	 */
	void writeGroupBy(SqlText sql) {
		List<Integer> positions = new ArrayList<>();
		for (int i = 0; i < this.items.size(); i++) {
			if (!isFolded(this.items.get(i))) {
				positions.add(i + 1);
			}
		}
		if (!positions.isEmpty()) {
			sql.add(" GROUP BY ").join(", ", positions, (position) -> sql.add(Integer.toString(position)));
		}
	}

	static String column(int index) {
		return "c" + (index + 1);
	}

	private void writeItem(SelectItem item, SqlText sql) {
		if (item instanceof SelectItem.Field field) {
			writeField(field, sql);
		}
		else if (item instanceof SelectItem.Count count) {
			writeCast(count.cast(), sql, () -> sql.add("count(*)"));
		}
		else if (item instanceof SelectItem.Embed embed) {
			throw Unsupported.embedding(embed.target());
		}
	}

	private void writeField(SelectItem.Field field, SqlText sql) {
		SelectItem.Aggregate aggregate = field.aggregate();
		Runnable value = () -> writeCast(field.cast(), sql, () -> this.expressions.write(field.column(), sql));
		if (aggregate == null) {
			value.run();
			return;
		}
		writeCast(field.aggregateCast(), sql, () -> {
			sql.add(aggregate.name().toLowerCase(Locale.ROOT)).add("(");
			value.run();
			sql.add(")");
		});
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

	private static boolean isFolded(SelectItem item) {
		return item instanceof SelectItem.Count
				|| (item instanceof SelectItem.Field field && field.aggregate() != null);
	}

	private static String label(SelectItem item) {
		if (item instanceof SelectItem.Field field) {
			return label(field);
		}
		if (item instanceof SelectItem.Count count) {
			return (count.alias() != null) ? count.alias() : "count";
		}
		if (item instanceof SelectItem.Embed embed) {
			throw Unsupported.embedding(embed.target());
		}
		throw new IllegalStateException("'*' stands for its columns by now");
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
