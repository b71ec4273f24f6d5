package dev.oriel.admin.change.postgres;

/**
 * Triggers could not be put on a table or taken off; nothing was changed.
 *
 * @since 0.1.0
 */
public class TriggerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final boolean busy;

	public TriggerException(String message, boolean busy, Throwable cause) {
		super(message, cause);
		this.busy = busy;
	}

	/**
	 * Whether the table was merely in use, so that a later attempt may succeed.
	 */
	public boolean isBusy() {
		return this.busy;
	}

}
