package dev.oriel.sample.load;

import org.jspecify.annotations.Nullable;

/**
 * A file that cannot be run, and the line where it ends.
 */
final class SqlScriptException extends RuntimeException {

	private final int line;

	SqlScriptException(int line, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.line = line;
	}

	int line() {
		return this.line;
	}

}
