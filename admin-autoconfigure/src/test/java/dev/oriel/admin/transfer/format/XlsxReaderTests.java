package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.oriel.admin.transfer.format.Records.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link XlsxReader} with workbooks as spreadsheet programs write them.
 */
class XlsxReaderTests {

	private static final String RELATIONS = """
			<?xml version="1.0" encoding="UTF-8"?>
			<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
			<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>
			%s</Relationships>""";

	private static final String PARTS = """
			<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="/xl/worksheets/sheet2.xml"/>
			<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
			<Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>
			<Relationship Id="rId5" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet" Target="chart.xml"/>
			""";

	private static final String WORKBOOK = """
			<?xml version="1.0" encoding="UTF-8"?>
			<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
			 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
			<workbookPr date1904="%s"/><sheets><sheet name="Chart" sheetId="9" r:id="rId5"/>
			<sheet name="First" sheetId="1" r:id="rId1"/><sheet name="Zwei" sheetId="2" r:id="rId2"/></sheets></workbook>""";

	private static final String STYLES = """
			<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
			<numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="[h]:mm:ss"/>
			<numFmt numFmtId="166" formatCode="[Red]#,##0.00&quot; days&quot;"/></numFmts>
			<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
			<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/>
			<xf numFmtId="166"/><xf numFmtId="20"/></cellXfs></styleSheet>""";

	private static final String TEXTS = """
			<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>id</t></si>
			<si><r><t xml:space="preserve">Na</t></r><r><t>me</t></r><rPh><t>ignored</t></rPh></si>
			<si><t xml:space="preserve"> a &amp; b_x000D_
			</t></si><si><t/></si></sst>""";

	@TempDir
	Path folder;

	private final Map<String, byte[]> parts = new LinkedHashMap<>();

	XlsxReaderTests() {
		put("_rels/.rels", RELATIONS.formatted("officeDocument", "xl/workbook.xml", ""));
		put("xl/_rels/workbook.xml.rels", RELATIONS.formatted("worksheet", "worksheets/sheet1.xml", PARTS));
		put("xl/workbook.xml", WORKBOOK.formatted("0"));
		put("xl/styles.xml", STYLES);
		put("xl/sharedStrings.xml", TEXTS);
		put("xl/worksheets/sheet2.xml", sheet("<row><c t=\"inlineStr\"><is><t>z</t></is></c></row>"));
	}

	@Test
	void cellsOfEveryTypeAreRead() throws IOException {
		assertThat(
				rows("""
						<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c r="D2" t="inlineStr"><is><t>x</t></is></c></row>
						<row r="4"><c r="B4"><v>123456789012345678.10</v></c><c r="C4" t="s"><v>2</v></c><c r="D4" t="b"><v>1</v></c></row>
						<row r="5"/><row r="6"><c r="D6" t="str"><f>1+1</f><v>two</v></c></row>
						<row r="7"><c r="B7" s="5"><v>1.5E3</v></c><c r="C7" t="s"><v>3</v></c><c r="D7" s="1"/></row>
						<row r="8"><c r="B8"><f>A1</f><v>2</v></c><c r="D8" t="d"><v>2024-05-06</v></c></row>"""))
			.containsExactly(fields(4, "123456789012345678.10", " a & b\r\n", "true"), fields(6, null, null, "two"),
					fields(7, "1500", "", null), fields(8, "2", null, "2024-05-06"));
	}

	@ParameterizedTest
	@CsvSource({ "1,1,1900-01-01", "1,59,1900-02-28", "1,61,1900-03-01", "1,45418,2024-05-06", "3,45418,2024-05-06",
			"2,45418.5242592593,2024-05-06 12:34:56", "2,45418,2024-05-06 00:00:00", "1,45418.25,2024-05-06 06:00:00",
			"6,0.5,12:00:00", "6,0.524265046296296,12:34:56.500", "4,1.5,36:00:00", "2,0.25,06:00:00",
			"1,2958465,9999-12-31", "5,45418,45418", "0,45418,45418" })
	void numbersWithTheStyleOfDatesAreDates(int style, String serial, String date) throws IOException {
		assertThat(rows(header() + "<row><c s=\"%d\"><v>%s</v></c></row>".formatted(style, serial)))
			.containsExactly(fields(2, date));
	}

	@Test
	void yearsMayBeginIn1904() throws IOException {
		put("xl/workbook.xml", WORKBOOK.formatted("1"));
		assertThat(rows(header() + "<row><c s=\"1\"><v>0</v></c></row><row><c s=\"1\"><v>43956</v></c></row>"))
			.containsExactly(fields(2, "1904-01-01"), fields(3, "2024-05-06"));
	}

	@ParameterizedTest
	@CsvSource({ "60", "-1", "2958466", "1e300" })
	void datesThatNeverWereAreBad(String serial) throws IOException {
		assertThat(rows(header() + "<row><c s=\"1\"><v>%s</v></c></row>".formatted(serial))).singleElement()
			.satisfies((row) -> assertThat(((InputRecord.Malformed) row).reason())
				.startsWith("The cell A2 is shown as a date"));
	}

	@Test
	void errorsAreBadAndTheNextRowIsRead() throws IOException {
		assertThat(rows(header() + "<row><c t=\"e\"><v>#N/A</v></c></row><row><c><v>1</v></c></row>"))
			.containsExactly(Records.malformed(2, "The cell A2 holds the error #N/A", "#N/A"), fields(3, "1"));
	}

	@Test
	void valuesOutsideOfTheHeaderAreBad() throws IOException {
		assertThat(rows(header() + "<row><c r=\"A2\"><v>1</v></c><c r=\"AB2\"><v>2</v></c></row>"))
			.containsExactly(Records.malformed(2, "There is a value in AB2, where the header has no name", "1"));
	}

	@Test
	void textsThatPostgresqlCannotStoreAreBad() throws IOException {
		assertThat(
				rows(header() + "<row><c t=\"str\"><v>_x0000_</v></c></row><row><c t=\"str\"><v>_xD83D_</v></c></row>"))
			.hasSize(2)
			.allSatisfy((row) -> assertThat(row).isInstanceOf(InputRecord.Malformed.class));
	}

	@Test
	void sheetIsFoundByNameAndByNumber() throws IOException {
		put("xl/worksheets/sheet1.xml", sheet(header()));
		Path file = write();
		for (String name : new String[] { "Zwei", "zwei", "2" }) {
			try (RecordReader reader = open(file, name)) {
				assertThat(reader.header()).containsExactly("z");
				assertThat(reader.detected()).isEmpty();
			}
		}
		try (RecordReader reader = open(file, null)) {
			assertThat(reader.detected()).containsEntry("sheet", "First");
		}
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> open(file, "Drei"))
			.withMessage("The workbook has no sheet 'Drei'")
			.satisfies((ex) -> assertThat(ex.hint()).isEqualTo("It has 'First', 'Zwei'."));
	}

	@Test
	void documentTypesAreRefused() {
		put("xl/worksheets/sheet1.xml",
				"<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + sheet("<row><c><v>&e;</v></c></row>"));
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> Records.read(open(write(), null)))
			.withMessageContaining("declares a document type");
	}

	@Test
	void laughterIsRefused() {
		put("xl/sharedStrings.xml",
				"<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><sst><si><t>&b;</t></si></sst>");
		put("xl/worksheets/sheet1.xml", sheet(header()));
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> open(write(), null))
			.withMessageContaining("declares a document type");
	}

	@Test
	void bombsAreDefused() {
		put("xl/worksheets/sheet1.xml", sheet(header() + "<row>" + " ".repeat(50_000_000) + "</row>"));
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> Records.read(open(write(), null)))
			.withMessageContaining("grows to more than 400 times its size");
	}

	@Test
	void sizesAreLimited() {
		put("xl/worksheets/sheet1.xml", sheet(header()));
		FormatLimits texts = new FormatLimits(1000, 10, 1_000_000, 400, 50, 10);
		assertThatExceptionOfType(FileFormatException.class)
			.isThrownBy(() -> XlsxReader.open(write(), SourceOptions.DETECTED, texts))
			.withMessageContaining("The texts of the workbook are too many");
		FormatLimits bytes = new FormatLimits(1000, 10, 1000, 400, 5000, 10);
		assertThatExceptionOfType(FileFormatException.class)
			.isThrownBy(() -> XlsxReader.open(write(), SourceOptions.DETECTED, bytes))
			.withMessageContaining("The workbook holds more than 1000 bytes");
	}

	@Test
	void partsAreLimited() {
		for (int i = 0; i < 10_001; i++) {
			put("p" + i, "");
		}
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> open(write(), null))
			.withMessageMatching("The workbook has 100\\d\\d parts");
	}

	@Test
	void everyWorkbookThatWasCutOffIsRefused() throws IOException {
		put("xl/worksheets/sheet1.xml", sheet(header() + "<row><c><v>1</v></c></row>"));
		byte[] whole = Files.readAllBytes(write());
		for (int length = 0; length < whole.length; length += 7) {
			Path file = Files.write(this.folder.resolve("cut.xlsx"), Arrays.copyOf(whole, length));
			assertThatExceptionOfType(FileFormatException.class).as("%d bytes", length)
				.isThrownBy(() -> Records.read(open(file, null)));
		}
	}

	@Test
	void damagedPartsAreNamed() {
		put("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c></row>");
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> Records.read(open(write(), null)))
			.withMessage("The part 'xl/worksheets/sheet1.xml' of the workbook is damaged");
	}

	@Test
	void otherArchivesAreNamed() throws IOException {
		this.parts.clear();
		put("content.xml", "<x/>");
		Path openDocument = write();
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> open(openDocument, null))
			.withMessageContaining("OpenDocument");
		this.parts.clear();
		put("photo.txt", "");
		Path archive = write();
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> open(archive, null))
			.withMessageContaining("ZIP archive, but no workbook");
		Path csv = Files.writeString(this.folder.resolve("x.xlsx"), "a,b\n");
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> open(csv, null))
			.withMessage("The file is text, no workbook");
	}

	@Test
	void manyEscapedCharactersAreRead() throws IOException {
		String text = "&amp;".repeat(1000);
		StringBuilder rows = new StringBuilder(header());
		for (int i = 0; i < 200; i++) {
			rows.append("<row><c t=\"str\"><v>").append(i).append(text).append("</v></c></row>");
		}
		List<InputRecord> read = rows(rows.toString());
		assertThat(read).hasSize(200).last().isEqualTo(fields(201, "199" + "&".repeat(1000)));
	}

	private static String header() {
		return "<row><c t=\"str\"><v>a</v></c></row>";
	}

	private static String sheet(String rows) {
		return "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" + rows
				+ "</sheetData></worksheet>";
	}

	private List<InputRecord> rows(String rows) throws IOException {
		put("xl/worksheets/sheet1.xml", sheet(rows));
		return Records.read(open(write(), null));
	}

	private static RecordReader open(Path file, String sheet) throws IOException {
		SourceOptions options = new SourceOptions(null, null, '"', null, sheet);
		return RecordReaders.open(FileFormat.XLSX, file, options, FormatLimits.DEFAULTS);
	}

	private void put(String name, String text) {
		this.parts.put(name, text.getBytes(StandardCharsets.UTF_8));
	}

	private Path write() throws IOException {
		Path file = this.folder.resolve("workbook.xlsx");
		try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
			for (Map.Entry<String, byte[]> part : this.parts.entrySet()) {
				zip.putNextEntry(new ZipEntry(part.getKey()));
				zip.write(part.getValue());
			}
		}
		return file;
	}

}
