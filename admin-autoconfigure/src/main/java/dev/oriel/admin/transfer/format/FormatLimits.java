package dev.oriel.admin.transfer.format;

/**
 * How much of a file is taken before it is refused, so that none can use up the memory.
 *
 * @param recordCharacters how many characters one row may have
 * @param columns how many columns a row may have
 * @param workbookBytes how many bytes the parts of a workbook that are read may have when
 * they are inflated
 * @param inflation how many times more bytes than its compressed ones a part of a
 * workbook may have, beyond its first megabyte
 * @param sharedCharacters how many characters the texts that the cells of a workbook
 * share may have altogether
 * @param depth how many arrays and objects may stand inside of each other
 * @since 0.1.0
 */
public record FormatLimits(int recordCharacters, int columns, long workbookBytes, int inflation, int sharedCharacters,
		int depth) {

	/** Enough for all that PostgreSQL's own limits let through in practice. */
	public static final FormatLimits DEFAULTS = new FormatLimits(16 * 1024 * 1024, 1600, 8L * 1024 * 1024 * 1024, 400,
			32 * 1024 * 1024, 500);

}
