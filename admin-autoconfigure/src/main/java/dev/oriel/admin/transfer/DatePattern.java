package dev.oriel.admin.transfer;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A way to write dates and times, in the words that PostgreSQL's {@code to_date} has for
 * it, such as {@code DD.MM.YYYY HH24:MI}. A text has to keep to it exactly: nothing is
 * skipped, nothing is left over, and there is no 30 February. Only a leading zero of a
 * day, a month or an hour may be left out where no digit follows.
 */
final class DatePattern {

	/** The longer ones first, because the shorter ones begin like them. */
	private static final List<String> WORDS = List.of("MONTH", "YYYY", "HH24", "HH12", "MON", "YY", "MM", "DD", "HH",
			"MI", "SS", "MS", "US", "FF", "AM", "PM", "TZ");

	private static final List<String> MONTHS = List.of("january", "february", "march", "april", "may", "june", "july",
			"august", "september", "october", "november", "december");

	/** As PostgreSQL has it: 70 is 1970 and 69 is 2069. */
	private static final int PIVOT = 70;

	private final String pattern;

	private final List<String> parts = new ArrayList<>();

	private DatePattern(String pattern) {
		this.pattern = pattern;
	}

	/**
	 * Read a pattern.
	 * @param pattern the pattern
	 * @return {@code null} if it holds no day, month and year, or letters that are no
	 * word
	 */
	static @Nullable DatePattern parse(String pattern) {
		DatePattern parsed = new DatePattern(pattern);
		String upper = pattern.toUpperCase(Locale.ROOT);
		int position = 0;
		while (position < pattern.length()) {
			String word = word(upper, position);
			if (word == null && Character.isLetterOrDigit(pattern.charAt(position))
					&& !(upper.charAt(position) == 'T' && position > 0)) {
				return null;
			}
			parsed.parts.add((word != null) ? word : pattern.substring(position, position + 1));
			position += (word != null) ? word.length() : 1;
		}
		boolean whole = parsed.has("DD") && (parsed.has("MM") || parsed.has("MON") || parsed.has("MONTH"))
				&& (parsed.has("YYYY") || parsed.has("YY"));
		return whole ? parsed : null;
	}

	private static @Nullable String word(String text, int position) {
		return WORDS.stream().filter((word) -> text.startsWith(word, position)).findFirst().orElse(null);
	}

	private boolean has(String word) {
		return this.parts.contains(word);
	}

	/**
	 * Return a date or a point in time as ISO 8601 has it, or {@code null} if it is
	 * written in another way.
	 */
	@Nullable String read(String text) {
		Reading reading = new Reading(text);
		for (int i = 0; i < this.parts.size(); i++) {
			boolean digitFollows = i + 1 < this.parts.size() && isNumber(this.parts.get(i + 1));
			if (!reading.read(this.parts.get(i), digitFollows)) {
				return null;
			}
		}
		return (reading.position == text.length()) ? reading.iso() : null;
	}

	private static boolean isNumber(String part) {
		return switch (part) {
			case "YYYY", "YY", "MM", "DD", "HH", "HH12", "HH24", "MI", "SS", "MS", "US", "FF" -> true;
			default -> false;
		};
	}

	/**
	 * Whether the year is what texts begin with.
	 */
	boolean isYearFirst() {
		return this.parts.get(0).startsWith("YY");
	}

	@Override
	public String toString() {
		return this.pattern;
	}

	/**
	 * A text that is being read.
	 */
	private static final class Reading {

		private final String text;

		private int position;

		private int year;

		private int month;

		private int day;

		private int hour = -1;

		private int minute;

		private int second;

		private String fraction = "";

		private @Nullable Boolean afternoon;

		private boolean halves;

		private String zone = "";

		private Reading(String text) {
			this.text = text;
		}

		private boolean read(String part, boolean digitFollows) {
			int least = digitFollows ? 2 : 1;
			return switch (part) {
				case "YYYY" -> (this.year = number(4, 4)) > 0;
				case "YY" -> {
					int two = number(2, 2);
					this.year = (two < PIVOT) ? 2000 + two : 1900 + two;
					yield two >= 0;
				}
				case "MM" -> (this.month = number(least, 2)) > 0;
				case "DD" -> (this.day = number(least, 2)) > 0;
				case "MON" -> (this.month = month(true)) > 0;
				case "MONTH" -> (this.month = month(false)) > 0;
				case "HH24" -> (this.hour = number(least, 2)) >= 0;
				case "HH", "HH12" -> {
					this.halves = true;
					this.hour = number(least, 2);
					yield this.hour >= 1 && this.hour <= 12;
				}
				case "MI" -> (this.minute = number(2, 2)) >= 0;
				case "SS" -> (this.second = number(2, 2)) >= 0;
				case "MS" -> fraction(3, 3);
				case "US" -> fraction(6, 6);
				case "FF" -> fraction(1, 6);
				case "AM", "PM" -> half();
				case "TZ" -> zone();
				default -> literal(part.charAt(0));
			};
		}

		private boolean literal(char character) {
			boolean there = this.position < this.text.length() && this.text.charAt(this.position) == character;
			this.position += there ? 1 : 0;
			return there;
		}

		private int number(int least, int most) {
			int from = this.position;
			int value = 0;
			while (this.position < this.text.length() && this.position - from < most
					&& isDigit(this.text.charAt(this.position))) {
				value = value * 10 + this.text.charAt(this.position++) - '0';
			}
			return (this.position - from < least) ? -1 : value;
		}

		private static boolean isDigit(char character) {
			return character >= '0' && character <= '9';
		}

		private int month(boolean abbreviated) {
			for (int i = 0; i < MONTHS.size(); i++) {
				String name = abbreviated ? MONTHS.get(i).substring(0, 3) : MONTHS.get(i);
				if (this.text.regionMatches(true, this.position, name, 0, name.length())) {
					this.position += name.length();
					return i + 1;
				}
			}
			return -1;
		}

		private boolean fraction(int least, int most) {
			int from = this.position;
			boolean read = number(least, most) >= 0;
			this.fraction = "." + this.text.substring(from, this.position);
			return read;
		}

		private boolean half() {
			boolean am = this.text.regionMatches(true, this.position, "am", 0, 2);
			boolean pm = this.text.regionMatches(true, this.position, "pm", 0, 2);
			this.afternoon = pm;
			this.position += (am || pm) ? 2 : 0;
			return am || pm;
		}

		private boolean zone() {
			int from = this.position;
			if (literal('Z')) {
				this.zone = "Z";
				return true;
			}
			boolean signed = literal('+') || literal('-');
			boolean read = signed && number(2, 2) >= 0 && (!literal(':') || number(2, 2) >= 0);
			this.zone = this.text.substring(from, this.position);
			return read;
		}

		private @Nullable String iso() {
			if (this.halves) {
				if (this.afternoon == null) {
					return null;
				}
				this.hour = this.hour % 12 + (this.afternoon ? 12 : 0);
			}
			if (this.hour > 23 || this.minute > 59 || this.second > 59) {
				return null;
			}
			try {
				String date = LocalDate.of(this.year, this.month, this.day).toString();
				return (this.hour < 0) ? date : "%s %02d:%02d:%02d%s%s".formatted(date, this.hour, this.minute,
						this.second, this.fraction, this.zone);
			}
			catch (DateTimeException ex) {
				return null;
			}
		}

	}

}
