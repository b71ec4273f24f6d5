package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Writes points in time into cells as the numbers that stand for them there. Those that
 * have none, or would be rounded, are left to be texts: before March 1900, behind 9999,
 * infinite, or between two milliseconds.
 */
final class XlsxMoments {

	private static final byte[] DATE = style(XlsxStyles.DATE);

	private static final byte[] TIMESTAMP = style(XlsxStyles.TIMESTAMP);

	private static final byte[] MILLISECONDS = style(XlsxStyles.MILLISECONDS);

	private static final byte[] TIME = style(XlsxStyles.TIME);

	private static final byte[] VALUE = "\"><v>".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] VALUE_END = "</v></c>".getBytes(StandardCharsets.US_ASCII);

	private static final long MILLIS_OF_DAY = 86_400_000;

	private static final int FRACTION_DIGITS = 11;

	private static final long FRACTION = 100_000_000_000L;

	/** The day before and its number, as most rows are of the same days. */
	private int lastDate;

	private long lastSerial = -1;

	private static byte[] style(int style) {
		return ("\" s=\"" + style).getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Write a value, and return whether it could be.
	 * @param style the attribute for another style than the usual, or nothing
	 */
	boolean write(byte[] bytes, int from, int to, CellType type, byte[] style, ByteOutput out) throws IOException {
		long serial = 0;
		int time = from;
		if (type != CellType.TIME) {
			serial = serial(bytes, from, to);
			time = from + 11;
			if (serial < 0) {
				return false;
			}
		}
		if (type == CellType.DATE) {
			return to == from + 10 && write(serial, 0, (style.length > 0) ? style : DATE, out);
		}
		long millis = millis(bytes, time, to, type == CellType.TIMESTAMP);
		if (millis < 0) {
			return false;
		}
		byte[] usual = (type == CellType.TIME) ? TIME : ((millis % 1000 == 0) ? TIMESTAMP : MILLISECONDS);
		return write(serial, millis, (style.length > 0) ? style : usual, out);
	}

	private static boolean write(long serial, long millis, byte[] style, ByteOutput out) throws IOException {
		out.write(style);
		out.write(VALUE);
		out.writeNumber(serial);
		if (millis > 0) {
			out.write('.');
			// Rounded far below a millisecond.
			long fraction = (millis * (FRACTION / 100_000) + 432) / 864;
			long digits = FRACTION / 10;
			for (int i = 0; i < FRACTION_DIGITS; i++) {
				out.write((int) ('0' + fraction / digits % 10));
				digits /= 10;
			}
		}
		out.write(VALUE_END);
		return true;
	}

	/**
	 * Return the number of the day that a text like {@code 2024-05-06} begins with, or -1
	 * if there is none.
	 */
	private long serial(byte[] bytes, int from, int to) {
		boolean written = to - from >= 10 && bytes[from + 4] == '-' && bytes[from + 7] == '-' && bytes[to - 1] != 'C';
		if (!written) {
			return -1;
		}
		int year = digits(bytes, from, 4);
		int month = digits(bytes, from + 5, 2);
		int day = digits(bytes, from + 8, 2);
		if (year < 0 || month < 0 || day < 0) {
			return -1;
		}
		int date = (year * 100 + month) * 100 + day;
		if (date != this.lastDate) {
			this.lastDate = date;
			this.lastSerial = (date >= 19000301) ? serial(year, month, day) : -1;
		}
		return this.lastSerial;
	}

	private static long serial(int year, int month, int day) {
		try {
			return SerialDate.serial(LocalDate.of(year, month, day));
		}
		catch (DateTimeException ex) {
			return -1;
		}
	}

	/**
	 * Return the time of day of a text like {@code 12:34:56.789}, or -1 if it is none or
	 * lies between two milliseconds.
	 * @param zoned whether an offset may follow, which is not looked at: the time is that
	 * of the wall clock
	 */
	private static long millis(byte[] bytes, int from, int to, boolean zoned) {
		if (to - from < 8 || bytes[from + 2] != ':' || bytes[from + 5] != ':') {
			return -1;
		}
		int hour = digits(bytes, from, 2);
		int minute = digits(bytes, from + 3, 2);
		int second = digits(bytes, from + 6, 2);
		long millis = ((hour * 60L + minute) * 60 + second) * 1000;
		int i = from + 8;
		if (i < to && bytes[i] == '.') {
			int scale = 100;
			for (i++; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
				if (scale == 0 && bytes[i] != '0') {
					return -1;
				}
				millis += (long) scale * (bytes[i] - '0');
				scale /= 10;
			}
		}
		boolean ended = i == to || (zoned && (bytes[i] == '+' || bytes[i] == '-'));
		return (hour < 0 || minute < 0 || second < 0 || !ended || millis >= MILLIS_OF_DAY) ? -1 : millis;
	}

	private static int digits(byte[] bytes, int from, int count) {
		int value = 0;
		for (int i = from; i < from + count; i++) {
			if (bytes[i] < '0' || bytes[i] > '9') {
				return -1;
			}
			value = value * 10 + bytes[i] - '0';
		}
		return value;
	}

}
