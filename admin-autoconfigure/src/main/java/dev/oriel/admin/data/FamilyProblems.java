package dev.oriel.admin.data;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Says where in a body a problem is.
 */
final class FamilyProblems {

	private FamilyProblems() {
	}

	/**
	 * Return the same problem with the place of its row.
	 * @param path the path of the row; empty for the only row of a body
	 */
	static Problem at(String path, Problem problem) {
		if (path.isEmpty()) {
			return problem;
		}
		String column = (problem.column() != null) ? path + "." + problem.column() : path;
		Violation violation = (problem.violation() != null) ? problem.violation() : Violation.UNKNOWN;
		return problem.with(column, violation.withPath(column));
	}

	/**
	 * Run something that is about a row.
	 * @param path the path of the row
	 */
	static <T> T at(String path, Supplier<T> work) {
		try {
			return work.get();
		}
		catch (ProblemException ex) {
			throw new ProblemException(at(path, ex.problem()), ex);
		}
	}

	/**
	 * Return the problem of a body that cannot be understood.
	 * @param path where in the body, empty for the body as a whole
	 */
	static ProblemException invalid(String path, String message, @Nullable String details, @Nullable String hint) {
		return new ProblemException(at(path, new Problem(400, "ORIEL400", message, details, hint)));
	}

	/**
	 * Return the problem of a row that is meant to be there but is not, or not for the
	 * caller.
	 * @param path the path of the row
	 */
	static ProblemException missing(String path, Target target, String key) {
		return new ProblemException(at(path, new Problem(409, "23503", "The row to link is not there",
				"Key %s is not present in table \"%s\".".formatted(key, target.relation().name().name()), null)));
	}

}
