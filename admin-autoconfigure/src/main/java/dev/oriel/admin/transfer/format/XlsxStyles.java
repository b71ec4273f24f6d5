package dev.oriel.admin.transfer.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The styles of a workbook's cells: first those that every workbook has, then one for
 * each number format.
 */
final class XlsxStyles {

	/** As the program likes it. */
	static final int GENERAL = 0;

	/** What stands in the first row. */
	static final int HEADER = 1;

	static final int DATE = 2;

	static final int TIMESTAMP = 3;

	static final int MILLISECONDS = 4;

	static final int TIME = 5;

	/** Text, whatever it looks like. */
	static final int TEXT = 6;

	private static final int FIRST_FORMAT = 164;

	private static final List<String> BUILT_IN = List.of("yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd\\ hh:mm:ss",
			"yyyy\\-mm\\-dd\\ hh:mm:ss.000", "hh:mm:ss");

	private final Map<String, Integer> formats = new LinkedHashMap<>();

	/**
	 * Return the style of cells with a number format.
	 */
	int of(String format) {
		return this.formats.computeIfAbsent(format, (key) -> TEXT + 1 + this.formats.size());
	}

	String xml() {
		List<String> codes = new ArrayList<>(BUILT_IN);
		codes.addAll(this.formats.keySet());
		StringBuilder xml = new StringBuilder(XlsxParts.PROLOG)
			.append("<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts count=\"")
			.append(codes.size())
			.append("\">");
		for (int i = 0; i < codes.size(); i++) {
			xml.append("<numFmt numFmtId=\"")
				.append(FIRST_FORMAT + i)
				.append("\" formatCode=\"")
				.append(XmlText.escaped(codes.get(i)))
				.append("\"/>");
		}
		xml.append("</numFmts><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>")
			.append("<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>")
			.append("<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>")
			.append("<fill><patternFill patternType=\"gray125\"/></fill></fills>")
			.append("<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>")
			.append("<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>")
			.append("<cellXfs count=\"")
			.append(TEXT + 1 + this.formats.size())
			.append("\">");
		style(xml, 0, 0);
		style(xml, 49, 1);
		for (int i = 0; i < BUILT_IN.size(); i++) {
			style(xml, FIRST_FORMAT + i, 0);
		}
		style(xml, 49, 0);
		for (int i = 0; i < this.formats.size(); i++) {
			style(xml, FIRST_FORMAT + BUILT_IN.size() + i, 0);
		}
		return xml.append("</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>")
			.append("</cellStyles></styleSheet>")
			.toString();
	}

	private static void style(StringBuilder xml, int format, int font) {
		xml.append("<xf numFmtId=\"%d\" fontId=\"%d\" fillId=\"0\" borderId=\"0\" xfId=\"0\"".formatted(format, font))
			.append((format > 0) ? " applyNumberFormat=\"1\"" : "")
			.append((font > 0) ? " applyFont=\"1\"/>" : "/>");
	}

}
