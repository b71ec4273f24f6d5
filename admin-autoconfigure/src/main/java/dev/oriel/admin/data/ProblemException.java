package dev.oriel.admin.data;

import org.jspecify.annotations.Nullable;

/**
 * A use case could not be carried out; nothing was changed.
 *
 * @since 0.1.0
 */
public class ProblemException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Problem problem;

	public ProblemException(Problem problem) {
		this(problem, null);
	}

	public ProblemException(Problem problem, @Nullable Throwable cause) {
		super(problem.code() + ": " + problem.message(), cause);
		this.problem = problem;
	}

	/**
	 * Return what to tell the caller.
	 */
	public Problem problem() {
		return this.problem;
	}

}
