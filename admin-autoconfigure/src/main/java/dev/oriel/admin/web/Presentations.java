package dev.oriel.admin.web;

import java.util.Map;

import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;

import org.jspecify.annotations.Nullable;

/**
 * How the application's configuration wants relations and columns to be shown. What it
 * does not say is taken from the tags of their comments.
 *
 * @param tables the relations that are configured
 * @since 0.1.0
 */
public record Presentations(Map<RelationName, Table> tables) {

	private static final Table NO_TABLE = new Table(null, null, null, null, Map.of());

	private static final Column NO_COLUMN = new Column(null, null, null, null, null, Map.of());

	public Presentations {
		tables = Map.copyOf(tables);
	}

	/**
	 * Return how a relation is to be shown.
	 */
	Table table(Relation relation) {
		Table configured = this.tables.getOrDefault(relation.name(), NO_TABLE);
		Map<String, String> tags = relation.structure().tags();
		return tags.isEmpty() ? configured : new Table(label(configured.label(), tags), configured.icon(),
				configured.display(), hidden(configured.hidden(), tags), configured.columns());
	}

	private static @Nullable String label(@Nullable String configured, Map<String, String> tags) {
		String tag = tags.getOrDefault("label", "");
		return (configured != null || tag.isEmpty()) ? configured : tag;
	}

	private static @Nullable Boolean hidden(@Nullable Boolean configured, Map<String, String> tags) {
		return (configured != null || !tags.containsKey("hidden")) ? configured : Boolean.TRUE;
	}

	/**
	 * How a relation is shown.
	 *
	 * @param label its name in the page, or {@code null}
	 * @param icon the name of its icon, or {@code null}
	 * @param display the template that stands for one row, for example {@code {first}
	 * {last}}, or {@code null}
	 * @param hidden whether it is left out of the navigation, or {@code null}
	 * @param columns the columns that are configured
	 */
	public record Table(@Nullable String label, @Nullable String icon, @Nullable String display,
			@Nullable Boolean hidden, Map<String, Column> columns) {

		public Table {
			columns = Map.copyOf(columns);
		}

		/**
		 * Return how a column is to be shown.
		 */
		Column column(dev.oriel.admin.schema.Column column) {
			Column configured = this.columns.getOrDefault(column.name(), NO_COLUMN);
			Map<String, String> tags = column.tags();
			if (tags.isEmpty()) {
				return configured;
			}
			String format = (configured.format() != null) ? configured.format()
					: ColumnFormat.labelOf(tags.get("format"));
			return new Column(Presentations.label(configured.label(), tags), format,
					Presentations.hidden(configured.hidden(), tags), configured.order(), configured.width(),
					configured.options());
		}

	}

	/**
	 * How a column is shown.
	 *
	 * @param label its name in the page, or {@code null}
	 * @param format the name of its format, or {@code null}
	 * @param hidden whether it is hidden at first, or {@code null}
	 * @param order its place, smaller first, or {@code null}
	 * @param width its width in pixels, or {@code null}
	 * @param options the format's options
	 */
	public record Column(@Nullable String label, @Nullable String format, @Nullable Boolean hidden,
			@Nullable Integer order, @Nullable Integer width, Map<String, String> options) {

		public Column {
			options = Map.copyOf(options);
		}

	}

}
