package dev.oriel.admin.transfer.format;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/**
 * Characters of a file, of which only those of the current row are kept.
 */
final class TextBuffer implements Closeable {

	private static final int SIZE = 64 * 1024;

	private final TextSource source;

	private final int longest;

	private char[] characters = new char[SIZE];

	private int mark;

	private int position;

	private int limit;

	private boolean ended;

	private long line = 1;

	private long column = 1;

	private boolean wasReturn;

	/**
	 * @param longest how many characters from a mark on may be kept
	 */
	TextBuffer(TextSource source, int longest) {
		this.source = source;
		this.longest = longest;
	}

	/**
	 * Return the next character without taking it, or -1 at the end.
	 */
	int peek() throws IOException {
		return (this.position < this.limit || fill()) ? this.characters[this.position] : -1;
	}

	/**
	 * Take the next character, which there has to be.
	 */
	void take() {
		char character = this.characters[this.position++];
		boolean second = character == '\n' && this.wasReturn;
		this.wasReturn = character == '\r';
		if ((character == '\n' && !second) || this.wasReturn) {
			this.line++;
			this.column = 1;
		}
		else if (!second) {
			this.column++;
		}
	}

	/**
	 * Forget all before the next character and keep what follows.
	 */
	void mark() {
		this.mark = this.position;
	}

	char[] characters() {
		return this.characters;
	}

	int markOffset() {
		return this.mark;
	}

	/**
	 * Return how many characters were taken since the mark.
	 */
	int length() {
		return this.position - this.mark;
	}

	String text() {
		return new String(this.characters, this.mark, length());
	}

	/**
	 * Return the line of the next character, from 1.
	 */
	long line() {
		return this.line;
	}

	/**
	 * Return the place of the next character in its line, from 1.
	 */
	long column() {
		return this.column;
	}

	private boolean fill() throws IOException {
		if (this.ended) {
			return false;
		}
		if (this.mark > 0) {
			System.arraycopy(this.characters, this.mark, this.characters, 0, this.limit - this.mark);
			this.position -= this.mark;
			this.limit -= this.mark;
			this.mark = 0;
		}
		if (this.limit == this.characters.length) {
			if (this.limit >= this.longest) {
				throw new FileFormatException(this.line,
						"The row that goes on in line %d is too long: no row may have more than %d characters"
							.formatted(this.line, this.longest),
						"Look whether a quote or a brace is not closed.");
			}
			this.characters = Arrays.copyOf(this.characters,
					(int) Math.min(2L * this.characters.length, Math.max(SIZE, this.longest)));
		}
		try {
			int read = this.source.read(this.characters, this.limit, this.characters.length - this.limit);
			this.ended = read < 0;
			this.limit += Math.max(0, read);
		}
		catch (TextSource.MalformedBytes ex) {
			throw ex.at(this.line);
		}
		return !this.ended;
	}

	@Override
	public void close() throws IOException {
		this.source.close();
	}

}
