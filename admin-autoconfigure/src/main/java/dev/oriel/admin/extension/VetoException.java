package dev.oriel.admin.extension;

import org.jspecify.annotations.Nullable;

/**
 * A hook refuses what is written. Everything is undone, and the caller gets the message
 * with status 422. To refuse single rows and values, and several at once, see
 * {@link PendingRow#reject(String, String)}.
 *
 * @since 0.1.0
 */
public class VetoException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final @Nullable String column;

	/**
	 * Refuse the request.
	 * @param message why, for the caller
	 */
	public VetoException(String message) {
		this(null, message);
	}

	/**
	 * Refuse the request for what a column holds.
	 * @param column the column, or {@code null}
	 * @param message why, for the caller
	 */
	public VetoException(@Nullable String column, String message) {
		super(message);
		this.column = column;
	}

	/**
	 * Return the column that it is about, or {@code null}.
	 */
	public @Nullable String column() {
		return this.column;
	}

}
