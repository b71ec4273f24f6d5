package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Writes the cells of a sheet, byte by byte: a million rows are ten million cells, and an
 * object for each would take longer than all the rest.
 */
final class XlsxCells {

	private static final byte[] ROW = ascii("<row r=\"");

	private static final byte[] CELL = ascii("<c r=\"");

	private static final byte[] INLINE = ascii("\" t=\"inlineStr\"><is><t");

	private static final byte[] PRESERVED = ascii(" xml:space=\"preserve\"");

	private static final byte[] INLINE_END = ascii("</t></is></c>");

	private static final byte[] VALUE = ascii("\"><v>");

	private static final byte[] VALUE_END = ascii("</v></c>");

	private static final byte[] TRUTH = ascii("\" t=\"b\"><v>");

	/** How many digits of a number a spreadsheet program keeps. */
	private static final int EXACT_DIGITS = 15;

	private final List<OutputColumn> columns;

	private final byte[][] letters;

	private final byte[][] styles;

	private final XlsxTexts texts = new XlsxTexts();

	private final XlsxMoments moments = new XlsxMoments();

	private int[] widths;

	private long cut;

	private @Nullable String firstCut;

	XlsxCells(List<OutputColumn> columns, XlsxStyles styles) {
		this.columns = columns;
		this.letters = new byte[columns.size()][];
		this.styles = new byte[columns.size()][];
		this.widths = new int[columns.size()];
		for (int i = 0; i < columns.size(); i++) {
			String number = columns.get(i).number();
			this.letters[i] = ascii(XlsxParts.column(i));
			this.styles[i] = (number != null) ? ascii("\" s=\"" + styles.of(number)) : new byte[0];
		}
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Say how many characters the longest values have that were seen.
	 */
	void widths(int[] widths) {
		this.widths = widths.clone();
	}

	void writeWidths(ByteOutput out) throws IOException {
		if (this.columns.isEmpty()) {
			return;
		}
		out.write("<cols>");
		for (int i = 0; i < this.columns.size(); i++) {
			int header = this.columns.get(i).name().length() + 3;
			int width = Math.max(8, Math.min(60, Math.max(header, this.widths[i] + 1)));
			out.write("<col min=\"%1$d\" max=\"%1$d\" width=\"%2$d\" customWidth=\"1\"/>".formatted(i + 1, width));
		}
		out.write("</cols>");
	}

	void writeHeader(ByteOutput out) throws IOException {
		out.write("<row r=\"1\">");
		for (int i = 0; i < this.columns.size(); i++) {
			byte[] name = this.columns.get(i).name().getBytes(StandardCharsets.UTF_8);
			out.write(CELL);
			out.write(this.letters[i]);
			out.write("1\" s=\"" + XlsxStyles.HEADER);
			writeText(name, 0, name.length, i, 1, out);
		}
		out.write("</row>");
	}

	void write(CopyRow row, int number, ByteOutput out) throws IOException {
		out.write(ROW);
		out.writeNumber(number);
		out.write('"');
		out.write('>');
		for (int i = 0; i < this.letters.length; i++) {
			if (!row.isNull(i)) {
				out.write(CELL);
				out.write(this.letters[i]);
				out.writeNumber(number);
				writeValue(row, i, number, out);
			}
		}
		out.write("</row>");
	}

	private void writeValue(CopyRow row, int column, int number, ByteOutput out) throws IOException {
		OutputColumn.ValueText text = this.columns.get(column).text();
		byte[] bytes = row.bytes();
		int from = row.from(column);
		int to = row.to(column);
		if (text != null) {
			byte[] made = text.of(row.text(column)).getBytes(StandardCharsets.UTF_8);
			writeText(made, 0, made.length, column, number, out);
			return;
		}
		boolean written = switch (this.columns.get(column).type()) {
			case DECIMAL -> isExact(bytes, from, to) && writeNumber(bytes, from, to, column, out);
			case BINARY -> isNumber(bytes, to) && writeNumber(bytes, from, to, column, out);
			case BOOLEAN -> writeTruth(bytes[from] == 't', out);
			case DATE, TIMESTAMP, TIME ->
				this.moments.write(bytes, from, to, this.columns.get(column).type(), this.styles[column], out);
			case TEXT, JSON -> false;
		};
		if (!written) {
			writeText(bytes, from, to, column, number, out);
		}
	}

	private boolean writeNumber(byte[] bytes, int from, int to, int column, ByteOutput out) throws IOException {
		out.write(this.styles[column]);
		out.write(VALUE);
		out.write(bytes, from, to - from);
		out.write(VALUE_END);
		return true;
	}

	private static boolean writeTruth(boolean truth, ByteOutput out) throws IOException {
		out.write(TRUTH);
		out.write(truth ? '1' : '0');
		out.write(VALUE_END);
		return true;
	}

	/**
	 * Whether a decimal number has so few digits that none gets lost: zeros at its ends
	 * do not count.
	 */
	private static boolean isExact(byte[] bytes, int from, int to) {
		int digits = 0;
		int zeros = 0;
		for (int i = from; i < to; i++) {
			byte value = bytes[i];
			if (value == '0') {
				zeros += (digits > 0) ? 1 : 0;
			}
			else if (value >= '1' && value <= '9') {
				digits += zeros + 1;
				zeros = 0;
			}
			else if (value != '.' && !(value == '-' && i == from)) {
				return false;
			}
		}
		return digits <= EXACT_DIGITS && to - from <= 300;
	}

	/**
	 * Whether it is neither infinite nor no number at all.
	 */
	private static boolean isNumber(byte[] bytes, int to) {
		return bytes[to - 1] >= '0' && bytes[to - 1] <= '9';
	}

	private void writeText(byte[] bytes, int from, int to, int column, int row, ByteOutput out) throws IOException {
		out.write(INLINE);
		if (XlsxTexts.needsSpace(bytes, from, to)) {
			out.write(PRESERVED);
		}
		out.write('>');
		if (this.texts.write(bytes, from, to, out)) {
			this.cut++;
			if (this.firstCut == null) {
				this.firstCut = XlsxParts.column(column) + row;
			}
		}
		out.write(INLINE_END);
	}

	/**
	 * Return what whoever opens the workbook should know about its cells, or
	 * {@code null}.
	 */
	@Nullable String notes() {
		return (this.cut > 0) ? ("%d texts were longer than the %d characters that a cell can hold, and were cut; "
				+ "they end with an ellipsis. The first is %s. Export the rows as CSV to have all of them.")
			.formatted(this.cut, XlsxTexts.LONGEST, this.firstCut) : null;
	}

}
