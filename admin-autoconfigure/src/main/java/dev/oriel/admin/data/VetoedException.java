package dev.oriel.admin.data;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A hook of the host refuses what was to be written; nothing was changed.
 *
 * @since 0.1.0
 */
public class VetoedException extends ProblemException {

	private static final long serialVersionUID = 1L;

	private final transient List<FieldError> errors;

	private VetoedException(List<FieldError> errors, @Nullable Throwable cause) {
		super(problem(errors), cause);
		this.errors = List.copyOf(errors);
	}

	/**
	 * Create an exception.
	 * @param errors what is refused, at least one
	 * @param known the columns that the caller may know of
	 * @param cause what the hook has thrown, or {@code null}
	 */
	static VetoedException of(List<FieldError> errors, Set<String> known, @Nullable Throwable cause) {
		return new VetoedException(errors.stream().map((error) -> known(error, known)).distinct().toList(), cause);
	}

	private static FieldError known(FieldError error, Set<String> known) {
		boolean told = error.column() == null || known.contains(error.column());
		return told ? error : new FieldError(null, null, error.message());
	}

	private static Problem problem(List<FieldError> errors) {
		FieldError first = errors.get(0);
		Problem problem = new Problem(422, "ORIEL422", first.message(), null, null);
		if (first.path() == null && first.column() == null) {
			return problem;
		}
		List<String> columns = (first.column() != null) ? List.of(first.column()) : List.of();
		return problem.with(first.column(), Violation.UNKNOWN.withColumns(columns).withPath(first.path()));
	}

	/**
	 * Return everything that is refused; the problem tells the first of it.
	 */
	public List<FieldError> errors() {
		return this.errors;
	}

}
