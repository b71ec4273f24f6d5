package dev.oriel.admin.transfer;

import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.DataType;

/**
 * Tells which texts are values of a column's type for certain, so that PostgreSQL need
 * not be asked. It says no whenever it takes more than a glance.
 */
final class CertainValues {

	private static final Pattern MODIFIERS = Pattern.compile("\\((\\d+)(?:,(\\d+))?\\)$");

	private static final Set<String> BOOLEANS = Set.of("t", "f", "true", "false", "yes", "no", "1", "0", "on", "off");

	/** PostgreSQL takes far more digits; so many are certain for every number. */
	private static final int DIGITS = 15;

	/** The characters of which UUIDs are made. A table, as files are full of them. */
	private static final boolean[] HEX = new boolean['f' + 1];

	static {
		"0123456789abcdefABCDEF".chars().forEach((digit) -> HEX[digit] = true);
	}

	private CertainValues() {
	}

	/**
	 * Return what is true of texts that are values of the column for certain.
	 */
	static Predicate<String> of(Column column) {
		if (column.type() instanceof DataType.Enumeration enumeration) {
			return Set.copyOf(enumeration.labels())::contains;
		}
		if (!(column.type() instanceof DataType.Base base)) {
			return (text) -> false;
		}
		Matcher modifiers = MODIFIERS.matcher(column.declaredType());
		boolean modified = modifiers.find();
		if (!modified && column.declaredType().indexOf('(') >= 0) {
			return (text) -> false;
		}
		int first = modified ? Integer.parseInt(modifiers.group(1)) : -1;
		int second = (modified && modifiers.group(2) != null) ? Integer.parseInt(modifiers.group(2)) : 0;
		return switch (base.name()) {
			case "text" -> (text) -> true;
			case "varchar", "bpchar" -> modified ? (text) -> text.length() <= first : (text) -> true;
			case "int2" -> (text) -> isInteger(text, 4);
			case "int4" -> (text) -> isInteger(text, 9);
			case "int8" -> (text) -> isInteger(text, 18);
			case "numeric" -> modified ? (text) -> isNumber(text, first - second) : (text) -> isNumber(text, DIGITS);
			case "float4", "float8" -> (text) -> isNumber(text, DIGITS);
			case "bool" -> BOOLEANS::contains;
			case "date" -> (text) -> text.length() == 10 && isDate(text);
			case "timestamp", "timestamptz" -> modified ? (text) -> false : CertainValues::isTimestamp;
			case "uuid" -> CertainValues::isUuid;
			case "json", "jsonb" -> PlainJson::is;
			default -> (text) -> false;
		};
	}

	private static boolean isInteger(String text, int digits) {
		int from = text.startsWith("-") ? 1 : 0;
		return text.length() > from && text.length() - from <= digits && isDigits(text, from, text.length());
	}

	private static boolean isNumber(String text, int digits) {
		int from = text.startsWith("-") ? 1 : 0;
		int point = text.indexOf('.');
		int end = (point >= 0) ? point : text.length();
		// A value may be rounded up into one more digit, so the last is left free.
		return end > from && end - from <= Math.min(digits - ((point >= 0) ? 1 : 0), DIGITS)
				&& text.length() - end <= DIGITS && isDigits(text, from, end)
				&& (point < 0 || (text.length() > point + 1 && isDigits(text, point + 1, text.length())));
	}

	private static boolean isDigits(String text, int from, int to) {
		for (int i = from; i < to; i++) {
			char character = text.charAt(i);
			if (character < '0' || character > '9') {
				return false;
			}
		}
		return true;
	}

	private static boolean isDate(String text) {
		if (text.length() < 10 || text.charAt(4) != '-' || text.charAt(7) != '-' || !isDigits(text, 0, 4)
				|| !isDigits(text, 5, 7) || !isDigits(text, 8, 10)) {
			return false;
		}
		int month = two(text, 5);
		int day = two(text, 8);
		return !text.startsWith("0000") && month >= 1 && month <= 12 && day >= 1
				&& day <= lastDay(month, isLeap(two(text, 0) * 100 + two(text, 2)));
	}

	private static boolean isLeap(int year) {
		return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	}

	private static int lastDay(int month, boolean leap) {
		return switch (month) {
			case 2 -> leap ? 29 : 28;
			case 4, 6, 9, 11 -> 30;
			default -> 31;
		};
	}

	private static boolean isTimestamp(String text) {
		if (!isDate(text)) {
			return false;
		}
		if (text.length() == 10) {
			return true;
		}
		if (text.length() < 19 || (text.charAt(10) != ' ' && text.charAt(10) != 'T') || text.charAt(13) != ':'
				|| text.charAt(16) != ':' || !isDigits(text, 11, 13) || !isDigits(text, 14, 16)
				|| !isDigits(text, 17, 19)) {
			return false;
		}
		return two(text, 11) <= 23 && two(text, 14) <= 59 && two(text, 17) <= 59 && isCertainEnd(text);
	}

	/**
	 * Whether after the seconds there is nothing, or a fraction, or an offset.
	 */
	private static boolean isCertainEnd(String text) {
		int position = 19;
		if (position < text.length() && text.charAt(position) == '.') {
			int from = ++position;
			while (position < text.length() && isDigits(text, position, position + 1)) {
				position++;
			}
			if (position == from || position - from > 6) {
				return false;
			}
		}
		String zone = text.substring(position);
		return zone.isEmpty() || zone.equals("Z") || zone.equals("+00") || zone.equals("+00:00");
	}

	private static int two(String text, int from) {
		return (text.charAt(from) - '0') * 10 + text.charAt(from + 1) - '0';
	}

	private static boolean isUuid(String text) {
		return text.length() == 36 && text.charAt(8) == '-' && text.charAt(13) == '-' && text.charAt(18) == '-'
				&& text.charAt(23) == '-' && isHex(text, 0, 8) && isHex(text, 9, 13) && isHex(text, 14, 18)
				&& isHex(text, 19, 23) && isHex(text, 24, 36);
	}

	private static boolean isHex(String text, int from, int to) {
		for (int i = from; i < to; i++) {
			char character = text.charAt(i);
			if (character >= HEX.length || !HEX[character]) {
				return false;
			}
		}
		return true;
	}

}
