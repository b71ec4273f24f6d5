package dev.oriel.admin.transfer.format;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What a file is by its first bytes, whatever its name or its sender says.
 *
 * @since 0.1.0
 */
public enum FileKind {

	/** Lines of text, as far as can be seen. */
	TEXT("text"),
	/** A JSON array. */
	JSON_ARRAY("a JSON array"),
	/** A JSON object, perhaps one in each line. */
	JSON_OBJECT("a JSON object"),
	/** A ZIP archive, as a workbook is. */
	ZIP("a ZIP archive or a workbook (XLSX)"),
	/** A workbook of Excel 97 to 2003. */
	XLS("an old Excel workbook (XLS) or another document of Office 97 to 2003"),
	/** Compressed by gzip. */
	GZIP("compressed by gzip"),
	/** Compressed by bzip2, xz, Zstandard or 7-Zip. */
	COMPRESSED("compressed"),
	/** A PDF document. */
	PDF("a PDF document"),
	/** A picture. */
	IMAGE("a picture"),
	/** An HTML page. */
	HTML("an HTML page"),
	/** Another XML document. */
	XML("an XML document"),
	/** A SQLite database. */
	SQLITE("a SQLite database"),
	/** A dump of {@code pg_dump} in its own format. */
	DUMP("a dump of pg_dump in its custom format"),
	/** A Parquet file. */
	PARQUET("a Parquet file");

	private static final int LOOKED_AT = 512;

	private final String description;

	FileKind(String description) {
		this.description = description;
	}

	/**
	 * Return what it is called in a sentence that begins with "The file is".
	 */
	public String description() {
		return this.description;
	}

	/**
	 * Return what a file is.
	 * @param head its first bytes; more than 512 are not looked at
	 */
	public static FileKind of(byte[] head) {
		FileKind binary = ofMagic(head);
		return (binary != null) ? binary : ofText(head);
	}

	private static @Nullable FileKind ofMagic(byte[] head) {
		if (begins(head, 'P', 'K', 3, 4) || begins(head, 'P', 'K', 5, 6)) {
			return ZIP;
		}
		if (begins(head, 0xD0, 0xCF, 0x11, 0xE0)) {
			return XLS;
		}
		if (begins(head, 0x1F, 0x8B)) {
			return GZIP;
		}
		if (begins(head, 'B', 'Z', 'h', '1') || begins(head, 'B', 'Z', 'h', '9') || begins(head, 0xFD, '7', 'z', 'X')
				|| begins(head, '7', 'z', 0xBC, 0xAF) || begins(head, 0x28, 0xB5, 0x2F, 0xFD)) {
			return COMPRESSED;
		}
		if (begins(head, '%', 'P', 'D', 'F', '-')) {
			return PDF;
		}
		if (begins(head, 0x89, 'P', 'N', 'G') || begins(head, 0xFF, 0xD8, 0xFF) || begins(head, 'G', 'I', 'F', '8')) {
			return IMAGE;
		}
		if (begins(head, 'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f')) {
			return SQLITE;
		}
		if (begins(head, 'P', 'G', 'D', 'M', 'P')) {
			return DUMP;
		}
		return begins(head, 'P', 'A', 'R', '1') ? PARQUET : null;
	}

	private static FileKind ofText(byte[] head) {
		int from = begins(head, 0xEF, 0xBB, 0xBF) ? 3 : 0;
		String text = new String(head, from, Math.min(head.length, LOOKED_AT) - from, StandardCharsets.ISO_8859_1)
			.stripLeading();
		String lower = text.toLowerCase(Locale.ROOT);
		if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
			return HTML;
		}
		if (lower.startsWith("<?xml")) {
			return XML;
		}
		if (text.startsWith("{") && (second(text) == '"' || second(text) == '}')) {
			return JSON_OBJECT;
		}
		boolean array = text.startsWith("[")
				&& (second(text) == '{' || second(text) == '[' || text.strip().equals("[]"));
		return array ? JSON_ARRAY : TEXT;
	}

	/**
	 * Return the second character that is no space.
	 */
	private static char second(String text) {
		String rest = text.substring(1).stripLeading();
		return rest.isEmpty() ? ' ' : rest.charAt(0);
	}

	private static boolean begins(byte[] head, int... bytes) {
		if (head.length < bytes.length) {
			return false;
		}
		for (int i = 0; i < bytes.length; i++) {
			if ((head[i] & 0xFF) != bytes[i]) {
				return false;
			}
		}
		return true;
	}

}
