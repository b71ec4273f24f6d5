package dev.oriel.admin.data;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;

/**
 * What a column's type demands of its values, in the words of the database.
 */
final class TypeRule {

	private static final int MAX_LABELS = 50;

	private TypeRule() {
	}

	static String of(Column column) {
		return of(column.type(), column.declaredType());
	}

	/**
	 * Return a sentence that says what a column takes.
	 */
	static String demand(Column column) {
		return "The field '%s' takes %s.".formatted(column.name(), of(column));
	}

	private static String of(DataType type, String declared) {
		if (type instanceof DataType.Domain domain) {
			String base = of(domain.base(), domain.base().sqlName());
			return Stream.of(List.of(declared + ", " + base), domain.checks())
				.flatMap(List::stream)
				.collect(Collectors.joining(", ")) + (domain.notNull() ? ", NOT NULL" : "");
		}
		if (type instanceof DataType.Enumeration enumeration) {
			String labels = enumeration.labels()
				.stream()
				.limit(MAX_LABELS)
				.map((label) -> "'" + label.replace("'", "''") + "'")
				.collect(Collectors.joining(", "));
			return declared + " (" + labels + ((enumeration.labels().size() > MAX_LABELS) ? ", …)" : ")");
		}
		return switch ((type instanceof DataType.Base base) ? base.name() : "") {
			case "int2" -> declared + " (-32768 to 32767)";
			case "int4" -> declared + " (-2147483648 to 2147483647)";
			case "int8" -> declared + " (-9223372036854775808 to 9223372036854775807)";
			default -> declared;
		};
	}

}
