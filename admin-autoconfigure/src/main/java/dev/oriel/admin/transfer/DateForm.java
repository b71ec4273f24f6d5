package dev.oriel.admin.transfer;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Dates and points in time, as ISO 8601 has them or in one of the patterns that were
 * given. What could be the day as well as the month is never guessed.
 *
 * @param column the column's name
 * @param patterns the patterns, tried in their order before ISO 8601
 */
record DateForm(String column, List<DatePattern> patterns) implements TextForm {

	private static final Set<String> ENDLESS = Set.of("infinity", "-infinity");

	DateForm {
		patterns = List.copyOf(patterns);
	}

	@Override
	public @Nullable String read(String text) {
		for (DatePattern pattern : this.patterns) {
			String iso = pattern.read(text);
			if (iso != null) {
				return iso;
			}
		}
		// A pattern that begins with the year may have the month last.
		boolean other = isConverting() && this.patterns.stream().anyMatch(DatePattern::isYearFirst);
		return (!other && (isIso(text) || ENDLESS.contains(text.toLowerCase(Locale.ROOT)))) ? text : null;
	}

	/**
	 * Whether a text begins with a year, a month and a day. What follows is looked at by
	 * PostgreSQL.
	 */
	private static boolean isIso(String text) {
		int year = digits(text, 0);
		int month = (year >= 4 && at(text, year) == '-') ? digits(text, year + 1) : 0;
		int end = year + 1 + month;
		return month >= 1 && month <= 2 && at(text, end) == '-' && digits(text, end + 1) >= 1
				&& digits(text, end + 1) <= 2;
	}

	private static int digits(String text, int from) {
		int end = from;
		while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
			end++;
		}
		return end - from;
	}

	private static char at(String text, int position) {
		return (position < text.length()) ? text.charAt(position) : '\0';
	}

	@Override
	public boolean isConverting() {
		return !this.patterns.isEmpty();
	}

	@Override
	public String code() {
		return "22007";
	}

	@Override
	public String problem(String text) {
		return this.patterns.isEmpty()
				? "'%s' is no date as ISO 8601 writes it, YYYY-MM-DD, and is not guessed at".formatted(text)
				: "'%s' is no date written as %s".formatted(text,
						this.patterns.stream().map(DatePattern::toString).collect(Collectors.joining(" or ")));
	}

	@Override
	public String hint(String text) {
		String missing = Advice.missing(this.column, text);
		if (missing != null) {
			return missing;
		}
		String example = (text.indexOf(':') < 0) ? "DD.MM.YYYY" : "DD.MM.YYYY HH24:MI";
		return "Say how the file writes it, for example dates.%s=%s; several ways are separated by |"
			.formatted(this.column, example);
	}

}
