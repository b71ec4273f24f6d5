package dev.oriel.admin.data;

import org.jspecify.annotations.Nullable;

/**
 * The row is no longer what the caller has seen; nothing was changed.
 *
 * @since 0.1.0
 */
public class StaleRowException extends ProblemException {

	private static final long serialVersionUID = 1L;

	private final transient @Nullable Row current;

	public StaleRowException(@Nullable Row current) {
		this(current, "");
	}

	StaleRowException(@Nullable Row current, String path) {
		super(FamilyProblems.at(path,
				new Problem(412, "ORIEL412",
						(current != null) ? "The row was changed by somebody else" : "The row is no longer there", null,
						"Compare with the current row and write again with its version.")));
		this.current = current;
	}

	/**
	 * Return the row as it is now, with its version, or {@code null} if it is gone.
	 */
	public @Nullable Row current() {
		return this.current;
	}

}
