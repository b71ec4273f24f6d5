package dev.oriel.sample;

import org.jspecify.annotations.Nullable;

/**
 * A reason not to start that the user can do something about.
 */
public class StartFailure extends RuntimeException {

	private final String action;

	/**
	 * Creates a failure.
	 * @param description what happened
	 * @param action what the user can do about it
	 * @param cause where it comes from, if from an exception
	 */
	public StartFailure(String description, String action, @Nullable Throwable cause) {
		super(description, cause);
		this.action = action;
	}

	/**
	 * Says what the user can do about it.
	 * @return one sentence or two
	 */
	public String action() {
		return this.action;
	}

}
