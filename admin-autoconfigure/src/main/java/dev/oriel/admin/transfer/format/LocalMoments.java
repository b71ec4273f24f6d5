package dev.oriel.admin.transfer.format;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.temporal.TemporalAccessor;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Writes points in time as a language writes them. What is no point in time of our
 * calendar, such as {@code infinity} or a year before Christ, stays as it is.
 *
 * @since 0.1.0
 */
public final class LocalMoments implements OutputColumn.ValueText {

	private static final Pattern MOMENT = Pattern.compile(
			"(\\d{4})-(\\d\\d)-(\\d\\d)(?:[ T](\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,9}))?([+-]\\d\\d(?::\\d\\d(?::\\d\\d)?)?)?)?");

	private final @Nullable FormatStyle style;

	private final boolean dateOnly;

	private final boolean utc;

	private final Locale locale;

	private final Map<Integer, DateTimeFormatter> formatters = new HashMap<>();

	/**
	 * Create the texts of a column.
	 * @param style {@code short}, {@code medium} or {@code long}; anything else for ISO
	 * 8601
	 * @param dateOnly whether the time of day is left out
	 * @param utc whether points in time with an offset are written in UTC instead of in
	 * their own
	 * @param locale the language
	 */
	public LocalMoments(String style, boolean dateOnly, boolean utc, Locale locale) {
		this.style = switch (style) {
			case "short" -> FormatStyle.SHORT;
			case "medium" -> FormatStyle.MEDIUM;
			case "long" -> FormatStyle.LONG;
			default -> null;
		};
		this.dateOnly = dateOnly;
		this.utc = utc;
		this.locale = locale;
	}

	@Override
	public String of(String value) {
		Matcher matcher = MOMENT.matcher(value);
		if (!matcher.matches()) {
			return value;
		}
		try {
			return text(matcher);
		}
		catch (DateTimeException ex) {
			return value;
		}
	}

	private String text(Matcher matcher) {
		LocalDate date = LocalDate.of(number(matcher, 1), number(matcher, 2), number(matcher, 3));
		if (matcher.group(4) == null) {
			return date(date);
		}
		LocalDateTime local = date.atTime(number(matcher, 4), number(matcher, 5), number(matcher, 6));
		String offset = matcher.group(8);
		OffsetDateTime zoned = (offset != null) ? local.atOffset(ZoneOffset.of(offset)) : null;
		if (zoned != null && this.utc) {
			zoned = zoned.withOffsetSameInstant(ZoneOffset.UTC);
			local = zoned.toLocalDateTime();
		}
		if (this.dateOnly) {
			return date(local.toLocalDate());
		}
		String fraction = (matcher.group(7) != null) ? matcher.group(7) : "";
		// The formats repeat the digits that are there; they are put in as nanoseconds.
		TemporalAccessor moment = local
			.withNano(fraction.isEmpty() ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9)));
		String text = formatter(fraction.length()).format(moment);
		return (zoned != null) ? text + " " + zone(zoned.getOffset()) : text;
	}

	private static int number(Matcher matcher, int group) {
		return Integer.parseInt(matcher.group(group));
	}

	private static String zone(ZoneOffset offset) {
		return (offset.getTotalSeconds() == 0) ? "UTC" : DateTimeFormatter.ofPattern("O", Locale.ROOT).format(offset);
	}

	private String date(LocalDate date) {
		return (this.style == null) ? date.toString()
				: this.formatters
					.computeIfAbsent(-1, (key) -> DateTimeFormatter.ofLocalizedDate(this.style).withLocale(this.locale))
					.format(date);
	}

	private DateTimeFormatter formatter(int digits) {
		return this.formatters.computeIfAbsent(digits, (key) -> {
			String pattern = pattern();
			return DateTimeFormatter.ofPattern(
					(digits > 0) ? pattern.replaceFirst("s+", "$0.".concat("S".repeat(digits))) : pattern, this.locale);
		});
	}

	private String pattern() {
		return (this.style == null) ? "uuuu-MM-dd HH:mm:ss" : DateTimeFormatterBuilder
			.getLocalizedDateTimePattern(this.style, FormatStyle.MEDIUM, IsoChronology.INSTANCE, this.locale);
	}

	/**
	 * Return the number format of a workbook's cells that shows the same, or {@code null}
	 * for the usual one.
	 * @param timed whether the values have a time of day
	 */
	public @Nullable String numberFormat(boolean timed) {
		if (this.style == null) {
			return (timed && this.dateOnly) ? "yyyy\\-mm\\-dd" : null;
		}
		boolean time = timed && !this.dateOnly;
		String pattern = DateTimeFormatterBuilder.getLocalizedDateTimePattern(this.style,
				time ? FormatStyle.MEDIUM : null, IsoChronology.INSTANCE, this.locale);
		StringBuilder code = new StringBuilder();
		boolean quoted = false;
		for (int i = 0; i < pattern.length(); i++) {
			char character = pattern.charAt(i);
			if (character == '\'') {
				quoted = !quoted;
			}
			else if (!quoted && Character.isLetter(character)) {
				int length = 1;
				while (i + length < pattern.length() && pattern.charAt(i + length) == character) {
					length++;
				}
				code.append(code(character, length));
				i += length - 1;
			}
			else {
				code.append('\\').append(character);
			}
		}
		return code.toString();
	}

	private static String code(char letter, int length) {
		return switch (letter) {
			case 'y', 'u' -> (length == 2) ? "yy" : "yyyy";
			case 'M', 'L' -> "m".repeat(Math.min(4, length));
			case 'd' -> "d".repeat(Math.min(2, length));
			case 'H', 'k', 'h', 'K' -> "h".repeat(Math.min(2, length));
			case 'm' -> "mm";
			case 's' -> "ss";
			case 'a', 'b', 'B' -> "AM/PM";
			default -> "";
		};
	}

}
