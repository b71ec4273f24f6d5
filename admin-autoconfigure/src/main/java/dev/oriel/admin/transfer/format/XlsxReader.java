package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of one sheet of a workbook. The first row that holds anything is the
 * header; the columns are those from its first to its last name. Of formulas the result
 * counts that was saved with them. Rows without any value are skipped.
 *
 * @since 0.1.0
 */
public final class XlsxReader implements RecordReader {

	private static final int MAX_COLUMN = 16_384;

	private final Workbook workbook;

	private final Workbook.Sheet sheet;

	private final XlsxValues values;

	private final XmlPart xml;

	private final SourceOptions options;

	private final FormatLimits limits;

	private final StringBuilder text = new StringBuilder();

	private @Nullable String[] cells = new @Nullable String[64];

	private int first = -1;

	private int last = -1;

	private long row;

	private int column;

	private @Nullable String problem;

	private int firstColumn;

	private @Nullable List<String> header;

	private XlsxReader(Workbook workbook, SourceOptions options, FormatLimits limits) throws IOException {
		this.workbook = workbook;
		this.options = options;
		this.limits = limits;
		this.sheet = workbook.sheet(options.sheet());
		this.values = new XlsxValues(workbook, options.nullText(), this::fault);
		this.xml = workbook.part(this.sheet.path());
	}

	/**
	 * Open a workbook.
	 * @param file the file
	 * @param options how to read it
	 * @param limits how much of it to take
	 * @throws FileFormatException when it is no workbook
	 */
	public static XlsxReader open(Path file, SourceOptions options, FormatLimits limits) throws IOException {
		Workbook workbook = Workbook.open(file, limits);
		try {
			return new XlsxReader(workbook, options, limits);
		}
		catch (IOException | RuntimeException ex) {
			workbook.close();
			throw ex;
		}
	}

	@Override
	public List<String> header() throws IOException {
		List<String> names = this.header;
		if (names == null) {
			if (!readRow()) {
				throw new FileFormatException(1, "The sheet '%s' is empty".formatted(this.sheet.name()),
						"Its first row names the columns.");
			}
			if (this.problem != null) {
				throw new FileFormatException(this.row, "The header cannot be read: " + this.problem, null);
			}
			names = new ArrayList<>();
			for (int i = this.first; i <= this.last; i++) {
				String name = this.cells[i];
				names.add((name != null) ? name : "");
			}
			this.firstColumn = this.first;
			this.header = Collections.unmodifiableList(names);
		}
		return names;
	}

	@Override
	public Map<String, String> detected() {
		return (this.options.sheet() == null) ? Map.of("sheet", this.sheet.name()) : Map.of();
	}

	@Override
	public @Nullable InputRecord next() throws IOException {
		int columns = header().size();
		if (!readRow()) {
			return null;
		}
		int end = this.firstColumn + columns;
		if (this.problem == null && (this.first < this.firstColumn || this.last >= end)) {
			int outside = (this.first < this.firstColumn) ? this.first : this.last;
			this.problem = "There is a value in %s, where the header has no name".formatted(cell(outside));
		}
		List<@Nullable String> values = new ArrayList<>(columns);
		for (int i = this.firstColumn; i < end; i++) {
			values.add((i < this.cells.length) ? this.cells[i] : null);
		}
		return (this.problem == null) ? new InputRecord.Fields(this.row, values)
				: new InputRecord.Malformed(this.row, values, this.problem);
	}

	private String cell(int column) {
		StringBuilder name = new StringBuilder();
		for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
			name.insert(0, (char) ('A' + (rest - 1) % 26));
		}
		return name.append(this.row).toString();
	}

	/**
	 * Read the cells of the next row that has any value, and return whether there is one.
	 */
	private boolean readRow() throws IOException {
		while (this.xml.next()) {
			if (this.xml.atEnd("sheetData")) {
				return false;
			}
			if (this.xml.atStart() && this.xml.element().equals("row")) {
				this.row = XmlPart.number(this.xml.attribute("r"), this.row + 1);
				readCells();
				if (this.first >= 0 || this.problem != null) {
					return true;
				}
			}
		}
		return false;
	}

	private void readCells() throws IOException {
		Arrays.fill(this.cells, null);
		this.first = -1;
		this.last = -1;
		this.problem = null;
		long characters = 0;
		this.column = -1;
		while (this.xml.next() && !this.xml.atEnd("row")) {
			if (!this.xml.atStart() || !this.xml.element().equals("c")) {
				continue;
			}
			this.column = column(this.xml.attribute("r"), this.column + 1);
			String value = value();
			if (value != null) {
				put(this.column, value);
				characters += value.length();
			}
			if (characters > this.limits.recordCharacters()) {
				throw new FileFormatException(this.row,
						"The row %d is too long: no row may have more than %d characters".formatted(this.row,
								this.limits.recordCharacters()),
						null);
			}
		}
	}

	private void put(int column, String value) throws FileFormatException {
		if (column >= MAX_COLUMN || (this.first >= 0 && column - this.first >= this.limits.columns())) {
			throw new FileFormatException(this.row,
					"The row %d has more than %d columns".formatted(this.row, this.limits.columns()), null);
		}
		if (column >= this.cells.length) {
			this.cells = Arrays.copyOf(this.cells, Math.max(column + 1, 2 * this.cells.length));
		}
		this.cells[column] = value;
		this.first = (this.first < 0) ? column : Math.min(this.first, column);
		this.last = Math.max(this.last, column);
	}

	/**
	 * Return the column that a reference like {@code BC12} names, from 0.
	 */
	private static int column(@Nullable String reference, int otherwise) {
		int column = 0;
		for (int i = 0; reference != null && i < reference.length() && column < MAX_COLUMN; i++) {
			char letter = reference.charAt(i);
			if (letter < 'A' || letter > 'Z') {
				break;
			}
			column = column * 26 + (letter - 'A' + 1);
		}
		return (column > 0) ? column - 1 : otherwise;
	}

	private @Nullable String value() throws IOException {
		String type = this.xml.attribute("t");
		String style = this.xml.attribute("s");
		boolean there = false;
		boolean inValue = false;
		this.text.setLength(0);
		while (this.xml.next() && !this.xml.atEnd("c")) {
			if (this.xml.atStart()) {
				inValue = this.xml.element().equals("v");
				there |= inValue;
				if (this.xml.element().equals("is")) {
					SharedTexts.readText(this.xml, "is", this.text);
					there = true;
				}
			}
			else if (this.xml.atEnd("v")) {
				inValue = false;
			}
			else if (inValue) {
				this.xml.addText(this.text);
			}
		}
		return there ? this.values.read(this.text.toString(), (type != null) ? type : "n", style) : null;
	}

	private void fault(String what) {
		this.problem = "The cell %s %s".formatted(cell(this.column), what);
	}

	@Override
	public void close() throws IOException {
		try {
			this.xml.close();
		}
		finally {
			this.workbook.close();
		}
	}

}
