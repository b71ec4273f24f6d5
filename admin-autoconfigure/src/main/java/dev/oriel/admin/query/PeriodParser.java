package dev.oriel.admin.query;

import java.util.Arrays;
import java.util.Locale;

import dev.oriel.admin.query.Filter.Side;
import dev.oriel.admin.query.Filter.Within;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes what stands after the operator {@code within}:
 * {@code within.last 7 days}, {@code within(Europe/Berlin).before today}.
 */
final class PeriodParser {

	static final String OPERATOR = "within";

	private static final int ZONE_LENGTH = 64;

	private PeriodParser() {
	}

	/**
	 * Read a filter from where its operator ends.
	 * @param nested whether it stands in a logic tree
	 */
	static Within parse(ColumnPath column, Scanner scanner, boolean nested) {
		String zone = scanner.skip("(") ? zone(scanner) : null;
		scanner.expectDelimiter();
		int start = scanner.position();
		String text = nested ? ListParser.value(scanner) : scanner.rest();
		String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+");
		Side side = side(words);
		Period period = Period.parse((side == Side.IN) ? words : Arrays.copyOfRange(words, 1, words.length));
		if (period == null) {
			scanner.reset(start);
			throw scanner.refused("'" + Scanner.shorten(text) + "' is no period. Write today, yesterday, tomorrow; "
					+ "this, last or next with minute, hour, day, week, month, quarter or year; "
					+ "last or next with a number from 1 to " + Period.MAX_COUNT + " and units (last 7 days); "
					+ "week, month, quarter or year with 'to date'; and before or after in front of any of these");
		}
		return new Within(column, side, period, zone);
	}

	private static Side side(String[] words) {
		if (words.length == 1) {
			return Side.IN;
		}
		return switch (words[0]) {
			case "before" -> Side.BEFORE;
			case "after" -> Side.AFTER;
			default -> Side.IN;
		};
	}

	private static String zone(Scanner scanner) {
		int start = scanner.position();
		String zone = scanner.until(")");
		if (!isZone(zone)) {
			scanner.reset(start);
			throw scanner.unexpected("the name of a time zone (Europe/Berlin, UTC, Etc/GMT+5)");
		}
		scanner.expect(")");
		return zone;
	}

	private static boolean isZone(String zone) {
		return !zone.isEmpty() && zone.length() <= ZONE_LENGTH
				&& zone.chars()
					.allMatch((character) -> character < 128
							&& (Character.isLetterOrDigit(character) || "_+-/".indexOf(character) >= 0));
	}

	/**
	 * Return the operator and its value.
	 */
	static String write(Within within, boolean nested) {
		String side = (within.side() == Side.IN) ? "" : within.side().name().toLowerCase(Locale.ROOT) + " ";
		String period = side + within.period();
		return operator(within.zone()) + "." + (nested ? FilterWriter.value(period) : period);
	}

	private static String operator(@Nullable String zone) {
		if (zone == null) {
			return OPERATOR;
		}
		if (!isZone(zone)) {
			throw new IllegalArgumentException("'" + zone + "' cannot be written as the name of a time zone");
		}
		return OPERATOR + "(" + zone + ")";
	}

}
