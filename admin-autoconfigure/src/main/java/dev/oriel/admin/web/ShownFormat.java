package dev.oriel.admin.web;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import dev.oriel.admin.schema.ValueKind;

import org.jspecify.annotations.Nullable;

/**
 * The format that the page shows a column in: the one that was chosen, or else the one
 * that its type and its name suggest. The suggestions are those of the page.
 *
 * @param format the format
 * @param options its options by their names
 */
record ShownFormat(ColumnFormat format, Map<String, String> options) {

	private static final Pattern IDENTIFIER = Pattern
		.compile("(^|.*_)(id|no|nr|number|code|zip|postcode|plz|phone|year|oid|pid|port)");

	private static final Pattern PERCENT = Pattern.compile("(^|.*_)(percent|percentage|pct)");

	ShownFormat {
		options = Map.copyOf(options);
	}

	/**
	 * Return the format of a column.
	 * @param chosen the name of the format that was chosen, or {@code null}
	 * @param options the options that were chosen
	 */
	static ShownFormat of(Column column, @Nullable String chosen, Map<String, String> options) {
		ShownFormat guess = guess(column);
		for (ColumnFormat format : ColumnFormat.values()) {
			if (format.label().equals(chosen) && format != guess.format()) {
				return new ShownFormat(format, options);
			}
		}
		return options.isEmpty() ? guess : new ShownFormat(guess.format(), merged(guess.options(), options));
	}

	private static Map<String, String> merged(Map<String, String> usual, Map<String, String> chosen) {
		Map<String, String> merged = new HashMap<>(usual);
		merged.putAll(chosen);
		return merged;
	}

	private static ShownFormat guess(Column column) {
		String name = column.name().toLowerCase(Locale.ROOT);
		if (isNumeric(column)) {
			if (PERCENT.matcher(name).matches()) {
				return new ShownFormat(ColumnFormat.PERCENT, Map.of("scale", "percent"));
			}
			boolean identifier = column.kind() == ValueKind.INTEGER && IDENTIFIER.matcher(name).matches();
			return new ShownFormat(ColumnFormat.NUMBER, identifier ? Map.of("grouping", "false") : Map.of());
		}
		return switch (column.kind()) {
			case BOOLEAN -> new ShownFormat(ColumnFormat.BOOLEAN, Map.of());
			case DATE -> new ShownFormat(ColumnFormat.DATE, Map.of());
			case TIMESTAMP, TIMESTAMPTZ -> new ShownFormat(ColumnFormat.DATETIME, Map.of());
			default -> new ShownFormat(ColumnFormat.TEXT, Map.of());
		};
	}

	/**
	 * Whether the values are numbers, but neither arrays of them nor money, which
	 * PostgreSQL dresses itself.
	 */
	static boolean isNumeric(Column column) {
		DataType type = column.type().unwrapped();
		boolean money = type instanceof DataType.Base base && base.name().equals("money");
		return !(type instanceof DataType.Array) && !money
				&& (column.kind() == ValueKind.INTEGER || column.kind() == ValueKind.NUMBER);
	}

	String option(String name, String otherwise) {
		String value = this.options.getOrDefault(name, "");
		return value.isEmpty() ? otherwise : value;
	}

	@Nullable Integer decimals() {
		String decimals = option("decimals", "");
		return decimals.matches("\\d{1,3}") ? Integer.valueOf(decimals) : null;
	}

}
