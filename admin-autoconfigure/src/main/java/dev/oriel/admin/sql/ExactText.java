package dev.oriel.admin.sql;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;
import org.jspecify.annotations.Nullable;

/**
 * Values that their texts stand for.
 */
final class ExactText {

	private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

	private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

	private ExactText() {
	}

	/**
	 * Whether values of a type go through their texts unchanged, and have the same text
	 * in every session that writes dates as we do.
	 */
	static boolean isStable(DataType type) {
		DataType base = type.unwrapped();
		if (base instanceof DataType.Enumeration) {
			return true;
		}
		return switch (name(base)) {
			case "int2", "int4", "int8", "numeric", "text", "varchar", "bpchar", "citext", "name", "uuid", "bool",
					"date", "time", "timestamp", "timestamptz" ->
				true;
			default -> false;
		};
	}

	/**
	 * Return the text that PostgreSQL writes for a value that somebody has written, or
	 * {@code null} if two values of the type may be equal although their texts differ, or
	 * nobody but PostgreSQL can tell what is meant.
	 * @param column the column that the value is compared with
	 * @param value the value
	 */
	static @Nullable String canonical(Column column, String value) {
		DataType type = column.type().unwrapped();
		if (type instanceof DataType.Enumeration enumeration) {
			return enumeration.labels().contains(value) ? value : null;
		}
		return switch (name(type)) {
			case "int2", "int4", "int8" ->
				INTEGER.matcher(value).matches() ? Long.toString(Long.parseLong(value)) : null;
			case "uuid" -> UUID.matcher(value).matches() ? value.toLowerCase(Locale.ROOT) : null;
			case "bool" -> List.of("true", "false").contains(value) ? value : null;
			default -> null;
		};
	}

	private static String name(DataType type) {
		boolean known = type instanceof DataType.Base base
				&& (base.sqlName().indexOf('.') < 0 || base.name().equals("citext"));
		return known ? ((DataType.Base) type).name() : "";
	}

}
