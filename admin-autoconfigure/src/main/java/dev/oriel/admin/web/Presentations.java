package dev.oriel.admin.web;

import java.util.Map;

import dev.oriel.admin.schema.RelationName;

import org.jspecify.annotations.Nullable;

/**
 * How the application's configuration wants relations and columns to be shown.
 *
 * @param tables the relations that are configured
 * @since 0.1.0
 */
public record Presentations(Map<RelationName, Table> tables) {

	private static final Table NO_TABLE = new Table(null, null, null, false, Map.of());

	private static final Column NO_COLUMN = new Column(null, null, false, null, null, Map.of());

	public Presentations {
		tables = Map.copyOf(tables);
	}

	Table table(RelationName relation) {
		return this.tables.getOrDefault(relation, NO_TABLE);
	}

	/**
	 * How a relation is shown.
	 *
	 * @param label its name in the page, or {@code null}
	 * @param icon the name of its icon, or {@code null}
	 * @param display the template that stands for one row, for example {@code {first}
	 * {last}}, or {@code null}
	 * @param hidden whether it is left out of the navigation
	 * @param columns the columns that are configured
	 */
	public record Table(@Nullable String label, @Nullable String icon, @Nullable String display, boolean hidden,
			Map<String, Column> columns) {

		public Table {
			columns = Map.copyOf(columns);
		}

		Column column(String name) {
			return this.columns.getOrDefault(name, NO_COLUMN);
		}

	}

	/**
	 * How a column is shown.
	 *
	 * @param label its name in the page, or {@code null}
	 * @param format the name of its format, or {@code null}
	 * @param hidden whether it is hidden at first
	 * @param order its place, smaller first, or {@code null}
	 * @param width its width in pixels, or {@code null}
	 * @param options the format's options
	 */
	public record Column(@Nullable String label, @Nullable String format, boolean hidden, @Nullable Integer order,
			@Nullable Integer width, Map<String, String> options) {

		public Column {
			options = Map.copyOf(options);
		}

	}

}
