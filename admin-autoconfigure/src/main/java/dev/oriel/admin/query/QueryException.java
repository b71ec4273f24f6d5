package dev.oriel.admin.query;

import org.jspecify.annotations.Nullable;

/**
 * A query is not written as the language wants it.
 *
 * @since 0.1.0
 */
public class QueryException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String code;

	private final @Nullable String details;

	private final @Nullable String hint;

	/**
	 * Create the exception.
	 * @param code the code of PostgREST, for example {@code PGRST100}
	 * @param message what is wrong: which parameter, which place
	 * @param details what was found there, or {@code null}
	 * @param hint what to write instead, or {@code null}
	 */
	public QueryException(String code, String message, @Nullable String details, @Nullable String hint) {
		super(message);
		this.code = code;
		this.details = details;
		this.hint = hint;
	}

	public String code() {
		return this.code;
	}

	public @Nullable String details() {
		return this.details;
	}

	public @Nullable String hint() {
		return this.hint;
	}

}
