package dev.oriel.admin.data;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A row is no longer what the caller has seen; nothing was changed.
 *
 * @since 0.1.0
 */
public class StaleRowException extends ProblemException {

	private static final long serialVersionUID = 1L;

	private final transient @Nullable Row current;

	private final transient List<StaleRow> rows;

	/**
	 * Create an exception about the only row that was to be written.
	 * @param current the row as it is now, with its version, or {@code null} if it is
	 * gone
	 */
	public StaleRowException(@Nullable Row current) {
		this(current, "");
	}

	StaleRowException(@Nullable Row current, String path) {
		this(current, List.of(), FamilyProblems.at(path,
				new Problem(412, "ORIEL412",
						(current != null) ? "The row was changed by somebody else" : "The row is no longer there", null,
						"Compare with the current row and write again with its version.")));
	}

	private StaleRowException(@Nullable Row current, List<StaleRow> rows, Problem problem) {
		super(problem);
		this.current = current;
		this.rows = List.copyOf(rows);
	}

	/**
	 * Create an exception about some of several rows that were to be written.
	 * @param rows the rows that have changed, at least one
	 */
	static StaleRowException of(List<StaleRow> rows) {
		String message = (rows.size() == 1) ? "A row was changed or deleted by somebody else"
				: "%d rows were changed or deleted by somebody else".formatted(rows.size());
		return new StaleRowException((rows.size() == 1) ? rows.get(0).current() : null, rows, new Problem(412,
				"ORIEL412", message, null, "Compare with the current rows and write again with their versions."));
	}

	/**
	 * Return the row as it is now, with its version; {@code null} if it is gone, or there
	 * are several.
	 */
	public @Nullable Row current() {
		return this.current;
	}

	/**
	 * Return the rows that have changed where several were to be written; empty where it
	 * was only one.
	 */
	public List<StaleRow> rows() {
		return this.rows;
	}

}
