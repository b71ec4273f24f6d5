package dev.oriel.admin.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a benchmark tells, in Markdown.
 */
final class Report {

	private final List<String> lines = new ArrayList<>();

	/**
	 * Add a line.
	 * @param format the line, as {@link String#format} takes it
	 * @param values what it says
	 */
	void line(String format, Object... values) {
		this.lines.add(String.format(Locale.ROOT, format, values));
	}

	/**
	 * Begin a table, apart from what stands before it.
	 * @param headings the heading of each column
	 */
	void table(String... headings) {
		if (!this.lines.isEmpty()) {
			gap();
		}
		this.lines.add("| " + String.join(" | ", headings) + " |");
		this.lines.add("|" + "---|".repeat(headings.length));
	}

	/**
	 * Add an empty line.
	 */
	void gap() {
		this.lines.add("");
	}

	/**
	 * Print it, and keep it below {@code target}.
	 * @param file the name of the file
	 */
	void save(String file) throws IOException {
		this.lines.forEach(System.out::println);
		Files.createDirectories(Path.of("target"));
		Files.write(Path.of("target", file), this.lines);
	}

}
