package dev.oriel.admin.transfer.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a reader which is not ours finds in workbooks what was written.
 */
class XlsxOtherReaderTests {

	@Test
	void valuesAreCellsOfTheirTypes() throws IOException {
		byte[] file = workbook("typed", XlsxWriter.MAX_ROWS,
				List.of("int8", "numeric", "float8", "bool", "date", "timestamp", "time", "text", "jsonb", "numeric"),
				"-42\t120.50\t0.25\tt\t2024-05-06\t2024-05-06 12:34:56\t06:00:00\t0123\t{\"a\": 1}\t1.2345678901234567",
				"\\N\t\\N\t\\N\tf\tinfinity\t\\N\t\\N\t\t\\N\tNaN");
		try (ReadableWorkbook workbook = open(file)) {
			List<Row> rows = workbook.getFirstSheet().read();
			assertThat(texts(rows.get(0), 10)).containsExactly("c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8",
					"c9");
			Row row = rows.get(1);
			assertThat(row.getCellAsNumber(0)).hasValue(new BigDecimal("-42"));
			assertThat(row.getCellAsNumber(1)).hasValue(new BigDecimal("120.50"));
			assertThat(row.getCellAsNumber(2)).hasValue(new BigDecimal("0.25"));
			assertThat(row.getCellAsBoolean(3)).contains(true);
			assertThat(row.getCellAsDate(4)).hasValue(LocalDate.of(2024, 5, 6).atStartOfDay());
			assertThat(row.getCellAsDate(5)).hasValue(LocalDateTime.of(2024, 5, 6, 12, 34, 56));
			assertThat(row.getCell(6).asNumber()).isEqualByComparingTo("0.25");
			assertThat(formats(row, 4, 5, 6)).containsExactly("yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd\\ hh:mm:ss",
					"hh:mm:ss");
			assertThat(row.getCellAsString(7)).hasValue("0123");
			assertThat(row.getCellAsString(8)).hasValue("{\"a\": 1}");
			// A program would round it.
			assertThat(row.getCellAsString(9)).hasValue("1.2345678901234567");
			Row other = rows.get(2);
			assertThat(other.getCellAsBoolean(3)).contains(false);
			assertThat(other.getCellAsString(4)).hasValue("infinity");
			assertThat(other.getCellAsString(7)).hasValue("");
			assertThat(other.getCellAsString(9)).hasValue("NaN");
			assertThat(List.of(0, 1, 2, 5, 6, 8)).allMatch((index) -> other.getOptionalCell(index).isEmpty());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1-1", "@SUM(A1)", "=HYPERLINK(\"x\")", "'=1" })
	void textsAreNeverFormulas(String text) throws IOException {
		byte[] file = workbook("formulas", XlsxWriter.MAX_ROWS, List.of("text"), text);
		try (ReadableWorkbook workbook = open(file)) {
			Cell cell = workbook.getFirstSheet().read().get(1).getCell(0);
			assertThat(cell.getType()).isEqualTo(org.dhatim.fastexcel.reader.CellType.STRING);
			assertThat(cell.getFormula()).isNull();
			assertThat(cell.asString()).isEqualTo(text);
		}
	}

	@Test
	void textsKeepTheirCharacters() throws IOException {
		List<String> texts = List.of("ä€日本😀", " \u00A0 spaces ", "<a href=\"x\">&amp;</a>", "]]>",
				"\u007F\u0085\u2028");
		// A backslash is PostgreSQL's own here, and none of them has one.
		byte[] file = workbook("texts", XlsxWriter.MAX_ROWS, List.of("text"), texts.toArray(String[]::new));
		try (ReadableWorkbook workbook = open(file)) {
			List<Row> rows = workbook.getFirstSheet().read();
			assertThat(rows.subList(1, rows.size())).extracting((row) -> row.getCell(0).asString())
				.containsExactlyElementsOf(texts);
		}
	}

	/**
	 * The standard's escapes (ECMA-376, ST_Xstring) are decoded by spreadsheet programs,
	 * but not by this reader, which shows that the file is good XML nevertheless.
	 */
	@Test
	void controlCharactersAreEscapedAsTheStandardSays() throws IOException {
		byte[] file = workbook("controls", XlsxWriter.MAX_ROWS, List.of("text"), "a\u0001b", "\\r\\n", "_x0041_",
				"x\\ty\\nz", "\uFFFE\uFFFF");
		try (ReadableWorkbook workbook = open(file)) {
			List<Row> rows = workbook.getFirstSheet().read();
			assertThat(rows.subList(1, rows.size())).extracting((row) -> row.getCell(0).asString())
				.containsExactly("a_x0001_b", "_x000D_\n", "_x005F_x0041_", "x\ty\nz", "_xFFFE__xFFFF_");
		}
	}

	@Test
	void longTextsAreWholeUpToWhatACellHolds() throws IOException {
		String longest = "x".repeat(XlsxTexts.LONGEST);
		byte[] file = workbook("long", XlsxWriter.MAX_ROWS, List.of("text"), longest, longest + "y");
		try (ReadableWorkbook workbook = open(file)) {
			List<Row> rows = workbook.getFirstSheet().read();
			assertThat(rows.get(1).getCell(0).asString()).isEqualTo(longest);
			assertThat(rows.get(2).getCell(0).asString()).hasSize(XlsxTexts.LONGEST).endsWith("x…");
			assertThat(workbook.getSheets().map(Sheet::getName)).containsExactly("long", "Notes");
		}
	}

	@Test
	void everySheetHasItsHeaderAndItsRows() throws IOException {
		byte[] file = workbook("many", 4, List.of("int8"), "1", "2", "3", "4", "5", "6", "7");
		try (ReadableWorkbook workbook = open(file)) {
			List<String> sheets = new ArrayList<>();
			for (Sheet sheet : workbook.getSheets().toList()) {
				sheets.add(sheet.getName() + sheet.read().stream().map((row) -> row.getCell(0).getRawValue()).toList());
			}
			assertThat(sheets).containsExactly("many[c0, 1, 2, 3]", "many 2[c0, 4, 5, 6]", "many 3[c0, 7]");
		}
	}

	private static ReadableWorkbook open(byte[] file) throws IOException {
		return new ReadableWorkbook(new ByteArrayInputStream(file), new ReadingOptions(true, true));
	}

	private static List<String> texts(Row row, int count) {
		List<String> texts = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			texts.add(row.getCell(i).asString());
		}
		return texts;
	}

	private static List<String> formats(Row row, int... indexes) {
		List<String> formats = new ArrayList<>();
		for (int index : indexes) {
			formats.add(row.getCell(index).getDataFormatString());
		}
		return formats;
	}

	/**
	 * Write rows as PostgreSQL copies them.
	 */
	private static byte[] workbook(String name, int maxRows, List<String> types, String... rows) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		XlsxWriter writer = new XlsxWriter(out, name, maxRows);
		List<OutputColumn> columns = new ArrayList<>();
		for (String type : types) {
			columns.add(new OutputColumn("c" + columns.size(), CellType.of(type)));
		}
		writer.begin(columns);
		for (String row : rows) {
			writer.row((row + "\n").getBytes(StandardCharsets.UTF_8));
		}
		writer.end();
		return out.toByteArray();
	}

}
