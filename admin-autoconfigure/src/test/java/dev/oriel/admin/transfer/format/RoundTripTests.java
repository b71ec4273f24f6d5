package dev.oriel.admin.transfer.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that rows come back as they were written.
 */
class RoundTripTests {

	private static final String[] PIECES = { "a", "Z", "0", "7", ",", ";", "\t", "|", "\"", "'", "\n", "\r", "\r\n",
			"\\", "\\N", "\\.", "NULL", " ", "\u00A0", "\u3000", "\u200B", "\uFEFF", "=", "+", "-", "@", "\uFF1D",
			"\uFF0B", "\uFF0D", "\uFF20", "=1+1", "-1.5e3", "\u0001", "\b", "\u001B", "\u007F", "\u0085", "\u2028",
			"\uFFFE", "\uFFFF", "\uFFFD", "_x0041_", "_x000D_", "_x", "x005F_", "ä", "€", "😀", "日本", "<", ">", "&",
			"&amp;", "]]>", "[", "{", "sep=;", "TRUE", "2024-05-06" };

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void everythingComesBackFromCsv(boolean guarded) throws IOException {
		for (int seed = 0; seed < 800; seed++) {
			Table table = Table.random(new Random(seed));
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			table.write(new CsvWriter(out, guarded));
			SourceOptions options = new SourceOptions(StandardCharsets.UTF_8, ',', '"', null, null);
			RecordReader reader = new CsvReader(new ByteArrayInputStream(out.toByteArray()), options,
					FormatLimits.DEFAULTS);
			table.requireSame(guarded ? new UnguardedReader(reader) : reader, seed);
		}
	}

	@Test
	void everythingComesBackFromWorkbooks() throws IOException {
		for (int seed = 0; seed < 150; seed++) {
			Table table = Table.random(new Random(seed));
			Path file = this.folder.resolve("random.xlsx");
			try (OutputStream out = Files.newOutputStream(file)) {
				table.write(new XlsxWriter(out, "random"));
			}
			try (RecordReader reader = XlsxReader.open(file, SourceOptions.DETECTED, FormatLimits.DEFAULTS)) {
				table.requireSame(reader, seed);
			}
		}
	}

	@Test
	void noTextOfGuardedCsvBeginsLikeAFormula() throws IOException {
		for (int seed = 0; seed < 800; seed++) {
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			Table.random(new Random(seed)).write(new CsvWriter(out, true));
			SourceOptions options = new SourceOptions(StandardCharsets.UTF_8, ',', '"', null, null);
			List<InputRecord> rows = Records
				.read(new CsvReader(new ByteArrayInputStream(out.toByteArray()), options, FormatLimits.DEFAULTS));
			for (InputRecord row : rows) {
				for (String value : ((InputRecord.Fields) row).values()) {
					String first = (value != null) ? value.replaceAll("^[ \"\u00A0\u3000\u200B\uFEFF]+", "") : "";
					boolean harmless = first.isEmpty()
							|| "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20".indexOf(first.charAt(0)) < 0
							|| value.matches("[-+]?\\d+(\\.\\d*)?(e[-+]?\\d+)?");
					assertThat(harmless).as("'%s' of seed %d", value, seed).isTrue();
				}
			}
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', quoteCharacter = '`',
			value = { "=1+1~'=1+1", "+1~+1", "-1.50~-1.50", "-1e-5~-1e-5", "-1-1~'-1-1", "@SUM(A1)~'@SUM(A1)",
					"'=1~''=1", "O'Neill~O'Neill", "'~'", "-~'-", "a=b~a=b", "` =1`~`' =1`", "`\uFF1D1`~`'\uFF1D1`" })
	void formulasAreGuarded(String text, String guarded) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		new Table(List.of(Arrays.asList(text, ""))).write(new CsvWriter(out, true));
		assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("c1,c2\n" + guarded + ",\"\"\n");
	}

	@ParameterizedTest
	@CsvSource({ "int8,-123456789012345,n", "int8,1234567890123456,inlineStr", "numeric,120000000000000000000,n",
			"numeric,0.1234567890123456,inlineStr", "numeric,-0.0012300,n", "numeric,NaN,inlineStr",
			"float8,0.12345678901234566,n", "float8,1e-300,n", "float8,-Infinity,inlineStr", "bool,t,b",
			"date,2024-05-06,d", "date,1900-02-28,inlineStr", "date,1900-03-01,d", "date,infinity,inlineStr",
			"date,0044-03-15 BC,inlineStr", "date,10000-01-01,inlineStr", "date,9999-12-31,d",
			"timestamp,2024-05-06 12:34:56,d", "timestamp,2024-05-06 12:34:56.789,d",
			"timestamp,2024-05-06 23:59:59.999,d", "timestamp,2024-05-06 12:34:56.789001,inlineStr", "time,12:34:56,d",
			"time,24:00:00,inlineStr", "text,0123,inlineStr", "money,$1.00,inlineStr" })
	void valuesComeBackFromCellsOfTheirType(String type, String value, String cell) throws IOException {
		Path file = this.folder.resolve("typed.xlsx");
		try (OutputStream out = Files.newOutputStream(file)) {
			XlsxWriter writer = new XlsxWriter(out, "x");
			writer.begin(List.of(new OutputColumn("v", CellType.of(type))));
			writer.row(Table.line(List.of(value)));
			writer.end();
		}
		String xml = part(file, "xl/worksheets/sheet1.xml");
		assertThat(xml).contains(switch (cell) {
			case "n" -> "<c r=\"A2\"><v>" + value + "</v></c>";
			case "b" -> "<c r=\"A2\" t=\"b\"><v>1</v></c>";
			case "d" -> "<c r=\"A2\" s=\"";
			default -> "<c r=\"A2\" t=\"inlineStr\"><is><t>" + value + "</t>";
		});
		assertThat(Records.read(XlsxReader.open(file, SourceOptions.DETECTED, FormatLimits.DEFAULTS))).containsExactly(
				Records.fields(2, type.equals("bool") ? "true" : value.replace("1e-300", plain("1e-300"))));
	}

	private static String plain(String number) {
		return new BigDecimal(number).toPlainString();
	}

	@Test
	void zonesOfPointsInTimeAreLeftOut() throws IOException {
		Path file = this.folder.resolve("zoned.xlsx");
		try (OutputStream out = Files.newOutputStream(file)) {
			XlsxWriter writer = new XlsxWriter(out, "x");
			writer.begin(List.of(new OutputColumn("v", CellType.of("timestamptz"))));
			writer.row(Table.line(List.of("2024-05-06 12:34:56.5+05:30")));
			writer.end();
		}
		assertThat(Records.read(XlsxReader.open(file, SourceOptions.DETECTED, FormatLimits.DEFAULTS)))
			.containsExactly(Records.fields(2, "2024-05-06 12:34:56.500"));
	}

	@Test
	void fullSheetIsFollowedByAnother() throws IOException {
		Path file = this.folder.resolve("sheets.xlsx");
		try (OutputStream out = Files.newOutputStream(file)) {
			XlsxWriter writer = new XlsxWriter(out, "history", 3);
			writer.begin(List.of(new OutputColumn("n", CellType.DECIMAL)));
			for (int i = 1; i <= 5; i++) {
				writer.row(Table.line(List.of(Integer.toString(i))));
			}
			writer.end();
		}
		assertThat(sheet(file, "Rows")).containsExactly(Records.fields(2, "1"), Records.fields(3, "2"));
		assertThat(sheet(file, "Rows 2")).containsExactly(Records.fields(2, "3"), Records.fields(3, "4"));
		assertThat(sheet(file, "Rows 3")).containsExactly(Records.fields(2, "5"));
		assertThat(part(file, "xl/workbook.xml")).contains("'Rows 2'!$A$1:$A$3");
	}

	private static List<InputRecord> sheet(Path file, String name) throws IOException {
		SourceOptions options = new SourceOptions(null, null, '"', null, name);
		return Records.read(XlsxReader.open(file, options, FormatLimits.DEFAULTS));
	}

	@Test
	void textsThatAreTooLongForACellAreCutAndThatIsSaid() throws IOException {
		Path file = this.folder.resolve("long.xlsx");
		String fits = "😀".repeat(16_383) + "x";
		try (OutputStream out = Files.newOutputStream(file)) {
			XlsxWriter writer = new XlsxWriter(out, "x");
			writer.begin(List.of(new OutputColumn("t", CellType.TEXT)));
			writer.row(Table.line(List.of(fits)));
			writer.row(Table.line(List.of(fits + "x")));
			writer.end();
		}
		assertThat(sheet(file, "x")).containsExactly(Records.fields(2, fits),
				Records.fields(3, "😀".repeat(16_383) + "…"));
		assertThat(sheet(file, "Notes").toString()).contains("1 texts were longer", "The first is A3");
	}

	@Test
	void partsAreWellFormedAndNamed() throws Exception {
		Path file = this.folder.resolve("parts.xlsx");
		try (OutputStream out = Files.newOutputStream(file)) {
			new Table(List.of(List.of("a & b", "\"<x>\"")))
				.write(new XlsxWriter(out, "it's <a> \"name\" & more / [x]"));
		}
		try (ZipFile zip = new ZipFile(file.toFile())) {
			List<String> names = zip.stream().map(ZipEntry::getName).toList();
			assertThat(names).containsExactlyInAnyOrder("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml",
					"xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet1.xml");
			for (ZipEntry entry : zip.stream().toList()) {
				DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(zip.getInputStream(entry));
			}
		}
		assertThat(part(file, "[Content_Types].xml")).contains("/xl/worksheets/sheet1.xml");
		assertThat(part(file, "xl/worksheets/sheet1.xml")).contains("state=\"frozen\"", "<autoFilter ref=\"A1:B2\"/>",
				"<c r=\"A1\" s=\"1\" t=\"inlineStr\"><is><t>c1</t></is></c>");
	}

	@Test
	void emptyTableHasItsHeader() throws IOException {
		Path file = this.folder.resolve("empty.xlsx");
		try (OutputStream out = Files.newOutputStream(file)) {
			XlsxWriter writer = new XlsxWriter(out, "");
			writer.begin(List.of(new OutputColumn("a", CellType.TEXT), new OutputColumn("=b", CellType.TEXT)));
			writer.end();
		}
		try (RecordReader reader = XlsxReader.open(file, SourceOptions.DETECTED, FormatLimits.DEFAULTS)) {
			assertThat(reader.header()).containsExactly("a", "=b");
			assertThat(reader.next()).isNull();
		}
	}

	@Test
	void jsonLeavesInItsOwnCharacters() throws IOException {
		String numbers = "1.50\tt\t{\\n \"b\":\"x\\\\n\"}\ta\"\\\\\\n\u001fä\n";
		String none = "NaN\tf\t\\N\t\n";
		ByteArrayOutputStream lines = new ByteArrayOutputStream();
		ByteArrayOutputStream array = new ByteArrayOutputStream();
		ByteArrayOutputStream empty = new ByteArrayOutputStream();
		write(new JsonWriter(lines, false), line(numbers), line(none));
		write(new JsonWriter(array, true), line(numbers), line(none));
		write(new JsonWriter(empty, true));
		String first = "{\"n\":1.50,\"b\":true,\"j\":{  \"b\":\"x\\n\"},\"t \\\"\":\"a\\\"\\\\\\n\\u001fä\"}";
		String second = "{\"n\":\"NaN\",\"b\":false,\"j\":null,\"t \\\"\":\"\"}";
		assertThat(lines.toString(StandardCharsets.UTF_8)).isEqualTo(first + "\n" + second + "\n");
		assertThat(array.toString(StandardCharsets.UTF_8)).isEqualTo("[" + first + ",\n " + second + "]\n");
		assertThat(empty).hasToString("[]\n");
	}

	private static byte[] line(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static void write(RowWriter writer, byte[]... rows) throws IOException {
		writer.begin(List.of(new OutputColumn("n", CellType.of("numeric")), new OutputColumn("b", CellType.of("bool")),
				new OutputColumn("j", CellType.of("json")), new OutputColumn("t \"", CellType.of("text"))));
		for (byte[] row : rows) {
			writer.row(row);
		}
		writer.end();
	}

	private static String part(Path file, String name) throws IOException {
		try (ZipFile zip = new ZipFile(file.toFile())) {
			return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/**
	 * Rows of texts.
	 */
	private record Table(List<List<@Nullable String>> rows) {

		static Table random(Random random) {
			int columns = 1 + random.nextInt(4);
			List<List<@Nullable String>> rows = new ArrayList<>();
			for (int i = 1 + random.nextInt(5); i > 0; i--) {
				List<@Nullable String> row = new ArrayList<>();
				for (int j = 0; j < columns; j++) {
					row.add(text(random));
				}
				// A row without any value is no row in a workbook.
				row.set(random.nextInt(columns), "v" + i);
				rows.add(row);
			}
			return new Table(rows);
		}

		private static @Nullable String text(Random random) {
			int pieces = random.nextInt(6);
			if (pieces == 5) {
				return null;
			}
			StringBuilder text = new StringBuilder();
			for (int i = 0; i < pieces; i++) {
				text.append(PIECES[random.nextInt(PIECES.length)]);
			}
			return text.toString();
		}

		/**
		 * Return a row as PostgreSQL copies it.
		 */
		static byte[] line(List<@Nullable String> row) {
			return (row.stream().map(Table::escaped).collect(Collectors.joining("\t")) + "\n")
				.getBytes(StandardCharsets.UTF_8);
		}

		private static String escaped(@Nullable String text) {
			return (text == null) ? "\\N"
					: text.replace("\\", "\\\\")
						.replace("\t", "\\t")
						.replace("\n", "\\n")
						.replace("\r", "\\r")
						.replace("\b", "\\b");
		}

		void write(RowWriter writer) throws IOException {
			List<OutputColumn> columns = new ArrayList<>();
			for (int i = 1; i <= this.rows.get(0).size(); i++) {
				columns.add(new OutputColumn("c" + i, CellType.TEXT));
			}
			writer.begin(columns);
			for (List<@Nullable String> row : this.rows) {
				writer.row(line(row));
			}
			writer.end();
		}

		void requireSame(RecordReader reader, int seed) throws IOException {
			List<List<@Nullable String>> read = new ArrayList<>();
			for (InputRecord row : Records.read(reader)) {
				assertThat(row).as("seed %d", seed).isInstanceOf(InputRecord.Fields.class);
				read.add(((InputRecord.Fields) row).values());
			}
			assertThat(read).as("seed %d", seed).isEqualTo(this.rows);
		}

	}

}
