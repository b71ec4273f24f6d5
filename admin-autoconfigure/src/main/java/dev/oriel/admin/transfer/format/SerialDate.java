package dev.oriel.admin.transfer.format;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * The number that stands for a point in time in a workbook: days since the last day of
 * 1899, or since the first of 1904. The first way counts a 29th of February 1900, which
 * never was, because Lotus 1-2-3 did.
 */
final class SerialDate {

	private static final LocalDate BEFORE_MARCH_1900 = LocalDate.of(1899, 12, 31);

	private static final LocalDate FROM_MARCH_1900 = LocalDate.of(1899, 12, 30);

	private static final LocalDate SINCE_1904 = LocalDate.of(1904, 1, 1);

	private static final long MILLIS_OF_DAY = 86_400_000;

	/** The last day of 9999. */
	private static final long LAST = 2_958_465;

	private SerialDate() {
	}

	/**
	 * Return a number as PostgreSQL writes points in time, to the millisecond, which is
	 * as exact as spreadsheet programs are.
	 * @param serial the number
	 * @param style how it is shown
	 * @return the text, or {@code null} if the number stands for no point in time
	 */
	static @Nullable String text(BigDecimal serial, DateStyle style, boolean since1904) {
		if (serial.signum() < 0 || serial.compareTo(BigDecimal.valueOf(LAST + 1)) >= 0) {
			return null;
		}
		long millis = serial.multiply(BigDecimal.valueOf(MILLIS_OF_DAY))
			.setScale(0, RoundingMode.HALF_UP)
			.longValueExact();
		long day = millis / MILLIS_OF_DAY;
		long time = millis % MILLIS_OF_DAY;
		if (style == DateStyle.DURATION) {
			return time(millis);
		}
		if (style == DateStyle.TIME && day == 0) {
			return time(time);
		}
		LocalDate date = date(day, since1904);
		if (date == null) {
			return (day == 0 && time > 0) ? time(time) : null;
		}
		return (style == DateStyle.DATE && time == 0) ? date.toString() : date + " " + time(time);
	}

	private static @Nullable LocalDate date(long day, boolean since1904) {
		if (since1904) {
			LocalDate date = SINCE_1904.plusDays(day);
			return (date.getYear() <= 9999) ? date : null;
		}
		if (day == 0 || day == 60 || day > LAST) {
			return null;
		}
		return ((day < 60) ? BEFORE_MARCH_1900 : FROM_MARCH_1900).plusDays(day);
	}

	private static String time(long millis) {
		long seconds = millis / 1000;
		String text = "%02d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
		return (millis % 1000 == 0) ? text : text + ".%03d".formatted(millis % 1000);
	}

	/**
	 * Return the number of a day, or -1 if there is none.
	 */
	static long serial(LocalDate date) {
		if (date.getYear() < 1900 || date.getYear() > 9999) {
			return -1;
		}
		long day = date.toEpochDay() - FROM_MARCH_1900.toEpochDay();
		return (day > 60) ? day : day - 1;
	}

}
