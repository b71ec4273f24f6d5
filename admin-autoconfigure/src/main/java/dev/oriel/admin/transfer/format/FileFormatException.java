package dev.oriel.admin.transfer.format;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * A file is not what it is said to be, or not even safe to read on.
 *
 * @since 0.1.0
 */
public class FileFormatException extends IOException {

	private static final long serialVersionUID = 1L;

	private final long line;

	private final @Nullable String hint;

	/**
	 * Create the exception.
	 * @param line the line at which it was noticed, as {@link InputRecord#line()} counts;
	 * 0 where it is about the whole file
	 * @param message what is wrong with the file, for whoever sent it
	 * @param hint what to do, or {@code null}
	 */
	public FileFormatException(long line, String message, @Nullable String hint) {
		super(message);
		this.line = line;
		this.hint = hint;
	}

	public long line() {
		return this.line;
	}

	public @Nullable String hint() {
		return this.hint;
	}

}
