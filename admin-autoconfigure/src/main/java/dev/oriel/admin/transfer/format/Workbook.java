package dev.oriel.admin.transfer.format;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a workbook. Only those are looked at that rows are made of: no macros, no
 * pictures, no links to elsewhere.
 */
final class Workbook implements Closeable {

	private static final int MAX_ENTRIES = 10_000;

	private static final int MAX_SHEETS = 10_000;

	private final ZipFile zip;

	private final FormatLimits limits;

	private final List<Sheet> sheets = new ArrayList<>();

	private long inflated;

	private boolean since1904;

	private @Nullable String styles;

	private @Nullable String sharedTexts;

	private Workbook(ZipFile zip, FormatLimits limits) {
		this.zip = zip;
		this.limits = limits;
	}

	static Workbook open(Path file, FormatLimits limits) throws IOException {
		requireWorkbook(file);
		Workbook workbook;
		try {
			workbook = new Workbook(new ZipFile(file.toFile()), limits);
		}
		catch (ZipException ex) {
			FileFormatException damaged = new FileFormatException(0, "The workbook is damaged or was cut off",
					"Send the whole file, or save it again with a spreadsheet program.");
			damaged.initCause(ex);
			throw damaged;
		}
		try {
			workbook.read();
			return workbook;
		}
		catch (IOException | RuntimeException ex) {
			workbook.close();
			throw ex;
		}
	}

	private static void requireWorkbook(Path file) throws IOException {
		byte[] head;
		try (InputStream in = Files.newInputStream(file)) {
			head = in.readNBytes(512);
		}
		FileKind kind = FileKind.of(head);
		if (kind == FileKind.XLS) {
			throw new FileFormatException(0,
					"The file is %s, or a workbook with a password".formatted(kind.description()),
					"Save it as an Excel workbook (XLSX) without a password.");
		}
		if (kind != FileKind.ZIP) {
			throw new FileFormatException(0,
					(head.length == 0) ? "The file is empty"
							: "The file is %s, no workbook".formatted(kind.description()),
					"Save the rows as XLSX, or say which format the file has.");
		}
	}

	private void read() throws IOException {
		if (this.zip.size() > MAX_ENTRIES) {
			throw new FileFormatException(0, "The workbook has %d parts".formatted(this.zip.size()),
					"It may have %d. Save it again with a spreadsheet program.".formatted(MAX_ENTRIES));
		}
		String main = relations("", "_rels/.rels").values()
			.stream()
			.filter((relation) -> relation.type().equals("officeDocument"))
			.map(Relation::target)
			.findFirst()
			.orElse("xl/workbook.xml");
		if (main.endsWith(".bin")) {
			throw new FileFormatException(0, "The file is a binary workbook (XLSB)", "Save it as XLSX.");
		}
		if (this.zip.getEntry(main) == null) {
			boolean openDocument = this.zip.getEntry("content.xml") != null;
			throw new FileFormatException(0,
					openDocument ? "The file is an OpenDocument file, no workbook of Excel"
							: "The file is a ZIP archive, but no workbook",
					openDocument ? "Save it as XLSX." : "Unpack it.");
		}
		int slash = main.lastIndexOf('/') + 1;
		String folder = main.substring(0, slash);
		Map<String, Relation> relations = relations(folder, folder + "_rels/" + main.substring(slash) + ".rels");
		for (Relation relation : relations.values()) {
			if (relation.type().equals("styles")) {
				this.styles = relation.target();
			}
			else if (relation.type().equals("sharedStrings")) {
				this.sharedTexts = relation.target();
			}
		}
		readSheets(main, relations);
	}

	private void readSheets(String main, Map<String, Relation> relations) throws IOException {
		try (XmlPart xml = part(main)) {
			for (String element = xml.nextElement(); element != null; element = xml.nextElement()) {
				if (element.equals("workbookPr")) {
					String value = xml.attribute("date1904");
					this.since1904 = "1".equals(value) || "true".equals(value);
				}
				else if (element.equals("sheet")) {
					Relation relation = relations.get(String.valueOf(xml.attribute("id")));
					String name = xml.attribute("name");
					if (relation != null && name != null && relation.type().equals("worksheet")
							&& this.sheets.size() < MAX_SHEETS) {
						this.sheets.add(new Sheet(name, relation.target(), xml.attribute("state") == null));
					}
				}
			}
		}
	}

	/**
	 * Return where a part refers to, by the names it has for it.
	 */
	private Map<String, Relation> relations(String folder, String path) throws IOException {
		Map<String, Relation> relations = new LinkedHashMap<>();
		if (this.zip.getEntry(path) == null) {
			return relations;
		}
		try (XmlPart xml = part(path)) {
			for (String element = xml.nextElement(); element != null; element = xml.nextElement()) {
				String id = xml.attribute("Id");
				String type = xml.attribute("Type");
				String target = xml.attribute("Target");
				boolean external = "External".equals(xml.attribute("TargetMode"));
				if (element.equals("Relationship") && id != null && type != null && target != null && !external) {
					relations.put(id,
							new Relation(type.substring(type.lastIndexOf('/') + 1), resolved(folder, target)));
				}
			}
		}
		return relations;
	}

	/**
	 * Return the name of a part, which is only ever looked up in the archive.
	 */
	private static String resolved(String folder, String target) {
		try {
			return URI.create("/" + folder).resolve(target).normalize().getPath().substring(1);
		}
		catch (RuntimeException ex) {
			// It is no address, so it is what it says, and looked for in vain perhaps.
			return target;
		}
	}

	/**
	 * Return the sheet that is wanted.
	 * @param wanted its name or its number from 1, or {@code null} for the first that is
	 * not hidden
	 */
	Sheet sheet(@Nullable String wanted) throws FileFormatException {
		if (this.sheets.isEmpty()) {
			throw new FileFormatException(0, "The workbook has no sheet with cells", null);
		}
		if (wanted == null) {
			return this.sheets.stream().filter(Sheet::visible).findFirst().orElse(this.sheets.get(0));
		}
		for (Sheet sheet : this.sheets) {
			if (sheet.name().equalsIgnoreCase(wanted.strip())) {
				return sheet;
			}
		}
		boolean number = wanted.strip().matches("[1-9]\\d{0,4}");
		if (number && Integer.parseInt(wanted.strip()) <= this.sheets.size()) {
			return this.sheets.get(Integer.parseInt(wanted.strip()) - 1);
		}
		throw new FileFormatException(0, "The workbook has no sheet '%s'".formatted(wanted),
				"It has " + this.sheets.stream()
					.limit(20)
					.map((sheet) -> "'" + sheet.name() + "'")
					.collect(Collectors.joining(", ")) + ".");
	}

	boolean since1904() {
		return this.since1904;
	}

	List<DateStyle> styles() throws IOException {
		String path = this.styles;
		if (path == null || this.zip.getEntry(path) == null) {
			return List.of();
		}
		try (XmlPart xml = part(path)) {
			return DateStyle.read(xml);
		}
	}

	SharedTexts sharedTexts() throws IOException {
		String path = this.sharedTexts;
		if (path == null || this.zip.getEntry(path) == null) {
			return SharedTexts.NONE;
		}
		try (XmlPart xml = part(path)) {
			return SharedTexts.read(xml, this.limits.sharedCharacters());
		}
	}

	XmlPart part(String path) throws IOException {
		ZipEntry entry = this.zip.getEntry(path);
		if (entry == null) {
			throw new FileFormatException(0, "The part '%s' of the workbook is missing".formatted(path),
					"Save the workbook again with a spreadsheet program.");
		}
		return new XmlPart(path, new Inflated(path, this.zip.getInputStream(entry), entry.getCompressedSize()),
				this.limits.recordCharacters());
	}

	@Override
	public void close() throws IOException {
		this.zip.close();
	}

	/**
	 * A sheet.
	 *
	 * @param name its name
	 * @param path the part that holds its cells
	 * @param visible whether it is not hidden
	 */
	record Sheet(String name, String path, boolean visible) {
	}

	/**
	 * What a part refers to.
	 *
	 * @param type the last word of the type
	 * @param target the other part
	 */
	private record Relation(String type, String target) {
	}

	/**
	 * A part while it is inflated, which ends where nobody would have written so much.
	 */
	private final class Inflated extends FilterInputStream {

		private static final long UNSUSPICIOUS = 1024 * 1024;

		private final String path;

		private final long compressed;

		private long bytes;

		private Inflated(String path, InputStream in, long compressed) {
			super(in);
			this.path = path;
			this.compressed = Math.max(1, compressed);
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
		}

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			int read;
			try {
				read = super.read(target, offset, length);
			}
			catch (ZipException ex) {
				throw new FileFormatException(0, "The part '%s' of the workbook is damaged".formatted(this.path),
						"Save the workbook again with a spreadsheet program.");
			}
			this.bytes += Math.max(0, read);
			Workbook.this.inflated += Math.max(0, read);
			FormatLimits limits = Workbook.this.limits;
			if (this.bytes > UNSUSPICIOUS && this.bytes / this.compressed > limits.inflation()) {
				throw new FileFormatException(0, "The part '%s' of the workbook grows to more than %d times its size"
					.formatted(this.path, limits.inflation()), "Send the rows as CSV if it really holds that many.");
			}
			if (Workbook.this.inflated > limits.workbookBytes()) {
				throw new FileFormatException(0,
						"The workbook holds more than %d bytes".formatted(limits.workbookBytes()),
						"Send the rows as CSV, or in several workbooks.");
			}
			return read;
		}

	}

}
