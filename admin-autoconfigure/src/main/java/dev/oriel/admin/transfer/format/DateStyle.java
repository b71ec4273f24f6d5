package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whether a number in a cell is shown as a point in time, which is all that tells a date
 * from a number in a workbook.
 */
enum DateStyle {

	/** It is a number. */
	NONE,
	/** A day. */
	DATE,
	/** A day and a time of day. */
	TIMESTAMP,
	/** A time of day. */
	TIME,
	/** How long something takes, more than a day perhaps. */
	DURATION;

	private static final Pattern ELAPSED = Pattern.compile("\\[(h+|m+|s+)]");

	/** Texts, escaped characters, colours and conditions, fillings. */
	private static final Pattern DECORATION = Pattern.compile("\"[^\"]*\"|\\\\.|\\[[^]]*]|[_*].");

	/**
	 * Return the styles of cells in the order in which cells refer to them.
	 */
	static List<DateStyle> read(XmlPart xml) throws IOException {
		Map<String, DateStyle> formats = new HashMap<>();
		List<DateStyle> styles = new ArrayList<>();
		boolean inCells = false;
		while (xml.next()) {
			if (xml.atEnd("cellXfs")) {
				inCells = false;
			}
			else if (xml.atStart()) {
				String code = xml.attribute("formatCode");
				String id = xml.attribute("numFmtId");
				if (xml.element().equals("cellXfs")) {
					inCells = true;
				}
				else if (xml.element().equals("numFmt") && code != null && id != null) {
					formats.put(id, of(code));
				}
				else if (xml.element().equals("xf") && inCells && styles.size() < 100_000) {
					String format = (id != null) ? id : "0";
					styles.add(formats.containsKey(format) ? formats.get(format) : builtIn(format));
				}
			}
		}
		return styles;
	}

	private static DateStyle builtIn(String id) {
		return switch (id) {
			case "14", "15", "16", "17", "27", "28", "29", "30", "31", "34", "35", "36", "50", "51", "52", "53", "54",
					"57", "58" ->
				DATE;
			case "18", "19", "20", "21", "32", "33", "45", "47", "55", "56" -> TIME;
			case "22" -> TIMESTAMP;
			case "46" -> DURATION;
			default -> NONE;
		};
	}

	/**
	 * Return what a format makes of a number.
	 * @param code the format's code, for example {@code dd.mm.yyyy}
	 */
	static DateStyle of(String code) {
		String lower = code.toLowerCase(Locale.ROOT);
		if (ELAPSED.matcher(lower).find()) {
			return DURATION;
		}
		String plain = DECORATION.matcher(lower).replaceAll("");
		int section = plain.indexOf(';');
		plain = (section >= 0) ? plain.substring(0, section) : plain;
		if (plain.contains("general") || plain.indexOf('0') >= 0 && !plain.contains("s.0") && !plain.contains("s,0")
				|| plain.indexOf('#') >= 0 || plain.indexOf('?') >= 0) {
			return NONE;
		}
		boolean date = plain.indexOf('y') >= 0 || plain.indexOf('d') >= 0;
		boolean time = plain.indexOf('h') >= 0 || plain.indexOf('s') >= 0;
		if (date || time) {
			return (date && time) ? TIMESTAMP : (date ? DATE : TIME);
		}
		return (plain.indexOf('m') >= 0) ? DATE : NONE;
	}

}
