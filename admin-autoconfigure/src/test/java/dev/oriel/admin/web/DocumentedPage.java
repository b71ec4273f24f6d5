package dev.oriel.admin.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of the documentation, and the data that its examples are about.
 *
 * @param name the name of both files, without what follows the point
 */
record DocumentedPage(String name) {

	/** The description of the API. */
	static final DocumentedPage API = new DocumentedPage("api");

	/** The guide to writing. */
	static final DocumentedPage WRITING = new DocumentedPage("writing");

	/** The guide to files. */
	static final DocumentedPage TRANSFER = new DocumentedPage("import-export");

	private static final String ROWS = "-- Rows. ";

	private static final String FENCE = "```";

	/**
	 * Return all pages with examples.
	 */
	static List<DocumentedPage> all() {
		return List.of(API, WRITING, TRANSFER);
	}

	/**
	 * Return the page.
	 */
	Path file() {
		return Path.of("..", "docs", this.name + ".md");
	}

	/**
	 * Return the statements that make tables and functions.
	 */
	String definitions() {
		return data().substring(0, data().indexOf(ROWS));
	}

	/**
	 * Return the statements that fill the tables.
	 */
	String rows() {
		return data().substring(data().indexOf(ROWS));
	}

	/**
	 * Return the blocks of examples, in the order of the document.
	 */
	List<Block> blocks() {
		List<Block> blocks = new ArrayList<>();
		List<String> lines = read(file()).lines().toList();
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

	private String data() {
		return read(Path.of("..", "docs", this.name + ".sql"));
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
