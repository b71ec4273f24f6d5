package dev.oriel.admin.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.admin.data.RowField;
import dev.oriel.admin.query.ColumnPath;
import dev.oriel.admin.query.SelectItem;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.transfer.format.CellType;
import dev.oriel.admin.transfer.format.LocalMoments;
import dev.oriel.admin.transfer.format.LocalNumbers;
import dev.oriel.admin.transfer.format.OutputColumn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

/**
 * The columns of a relation as one user sees them in the page: which, in which order,
 * what they are called and how their values are written.
 */
final class ShownColumns {

	private static final Pattern SCALE = Pattern.compile("numeric\\(\\d+,(\\d+)\\)");

	private final Relation relation;

	private final Set<String> readable;

	private final Presentations.Table table;

	private final Map<String, Chosen> chosen;

	private final Locale locale;

	/**
	 * @param readable the columns that there are for the user
	 * @param table how the application wants it to be shown
	 * @param settings what the user wants, as JSON, or {@code null}
	 * @param locale the language in which values are written
	 */
	ShownColumns(Relation relation, Set<String> readable, Presentations.Table table, @Nullable String settings,
			Locale locale) {
		this.relation = relation;
		this.readable = readable;
		this.table = table;
		this.chosen = chosen(settings);
		this.locale = locale;
	}

	/**
	 * Read what the page has written. What is not understood is not there: the settings
	 * are the page's own.
	 */
	private static Map<String, Chosen> chosen(@Nullable String settings) {
		Map<String, Chosen> chosen = new LinkedHashMap<>();
		if (settings == null) {
			return chosen;
		}
		try {
			for (JsonNode column : Json.MAPPER.readTree(settings).path("columns")) {
				JsonNode hidden = column.path("hidden");
				JsonNode format = column.path("format");
				Map<String, String> options = new HashMap<>();
				column.path("options").properties().forEach((option) -> {
					if (option.getValue().isString()) {
						options.put(option.getKey(), option.getValue().asString());
					}
				});
				if (column.path("name").isString()) {
					chosen.put(column.path("name").asString(),
							new Chosen(hidden.isBoolean() ? Boolean.valueOf(hidden.asBoolean()) : null,
									format.isString() ? format.asString() : null,
									column.path("options").isObject() ? options : null));
				}
			}
		}
		catch (JacksonException ex) {
			chosen.clear();
		}
		return chosen;
	}

	/**
	 * Return the columns that are shown, as a query names them.
	 */
	List<SelectItem> select() {
		List<Column> natural = this.relation.columns()
			.stream()
			.filter((column) -> this.readable.contains(column.name()))
			.sorted(Comparator.comparing(
					(column) -> Objects.requireNonNullElse(this.table.column(column).order(), Integer.MAX_VALUE)))
			.toList();
		List<Column> ordered = new ArrayList<>();
		for (String name : this.chosen.keySet()) {
			natural.stream().filter((column) -> column.name().equals(name)).forEach(ordered::add);
		}
		for (int i = 0; i < natural.size(); i++) {
			if (!ordered.contains(natural.get(i))) {
				// What the user has not seen yet stands behind its natural neighbour.
				ordered.add((i == 0) ? 0 : ordered.indexOf(natural.get(i - 1)) + 1, natural.get(i));
			}
		}
		return ordered.stream()
			.filter((column) -> !isHidden(column))
			.<SelectItem>map((column) -> new SelectItem.Field(ColumnPath.of(column.name()), null, null, null, null))
			.toList();
	}

	private boolean isHidden(Column column) {
		Chosen own = this.chosen.get(column.name());
		Boolean hidden = (own != null && own.hidden() != null) ? own.hidden() : this.table.column(column).hidden();
		return Boolean.TRUE.equals(hidden);
	}

	/**
	 * Return the columns of a file.
	 * @param fields the fields of the rows
	 * @param workbook whether its cells hold numbers and points in time as such
	 */
	List<OutputColumn> columns(List<RowField> fields, boolean workbook) {
		return fields.stream().map((field) -> column(field, workbook)).toList();
	}

	private OutputColumn column(RowField field, boolean workbook) {
		CellType type = CellType.of(field.type());
		Column column = field.column();
		if (column == null) {
			return new OutputColumn(field.name(), type);
		}
		Presentations.Column shown = this.table.column(column);
		boolean renamed = !field.name().equals(column.name());
		String label = renamed ? field.name()
				: ((shown.label() != null) ? shown.label() : SchemaDocuments.readable(column.name()));
		ShownFormat format = format(column, shown);
		OutputColumn.ValueText text = null;
		String number = null;
		switch (format.format()) {
			case NUMBER, CURRENCY, PERCENT -> {
				if (type == CellType.DECIMAL || type == CellType.BINARY) {
					LocalNumbers.Style style = style(format);
					text = new LocalNumbers(style, this.locale);
					number = style.numberFormat(this.locale, scale(column));
				}
			}
			case DATE, DATETIME, RELATIVE -> {
				if (type == CellType.DATE || type == CellType.TIMESTAMP) {
					LocalMoments moments = new LocalMoments(
							(format.format() == ColumnFormat.RELATIVE) ? "iso" : format.option("style", "iso"),
							format.format() == ColumnFormat.DATE, format.option("zone", "local").equals("UTC"),
							this.locale);
					text = moments;
					number = moments.numberFormat(type == CellType.TIMESTAMP);
				}
			}
			case BOOLEAN -> text = ShownColumns::truth;
			default -> {
				// Texts are whole in files, as they are.
			}
		}
		boolean cell = type != CellType.TEXT && type != CellType.JSON
				&& !(format.format() == ColumnFormat.BOOLEAN && type != CellType.BOOLEAN);
		return (workbook && cell) ? new OutputColumn(label, type, null, number)
				: new OutputColumn(label, type, text, null);
	}

	private ShownFormat format(Column column, Presentations.Column shown) {
		Chosen own = this.chosen.get(column.name());
		if (own == null || own.format() == null) {
			return ShownFormat.of(column, shown.format(), shown.options());
		}
		return ShownFormat.of(column, own.format(), (own.options() != null) ? own.options() : Map.of());
	}

	private static LocalNumbers.Style style(ShownFormat format) {
		boolean percent = format.format() == ColumnFormat.PERCENT;
		boolean money = format.format() == ColumnFormat.CURRENCY;
		return new LocalNumbers.Style(money ? format.option("currency", "USD") : null,
				format.option("display", "symbol"), percent,
				percent && !format.option("scale", "ratio").equals("percent"), format.decimals(),
				!format.option("grouping", "true").equals("false"));
	}

	private static @Nullable Integer scale(Column column) {
		if (CellType.of(baseType(column)) != CellType.DECIMAL) {
			return null;
		}
		if (!baseType(column).equals("numeric")) {
			return 0;
		}
		Matcher scale = SCALE.matcher(column.declaredType());
		return scale.matches() ? Integer.valueOf(scale.group(1)) : null;
	}

	private static String baseType(Column column) {
		return (column.type().unwrapped() instanceof DataType.Base base) ? base.name() : "";
	}

	private static String truth(String value) {
		return switch (value) {
			case "t" -> "true";
			case "f", "0" -> "false";
			default -> value.matches("-?\\d+") ? "true" : value;
		};
	}

	/**
	 * What a user has chosen for a column.
	 */
	private record Chosen(@Nullable Boolean hidden, @Nullable String format, @Nullable Map<String, String> options) {
	}

}
