package dev.oriel.admin.autoconfigure;

/**
 * A key under {@code oriel} has a value that cannot be used.
 */
final class InvalidOrielPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String key;

	private final String value;

	private final String reason;

	private final String action;

	InvalidOrielPropertyException(String key, String value, String reason, String action) {
		super("%s=%s: %s".formatted(key, value, reason));
		this.key = key;
		this.value = value;
		this.reason = reason;
		this.action = action;
	}

	String description() {
		return "The value '%s' of '%s' cannot be used. %s".formatted(this.value, this.key, this.reason);
	}

	String action() {
		return this.action;
	}

}
