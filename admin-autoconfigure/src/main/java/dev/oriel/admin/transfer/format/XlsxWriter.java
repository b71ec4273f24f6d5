package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.jspecify.annotations.Nullable;

/**
 * Writes a workbook from rows in PostgreSQL's text format. Every text is a cell of text,
 * never a formula. Numbers that a spreadsheet program would round, and points in time
 * that it cannot express, are texts too, so that nothing is lost. A sheet that is full is
 * followed by another.
 *
 * @since 0.1.0
 */
public final class XlsxWriter implements RowWriter {

	/** How many rows a sheet may have, the header among them. */
	static final int MAX_ROWS = 1_048_576;

	/** How many rows are looked at to find out how wide columns are. */
	private static final int SAMPLE = 100;

	private final ZipOutputStream zip;

	private final ByteOutput out;

	private final String sheetName;

	private final int maxRows;

	private final CopyRow row = new CopyRow();

	private final List<byte[]> sample = new ArrayList<>();

	private final List<XlsxParts.Sheet> sheets = new ArrayList<>();

	private List<OutputColumn> columns = List.of();

	private XlsxCells cells = new XlsxCells(List.of(), new XlsxStyles());

	private final XlsxStyles styles = new XlsxStyles();

	private boolean begun;

	private int rows;

	/**
	 * Create a writer.
	 * @param out where to; not closed
	 * @param sheetName what the sheet is called; shortened where it has to be
	 */
	public XlsxWriter(OutputStream out, String sheetName) {
		this(out, sheetName, MAX_ROWS);
	}

	XlsxWriter(OutputStream out, String sheetName, int maxRows) {
		this.zip = new ZipOutputStream(out);
		// What is gained by more is not worth the time: rows are to arrive quickly.
		this.zip.setLevel(Deflater.BEST_SPEED);
		this.out = new ByteOutput(this.zip);
		this.sheetName = XlsxParts.sheetName(sheetName);
		this.maxRows = maxRows;
	}

	@Override
	public void begin(List<OutputColumn> columns) throws IOException {
		this.columns = List.copyOf(columns);
		this.cells = new XlsxCells(this.columns, this.styles);
	}

	@Override
	public void row(byte[] line) throws IOException {
		if (this.begun) {
			write(line);
			return;
		}
		this.sample.add(line);
		if (this.sample.size() == SAMPLE) {
			writeSample();
		}
	}

	private void writeSample() throws IOException {
		this.begun = true;
		int[] widths = new int[this.columns.size()];
		for (byte[] line : this.sample) {
			this.row.read(line.clone());
			for (int i = 0; i < widths.length; i++) {
				widths[i] = Math.max(widths[i], this.row.isNull(i) ? 0 : this.row.to(i) - this.row.from(i));
			}
		}
		this.cells.widths(widths);
		beginSheet();
		for (byte[] line : this.sample) {
			write(line);
		}
		this.sample.clear();
	}

	private void write(byte[] line) throws IOException {
		if (this.rows == this.maxRows) {
			endSheet();
			beginSheet();
		}
		this.rows++;
		this.row.read(line);
		this.cells.write(this.row, this.rows, this.out);
	}

	private void beginSheet() throws IOException {
		int number = this.sheets.size() + 1;
		this.zip.putNextEntry(new ZipEntry(XlsxParts.sheetPath(number)));
		this.out.write(XlsxParts.SHEET_HEAD);
		this.cells.writeWidths(this.out);
		this.out.write("<sheetData>");
		this.cells.writeHeader(this.out);
		this.rows = 1;
	}

	private void endSheet() throws IOException {
		int number = this.sheets.size() + 1;
		String range = XlsxParts.range(this.columns.size(), this.rows);
		this.out.write("</sheetData>");
		if (!this.columns.isEmpty()) {
			this.out.write("<autoFilter ref=\"" + range + "\"/>");
		}
		this.out.write("</worksheet>");
		this.out.flush();
		this.zip.closeEntry();
		this.sheets.add(
				new XlsxParts.Sheet(XlsxParts.numbered(this.sheetName, number), this.columns.isEmpty() ? null : range));
	}

	@Override
	public void end() throws IOException {
		if (!this.begun) {
			writeSample();
		}
		endSheet();
		String notes = this.cells.notes();
		if (notes != null) {
			part(XlsxParts.sheetPath(this.sheets.size() + 1), XlsxParts.notes(notes));
			this.sheets.add(new XlsxParts.Sheet(XlsxParts.notesName(this.sheetName), null));
		}
		part("xl/styles.xml", this.styles.xml());
		part("xl/workbook.xml", XlsxParts.workbook(this.sheets));
		part("xl/_rels/workbook.xml.rels", XlsxParts.workbookRelations(this.sheets.size()));
		part("_rels/.rels", XlsxParts.RELATIONS);
		part("[Content_Types].xml", XlsxParts.contentTypes(this.sheets.size()));
		this.zip.finish();
		this.zip.flush();
	}

	private void part(String name, @Nullable String text) throws IOException {
		this.zip.putNextEntry(new ZipEntry(name));
		this.out.write(String.valueOf(text));
		this.out.flush();
		this.zip.closeEntry();
	}

}
