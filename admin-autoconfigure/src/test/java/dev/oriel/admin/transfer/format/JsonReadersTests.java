package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link NdjsonReader} and {@link JsonArrayReader}.
 */
class JsonReadersTests {

	private static final String EXACT = "{\"n\": 123456789012345678901234567890.10, \"e\": 1.50e+3}";

	@Test
	void linesAreGivenAsTheyAre() throws IOException {
		assertThat(lines("\uFEFF\n" + EXACT + "\r\n\n {\"a\":\"ä\\n\"} "))
			.containsExactly(new InputRecord.Document(2, EXACT), new InputRecord.Document(4, "{\"a\":\"ä\\n\"} "));
	}

	@Test
	void badLinesDoNotKeepTheNextFromBeingRead() throws IOException {
		List<InputRecord> rows = lines(
				"{\"a\":1}\n{\"a\":}\n[1]\n{\"a\":1} x\n{\"a\":\"\\u0000\"}\n{\"a\":\"\\ud800\"}\n"
						+ "{\"a\":\"\\ud83d\\ude00\"}\n{\"a\":1");
		assertThat(rows).hasSize(8);
		assertThat(rows.get(0)).isEqualTo(new InputRecord.Document(1, "{\"a\":1}"));
		assertThat(reason(rows.get(1))).contains("Unexpected character", "in line 2 at character 6");
		assertThat(reason(rows.get(2))).isEqualTo("It is an array, not an object");
		assertThat(reason(rows.get(3))).contains("in line 4 at character 9");
		assertThat(reason(rows.get(4))).contains("NUL", "in line 5 at character 6");
		assertThat(reason(rows.get(5))).contains("half of a surrogate pair (\\ud800)", "in line 6");
		assertThat(rows.get(6)).isInstanceOf(InputRecord.Document.class);
		assertThat(rows.get(7)).isInstanceOf(InputRecord.Malformed.class);
	}

	@Test
	void elementsAreGivenAsTheyAre() throws IOException {
		assertThat(elements(" [ " + EXACT + " ,\n{\"a\": \"],}\\\"\", \"b\": [{}]}\n]\n")).containsExactly(
				new InputRecord.Document(1, EXACT + " "),
				new InputRecord.Document(2, "{\"a\": \"],}\\\"\", \"b\": [{}]}\n"));
		assertThat(elements("[]")).isEmpty();
	}

	@Test
	void badElementsDoNotKeepTheNextFromBeingRead() throws IOException {
		List<InputRecord> rows = elements("[{\"a\":1},\n 5, {\"a\" 1},{\"a\":2}]");
		assertThat(rows).hasSize(4);
		assertThat(rows.get(1)).isEqualTo(Records.malformed(2, "It is a number, not an object", "5"));
		assertThat(reason(rows.get(2))).contains("in line 2 at character 10");
		assertThat(rows.get(3)).isEqualTo(new InputRecord.Document(4, "{\"a\":2}"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', value = { "[{\"a\":1}~The array has no end", "[{\"a\":1},]~There is a comma behind",
			"[{\"a\":1}] x~There is something behind the array", "[{\"a\":\"x]~The element that begins in line 1",
			"{\"a\":1}~The file does not begin with an array", "[{\"a\":1}}]~There is a brace too many",
			"''~The file is empty", "[~The array has no end", "%PDF-1.4~The file is a PDF document, not JSON" })
	void arraysThatGoWrongAreRefused(String text, String message) {
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> elements(text))
			.withMessageStartingWith(message);
	}

	@Test
	void depthIsLimited() throws IOException {
		String deep = "{\"a\":" + "[".repeat(600) + "]".repeat(600) + "}";
		assertThat(reason(lines(deep + "\n{}").get(0))).startsWith("Arrays and objects stand more than 500 levels");
		assertThat(reason(elements("[" + deep + ",{}]").get(0))).startsWith("Arrays and objects stand more than 500");
	}

	@Test
	void sizeIsLimited() {
		FormatLimits small = new FormatLimits(1000, 5, 0, 0, 0, 10);
		String text = "{\"a\":\"" + "x".repeat(100_000) + "\"}";
		assertThatExceptionOfType(FileFormatException.class)
			.isThrownBy(() -> Records.read(new NdjsonReader(Records.bytes(text), SourceOptions.DETECTED, small)))
			.withMessageContaining("no row may have more than 1000 characters");
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(
				() -> Records.read(new JsonArrayReader(Records.bytes("[" + text + "]"), SourceOptions.DETECTED, small)))
			.withMessageContaining("no row may have more than 1000 characters");
	}

	@Test
	void numbersMayBeAsLongAsPostgresqlTakesThem() throws IOException {
		String number = "{\"n\":" + "9".repeat(130_000) + "}";
		assertThat(lines(number)).containsExactly(new InputRecord.Document(1, number));
	}

	@Test
	void arrayIsNotTakenForLines() {
		assertThatExceptionOfType(FileFormatException.class).isThrownBy(() -> lines("[{\"a\":1}]"))
			.withMessageStartingWith("The file is a JSON array");
	}

	private static String reason(InputRecord row) {
		return ((InputRecord.Malformed) row).reason();
	}

	private static List<InputRecord> lines(String text) throws IOException {
		return Records.read(new NdjsonReader(Records.bytes(text), SourceOptions.DETECTED, FormatLimits.DEFAULTS));
	}

	private static List<InputRecord> elements(String text) throws IOException {
		return Records.read(new JsonArrayReader(Records.bytes(text), SourceOptions.DETECTED, FormatLimits.DEFAULTS));
	}

}
