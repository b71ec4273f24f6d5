package dev.oriel.sample.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a file statement by statement, never more of it than one.
 */
final class SqlScriptReader {

	private static final Logger logger = LoggerFactory.getLogger(SqlScriptReader.class);

	/** Commands of psql that change nothing in the database. */
	private static final Set<String> HARMLESS = Set.of("echo", "encoding", "errverbose", "pset", "q", "qecho",
			"restrict", "set", "timing", "unrestrict", "unset", "warn", "x", "a", "t");

	private final BufferedReader source;

	private @Nullable String line;

	private int lineNumber;

	private int column;

	SqlScriptReader(BufferedReader source) {
		this.source = source;
	}

	/**
	 * Reads the next statement, or null at the end of the file.
	 */
	@Nullable SqlStatement next() throws IOException {
		StatementScanner scanner = new StatementScanner();
		StringBuilder text = new StringBuilder();
		int startLine = 0;
		for (String current = currentLine(scanner); current != null; current = currentLine(scanner)) {
			int start = this.column;
			int end = scanner.scan(current, start);
			if (startLine == 0 && !scanner.isEmpty()) {
				startLine = this.lineNumber;
			}
			if (end < 0) {
				this.line = null;
				text.append(current, start, current.length()).append('\n');
			}
			else {
				this.column = end;
				text.append(current, start, end - 1);
			}
			if (startLine == 0) {
				text.setLength(0);
			}
			else if (end >= 0) {
				return new SqlStatement(text.toString(), startLine);
			}
		}
		return (startLine > 0) ? new SqlStatement(text.toString(), startLine) : null;
	}

	/**
	 * Reads the next row after a COPY statement, or null after the last one.
	 */
	@Nullable String nextRow() throws IOException {
		// What follows the statement on its own line is not data.
		this.line = null;
		String row = this.source.readLine();
		this.lineNumber++;
		return (row == null || row.equals("\\.")) ? null : row;
	}

	int lineNumber() {
		return this.lineNumber;
	}

	/**
	 * The line that is being read, or the next one if that is read to its end.
	 */
	private @Nullable String currentLine(StatementScanner scanner) throws IOException {
		while (this.line == null) {
			String next = this.source.readLine();
			if (next == null) {
				return null;
			}
			this.lineNumber++;
			this.column = 0;
			this.line = withoutByteOrderMark(next);
			if (scanner.isBetweenStatements() && this.line.startsWith("\\")) {
				skipCommand(this.line);
				this.line = null;
			}
		}
		return this.line;
	}

	private String withoutByteOrderMark(String text) {
		return (this.lineNumber == 1 && text.startsWith("\uFEFF")) ? text.substring(1) : text;
	}

	private void skipCommand(String command) {
		String name = command.substring(1).split("[\\s:]", 2)[0];
		if (!HARMLESS.contains(name)) {
			throw new SqlScriptException(this.lineNumber, "\\" + name + " is a command of psql and cannot be run here",
					null);
		}
		logger.info("Line {}: \\{} is a command of psql and was skipped", this.lineNumber, name);
	}

}
