package dev.oriel.admin.schema;

import org.jspecify.annotations.Nullable;

/**
 * The database cannot be read, and nothing is known about it from before.
 *
 * @since 0.1.0
 */
public class SchemaUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public SchemaUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
