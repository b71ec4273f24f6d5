package dev.oriel.admin.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of time that moves along with now: {@code today}, {@code last 7 days},
 * {@code next month}, {@code year to date}. It begins with its first moment and ends
 * before its last.
 *
 * @param frame how it lies around now
 * @param count how many units; 1 unless it is counted
 * @param unit the unit
 * @since 0.1.0
 */
public record Period(Frame frame, int count, Unit unit) {

	/** So that no period leaves the years that PostgreSQL knows. */
	static final int MAX_COUNT = 1000;

	private static final Map<String, Period> NAMED = Map.of("today", of(Frame.THIS, Unit.DAY), "yesterday",
			of(Frame.LAST, Unit.DAY), "tomorrow", of(Frame.NEXT, Unit.DAY));

	private static final Set<Unit> TO_DATE = Set.of(Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR);

	public Period {
		boolean counted = frame == Frame.COUNTED_LAST || frame == Frame.COUNTED_NEXT;
		if (count < 1 || count > (counted ? MAX_COUNT : 1)) {
			throw new IllegalArgumentException("'count' must not be " + count);
		}
		if (frame == Frame.TO_DATE && !TO_DATE.contains(unit)) {
			throw new IllegalArgumentException("There is no '" + unit + " to date'");
		}
	}

	/**
	 * Return a period of one unit.
	 * @param frame how it lies around now
	 * @param unit the unit
	 */
	public static Period of(Frame frame, Unit unit) {
		return new Period(frame, 1, unit);
	}

	/**
	 * Whether the period moves within a day.
	 */
	public boolean isFine() {
		return this.unit == Unit.MINUTE || this.unit == Unit.HOUR;
	}

	/**
	 * Read a period from its words, or return {@code null} if it is none.
	 * @param words the words in lower case
	 */
	static @Nullable Period parse(String... words) {
		Period named = NAMED.get(words[0]);
		if (words.length == 1) {
			return named;
		}
		if (words.length == 3 && words[1].equals("to") && words[2].equals("date")) {
			return unit(words[0], 1).filter(TO_DATE::contains).map((unit) -> of(Frame.TO_DATE, unit)).orElse(null);
		}
		Frame frame = frame(words[0]);
		if (frame == null) {
			return null;
		}
		if (words.length == 2) {
			return unit(words[1], 1).map((unit) -> of(frame, unit)).orElse(null);
		}
		boolean counted = words.length == 3 && frame != Frame.THIS && words[1].matches("[1-9][0-9]{0,3}");
		int count = counted ? Integer.parseInt(words[1]) : 0;
		if (count < 1 || count > MAX_COUNT) {
			return null;
		}
		return unit(words[2], 2)
			.map((unit) -> new Period((frame == Frame.LAST) ? Frame.COUNTED_LAST : Frame.COUNTED_NEXT, count, unit))
			.orElse(null);
	}

	private static @Nullable Frame frame(String word) {
		return switch (word) {
			case "this" -> Frame.THIS;
			case "last" -> Frame.LAST;
			case "next" -> Frame.NEXT;
			default -> null;
		};
	}

	/**
	 * Return the unit of that name; behind a number, the plural is one too.
	 */
	private static Optional<Unit> unit(String word, int count) {
		return Arrays.stream(Unit.values())
			.filter((unit) -> unit.label().equals(word) || (count > 1 && word.equals(unit.label() + "s")))
			.findFirst();
	}

	/**
	 * Return the period's words.
	 */
	@Override
	public String toString() {
		for (Map.Entry<String, Period> named : NAMED.entrySet()) {
			if (named.getValue().equals(this)) {
				return named.getKey();
			}
		}
		String counted = this.count + " " + this.unit.label() + ((this.count > 1) ? "s" : "");
		return switch (this.frame) {
			case THIS -> "this " + this.unit.label();
			case LAST -> "last " + this.unit.label();
			case NEXT -> "next " + this.unit.label();
			case COUNTED_LAST -> "last " + counted;
			case COUNTED_NEXT -> "next " + counted;
			case TO_DATE -> this.unit.label() + " to date";
		};
	}

	/**
	 * How a period lies around now.
	 */
	public enum Frame {

		/** The whole unit that now lies in. */
		THIS,
		/** The whole unit before that. */
		LAST,
		/** The whole unit after that. */
		NEXT,
		/** So many units up to the end of today, or of this minute. */
		COUNTED_LAST,
		/** So many units from the beginning of today, or of this minute. */
		COUNTED_NEXT,
		/** From the beginning of this unit up to the end of today. */
		TO_DATE

	}

	/**
	 * A unit of the calendar. Weeks begin on Monday.
	 */
	public enum Unit {

		MINUTE, HOUR, DAY, WEEK, MONTH, QUARTER, YEAR;

		/**
		 * Return the name in a query, in the singular.
		 */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
