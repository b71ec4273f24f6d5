package dev.oriel.admin.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The description of the API, and the data that its examples are about.
 */
final class ApiDocument {

	static final Path FILE = Path.of("..", "docs", "api.md");

	private static final Path DATA = Path.of("..", "docs", "api.sql");

	private static final String ROWS = "-- Rows. ";

	private static final String FENCE = "```";

	private ApiDocument() {
	}

	/**
	 * Return the statements that make tables and functions.
	 */
	static String definitions() {
		return data().substring(0, data().indexOf(ROWS));
	}

	/**
	 * Return the statements that fill the tables.
	 */
	static String rows() {
		return data().substring(data().indexOf(ROWS));
	}

	/**
	 * Return the blocks of examples, in the order of the document.
	 */
	static List<Block> blocks() {
		List<Block> blocks = new ArrayList<>();
		List<String> lines = read(FILE).lines().toList();
		String heading = "";
		int opened = -1;
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i);
			if (opened < 0 && line.startsWith("#")) {
				heading = line.replaceFirst("#+ *", "");
			}
			else if (opened < 0 && line.startsWith(FENCE)) {
				opened = i;
			}
			else if (opened >= 0 && line.equals(FENCE)) {
				if (lines.get(opened).equals(FENCE + "http")) {
					blocks.add(new Block(heading, opened + 2, lines.subList(opened + 1, i)));
				}
				opened = -1;
			}
		}
		if (opened >= 0) {
			throw new IllegalArgumentException("The block that begins in line " + (opened + 1) + " has no end");
		}
		return blocks;
	}

	private static String data() {
		return read(DATA);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * An example: one request or several.
	 *
	 * @param heading the heading that it stands below
	 * @param line the number of its first line
	 * @param lines its lines
	 */
	record Block(String heading, int line, List<String> lines) {

		List<HttpExample> examples() {
			return HttpExample.parse(this.lines, this.line);
		}

		@Override
		public String toString() {
			String first = this.lines.isEmpty() ? "empty" : this.lines.get(0);
			return "%s: %s (line %d)".formatted(this.heading, first, this.line);
		}

	}

}
