package dev.oriel.admin.transfer.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Reads any bytes as the sheet of a workbook, which is where they get furthest: as a
 * whole file, hardly any are an archive. Either the error says what is wrong, or every
 * row has as many values as the header has names.
 */
public final class XlsxTarget {

	private static final FormatLimits LIMITS = new FormatLimits(100_000, 100, 1_000_000, 100, 100_000, 50);

	private XlsxTarget() {
	}

	/**
	 * Try one input; the name is what fuzzers look for.
	 * @param input a sheet
	 */
	public static void fuzzerTestOneInput(byte[] input) throws IOException {
		Path file = Files.createTempFile("oriel", ".xlsx");
		try {
			write(file, input);
			read(file);
		}
		finally {
			Files.delete(file);
		}
	}

	private static void read(Path file) throws IOException {
		try (RecordReader reader = XlsxReader.open(file, SourceOptions.DETECTED, LIMITS)) {
			int columns = reader.header().size();
			for (InputRecord row = reader.next(); row != null; row = reader.next()) {
				if (row instanceof InputRecord.Fields fields && fields.values().size() != columns) {
					throw new AssertionError("Not read as it should be");
				}
			}
		}
		catch (FileFormatException ex) {
			if (String.valueOf(ex.getMessage()).isBlank()) {
				throw new AssertionError("An error says nothing", ex);
			}
		}
	}

	private static void write(Path file, byte[] sheet) throws IOException {
		try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
			zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
			zip.write("<workbook><sheets><sheet name=\"a\" id=\"rId1\"/></sheets></workbook>"
				.getBytes(StandardCharsets.US_ASCII));
			zip.putNextEntry(new ZipEntry("xl/_rels/workbook.xml.rels"));
			zip.write("<r><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"s.xml\"/></r>"
				.getBytes(StandardCharsets.US_ASCII));
			zip.putNextEntry(new ZipEntry("xl/s.xml"));
			zip.write(sheet);
		}
	}

}
