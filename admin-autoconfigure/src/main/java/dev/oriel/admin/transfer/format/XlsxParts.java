package dev.oriel.admin.transfer.format;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a workbook that are not rows.
 *
 * @see <a href=
 * "https://ecma-international.org/publications-and-standards/standards/ecma-376/">
 * ECMA-376: Office Open XML</a>
 */
final class XlsxParts {

	static final String PROLOG = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

	private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

	private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

	private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";

	private static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

	/** The first row stays when the others are scrolled. */
	static final String SHEET_HEAD = PROLOG + "<worksheet xmlns=\"" + MAIN
			+ "\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" "
			+ "activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>";

	static final String RELATIONS = PROLOG + "<Relationships xmlns=\"" + PACKAGE
			+ "relationships\"><Relationship Id=\"rId1\" " + "Type=\"" + OFFICE
			+ "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";

	private static final int NAME_LENGTH = 31;

	private XlsxParts() {
	}

	static String sheetPath(int number) {
		return "xl/worksheets/sheet" + number + ".xml";
	}

	/**
	 * Return a name that a sheet may have.
	 */
	static String sheetName(String name) {
		StringBuilder usable = new StringBuilder();
		name.codePoints()
			.map((c) -> (c < ' ' || c > 0xFFFD || "[]:*?/\\".indexOf(c) >= 0) ? '_' : c)
			.limit(NAME_LENGTH - 4)
			.forEach(usable::appendCodePoint);
		// The program keeps this one for itself, and no name has an apostrophe at its
		// ends.
		String text = usable.toString().strip().replaceAll("^'+|'+$", "_");
		return (text.isEmpty() || text.equalsIgnoreCase("history")) ? "Rows" : text;
	}

	static String numbered(String name, int number) {
		return (number == 1) ? name : name + " " + number;
	}

	static String notesName(String name) {
		return name.equalsIgnoreCase("notes") ? "About the rows" : "Notes";
	}

	static String range(int columns, int rows) {
		return "A1:" + column(Math.max(0, columns - 1)) + rows;
	}

	/**
	 * Return the letters of a column.
	 * @param index the column, from 0
	 */
	static String column(int index) {
		StringBuilder letters = new StringBuilder();
		for (int rest = index + 1; rest > 0; rest = (rest - 1) / 26) {
			letters.insert(0, (char) ('A' + (rest - 1) % 26));
		}
		return letters.toString();
	}

	static String notes(String text) {
		return PROLOG + "<worksheet xmlns=\"" + MAIN
				+ "\"><cols><col min=\"1\" max=\"1\" width=\"120\" customWidth=\"1\"/></cols><sheetData><row r=\"1\">"
				+ "<c r=\"A1\" s=\"1\" t=\"inlineStr\"><is><t>Notes</t></is></c></row><row r=\"2\">"
				+ "<c r=\"A2\" t=\"inlineStr\"><is><t>" + XmlText.escaped(text)
				+ "</t></is></c></row></sheetData></worksheet>";
	}

	static String workbook(List<Sheet> sheets) {
		StringBuilder xml = new StringBuilder(PROLOG).append("<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + OFFICE
				+ "\"><bookViews><workbookView/></bookViews><sheets>");
		StringBuilder names = new StringBuilder();
		for (int i = 0; i < sheets.size(); i++) {
			Sheet sheet = sheets.get(i);
			xml.append("<sheet name=\"%s\" sheetId=\"%d\" r:id=\"rId%d\"/>".formatted(XmlText.escaped(sheet.name()),
					i + 1, i + 1));
			if (sheet.range() != null) {
				names
					.append("<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"%d\" hidden=\"1\">"
						.formatted(i))
					.append(XmlText.escaped("'" + sheet.name().replace("'", "''") + "'!"
							+ sheet.range().replaceAll("([A-Z]+)(\\d+)", "\\$$1\\$$2")))
					.append("</definedName>");
			}
		}
		xml.append("</sheets>");
		if (!names.isEmpty()) {
			xml.append("<definedNames>").append(names).append("</definedNames>");
		}
		return xml.append("</workbook>").toString();
	}

	static String workbookRelations(int sheets) {
		StringBuilder xml = new StringBuilder(PROLOG).append("<Relationships xmlns=\"" + PACKAGE + "relationships\">");
		for (int i = 1; i <= sheets; i++) {
			xml.append("<Relationship Id=\"rId%d\" Type=\"%s/worksheet\" Target=\"worksheets/sheet%d.xml\"/>"
				.formatted(i, OFFICE, i));
		}
		return xml
			.append("<Relationship Id=\"rId%d\" Type=\"%s/styles\" Target=\"styles.xml\"/></Relationships>"
				.formatted(sheets + 1, OFFICE))
			.toString();
	}

	static String contentTypes(int sheets) {
		StringBuilder xml = new StringBuilder(PROLOG).append("<Types xmlns=\"" + PACKAGE
				+ "content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package"
				+ ".relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>");
		override(xml, "/xl/workbook.xml", "sheet.main");
		override(xml, "/xl/styles.xml", "styles");
		for (int i = 1; i <= sheets; i++) {
			override(xml, "/" + sheetPath(i), "worksheet");
		}
		return xml.append("</Types>").toString();
	}

	private static void override(StringBuilder xml, String part, String type) {
		xml.append("<Override PartName=\"%s\" ContentType=\"%s%s+xml\"/>".formatted(part, TYPE, type));
	}

	/**
	 * A sheet that was written.
	 *
	 * @param name its name
	 * @param range the cells that can be filtered, or {@code null}
	 */
	record Sheet(String name, @Nullable String range) {
	}

}
