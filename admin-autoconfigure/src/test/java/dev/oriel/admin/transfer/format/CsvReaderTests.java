package dev.oriel.admin.transfer.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CsvReader}.
 */
class CsvReaderTests {

	private static final FormatLimits SMALL = new FormatLimits(100, 5, 0, 0, 0, 0);

	@Test
	void valuesStandBelowTheHeader() throws IOException {
		assertThat(rows("a,b\n1,2\n3,4")).containsExactly(fields(2, "1", "2"), fields(3, "3", "4"));
	}

	@Test
	void nothingIsNoValueAndQuotesWithNothingBetweenAreAnEmptyText() throws IOException {
		assertThat(rows("a,b,c\n,\"\",\n")).containsExactly(fields(2, null, "", null));
	}

	@Test
	void quotesHoldSeparatorsQuotesAndLines() throws IOException {
		assertThat(rows("a,b\r\n\"x,\"\"y\"\"\r\nz\",2\r\n3,\"\r\n\n\r\"\r\n5,6"))
			.containsExactly(fields(2, "x,\"y\"\r\nz", "2"), fields(4, "3", "\r\n\n\r"), fields(8, "5", "6"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void linesEndInAnyWay(String end) throws IOException {
		String text = String.join(end, "a,b", "1,2", "3,4", "");
		assertThat(rows(text)).containsExactly(fields(2, "1", "2"), fields(3, "3", "4"));
	}

	@Test
	void emptyLinesAreSkippedUnlessThereIsOneColumn() throws IOException {
		assertThat(rows("a,b\n\n1,2\n\n")).containsExactly(fields(3, "1", "2"));
		assertThat(rows("a\n\n1\n")).containsExactly(fields(2, (String) null), fields(3, "1"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ',
			value = { "a,b,c ,", "a;b;c ;", "a|b|c |", "abc ,", "'\"a;x\",b' ,", "'name;price,eur~A;1,5~B;2' ;" })
	void separatorIsFound(String text, char separator) throws IOException {
		CsvReader reader = reader(text.replace('~', '\n'));
		reader.header();
		assertThat(reader.detected()).containsEntry("separator", String.valueOf(separator))
			.containsEntry("encoding", "UTF-8");
	}

	@Test
	void tabIsFound() throws IOException {
		assertThat(reader("a\tb\n1\t2").header()).containsExactly("a", "b");
	}

	@Test
	void separatorThatIsNotCertainIsAskedFor() {
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> rows("a,b;c\n1,2;3"))
			.withMessage("It is not certain what separates the values: the header holds a comma and a semicolon")
			.satisfies((ex) -> assertThat(ex.hint()).isEqualTo("Say which separator it is."));
	}

	@Test
	void separatorMayBeNamedBeforeTheHeader() throws IOException {
		CsvReader reader = reader("sep=;\r\na;b,c\r\n1;2\r\n");
		assertThat(reader.header()).containsExactly("a", "b,c");
		assertThat(reader.next()).isEqualTo(fields(3, "1", "2"));
	}

	@Test
	void givenSeparatorNeedsNoProof() throws IOException {
		SourceOptions options = new SourceOptions(null, ';', '\'', null, null);
		CsvReader reader = new CsvReader(bytes("a,b;c\n'1;2';3"), options, FormatLimits.DEFAULTS);
		assertThat(reader.header()).containsExactly("a,b", "c");
		assertThat(reader.next()).isEqualTo(fields(2, "1;2", "3"));
	}

	@Test
	void separatorThatCannotBeOneIsRefused() {
		SourceOptions options = new SourceOptions(null, '"', '"', null, null);
		assertThatExceptionOfType(FileFormatException.class)
			.isThrownBy(() -> new CsvReader(bytes("a"), options, FormatLimits.DEFAULTS).header())
			.withMessageContaining("cannot be separator and quote");
	}

	@ParameterizedTest
	@ValueSource(strings = { "NULL", "\\N" })
	void textMayStandForNoValue(String text) throws IOException {
		SourceOptions options = new SourceOptions(null, null, '"', text, null);
		CsvReader reader = new CsvReader(bytes("a,b,c\n%1$s,\"%1$s\",\n".formatted(text)), options,
				FormatLimits.DEFAULTS);
		assertThat(reader.next()).isEqualTo(fields(2, null, text, ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE" })
	void byteOrderMarkTellsTheEncoding(String name) throws IOException {
		byte[] bytes = "\uFEFFä,b\n€,😀".getBytes(Charset.forName(name));
		CsvReader reader = reader(new ByteArrayInputStream(bytes), SourceOptions.DETECTED);
		assertThat(reader.header()).containsExactly("ä", "b");
		assertThat(reader.next()).isEqualTo(fields(2, "€", "😀"));
		assertThat(reader.detected()).containsEntry("encoding", name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "windows-1252", "ISO-8859-15", "UTF-16LE", "Shift_JIS" })
	void encodingMayBeGiven(String name) throws IOException {
		String text = name.equals("Shift_JIS") ? "名前,b\n日本,2" : "ä,b\n€,2";
		SourceOptions options = new SourceOptions(Charset.forName(name), null, '"', null, null);
		CsvReader reader = reader(new ByteArrayInputStream(text.getBytes(Charset.forName(name))), options);
		assertThat(reader.header()).containsExactly(text.substring(0, text.indexOf(',')), "b");
		assertThat(((InputRecord.Fields) reader.next()).values()).endsWith("2");
	}

	@Test
	void bytesThatAreNoCharactersAreNamed() {
		byte[] bytes = "a,b\n1,2\n3,Z\u00fcrich\n".getBytes(StandardCharsets.ISO_8859_1);
		assertThatExceptionOfType(FileFormatException.class)
			.isThrownBy(() -> read(reader(new ByteArrayInputStream(bytes), SourceOptions.DETECTED)))
			.withMessage("Byte 12 of the file (FC) is no character of UTF-8")
			.satisfies((ex) -> {
				assertThat(ex.line()).isEqualTo(3);
				assertThat(ex.hint()).contains("windows-1252", "UTF-16LE", "Shift_JIS");
			});
	}

	@Test
	void bytesThatAreNoCharactersAreFoundFarBehind() {
		InputStream in = new SequenceInputStream(bytes("a,b\n" + "1,2\n".repeat(200_000)),
				new ByteArrayInputStream(new byte[] { 'x', (byte) 0xC3 }));
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> read(reader(in, SourceOptions.DETECTED)))
			.withMessage("Byte 800006 of the file (C3) is no character of UTF-8")
			.satisfies((ex) -> assertThat(ex.line()).isEqualTo(200_002));
	}

	@Test
	void halvesOfSurrogatePairsAreRefused() {
		byte[] bytes = { (byte) 0xFF, (byte) 0xFE, 'a', 0, '\n', 0, 0, (byte) 0xD8, 'b', 0 };
		assertThatExceptionOfType(FileFormatException.class)
			.isThrownBy(() -> read(reader(new ByteArrayInputStream(bytes), SourceOptions.DETECTED)))
			.withMessageContaining("no character of UTF-16LE");
	}

	@Test
	void wideCharactersWithoutAMarkAreNotGuessed() {
		byte[] bytes = "name,b".getBytes(StandardCharsets.UTF_16LE);
		assertThatExceptionOfType(FileFormatException.class)
			.isThrownBy(() -> reader(new ByteArrayInputStream(bytes), SourceOptions.DETECTED))
			.withMessageContaining("looks like UTF-16LE");
	}

	@Test
	void rowsOfAnotherWidthAreBadAndTheNextAreRead() throws IOException {
		assertThat(rows("a,b\n1\n1,2,3\n4,5")).containsExactly(
				malformed(2, "There is 1 value, but the header has 2", "1"),
				malformed(3, "There are 3 values, but the header has 2", "1", "2", "3"), fields(4, "4", "5"));
	}

	@Test
	void strayQuotesAreBadAndTheNextRowIsRead() throws IOException {
		List<InputRecord> rows = rows("a,b\n5\" disk,2\n\"x\"y,2\n4,5");
		assertThat(rows).hasSize(3).last().isEqualTo(fields(4, "4", "5"));
		assertThat(((InputRecord.Malformed) rows.get(0)).reason()).startsWith("There is a quote inside of a value");
		assertThat(((InputRecord.Malformed) rows.get(1)).reason()).startsWith("There is text behind a closing quote");
	}

	@Test
	void nulIsBadAndTheNextRowIsRead() throws IOException {
		List<InputRecord> rows = rows("a,b\n1\0,2\n\"\0\",2\n4,5");
		assertThat(rows).hasSize(3).last().isEqualTo(fields(4, "4", "5"));
		assertThat(rows).filteredOn(InputRecord.Malformed.class::isInstance)
			.hasSize(2)
			.allSatisfy((row) -> assertThat(((InputRecord.Malformed) row).reason()).contains("NUL"));
	}

	@Test
	void quoteThatIsNotClosedIsNamedByWhereItBegins() {
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> rows("a,b\n1,2\n3,\"x\n4,5\n"))
			.withMessage("The quote that begins in line 3 is never closed")
			.satisfies((ex) -> assertThat(ex.line()).isEqualTo(3));
	}

	@Test
	void rowsThatAreTooLongAreRefused() {
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(
				() -> read(new CsvReader(bytes("a,b\n1,\"" + "x\n".repeat(100_000)), SourceOptions.DETECTED, SMALL)))
			.withMessageContaining("The quote that begins in line 2 is not closed");
		assertThatExceptionOfType(FileFormatException.class)
			.isThrownBy(
					() -> read(new CsvReader(bytes("a,b\n1," + "x".repeat(100_000)), SourceOptions.DETECTED, SMALL)))
			.withMessageContaining("The row in line 2 is too long");
	}

	@Test
	void columnsAreLimited() {
		assertThatExceptionOfType(FileFormatException.class)
			.isThrownBy(() -> read(new CsvReader(bytes("a,b\n" + "1,".repeat(100)), SourceOptions.DETECTED, SMALL)))
			.withMessageContaining("more than 5 values");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\uFEFF" })
	void emptyFilesAreRefused(String text) {
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> rows(text))
			.withMessage("The file is empty");
	}

	@Test
	void headerHasToNameSomething() {
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> rows(",,\n1,2,3"))
			.withMessage("The first line names no column");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', value = { "[{\"a\": 1}]~a JSON array", "{\"a\": 1}~a JSON object",
			"<!DOCTYPE html><p>~an HTML page", "%PDF-1.7~a PDF document", "PK\u0003\u0004x~a ZIP archive" })
	void otherFilesAreNamed(String text, String kind) {
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> rows(text))
			.withMessageStartingWith("The file is " + kind);
	}

	@Test
	void rowsAreReadWhereBuffersEnd() throws IOException {
		for (int length = 65_500; length < 65_560; length++) {
			String value = "x".repeat(length);
			String text = "a,b\r\n" + value + ",\"1\"\"\r\n2\"\r\n3,4";
			assertThat(rows(text)).containsExactly(fields(2, value, "1\"\r\n2"), fields(4, "3", "4"));
		}
	}

	private static List<InputRecord> rows(String text) throws IOException {
		return read(reader(text));
	}

	private static CsvReader reader(String text) throws IOException {
		return reader(bytes(text), SourceOptions.DETECTED);
	}

	private static CsvReader reader(InputStream in, SourceOptions options) throws IOException {
		return new CsvReader(in, options, FormatLimits.DEFAULTS);
	}

	private static InputStream bytes(String text) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
		return new ByteArrayInputStream(out.toByteArray());
	}

	private static List<InputRecord> read(RecordReader reader) throws IOException {
		List<InputRecord> rows = new ArrayList<>();
		for (InputRecord row = reader.next(); row != null; row = reader.next()) {
			rows.add(row);
		}
		assertThat(reader.next()).isNull();
		return rows;
	}

	private static InputRecord.Fields fields(long line, @Nullable String... values) {
		return new InputRecord.Fields(line, Arrays.asList(values));
	}

	private static InputRecord.Malformed malformed(long line, String reason, @Nullable String... values) {
		return new InputRecord.Malformed(line, Arrays.asList(values), reason);
	}

}
