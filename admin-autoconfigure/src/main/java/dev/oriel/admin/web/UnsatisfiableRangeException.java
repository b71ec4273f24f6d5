package dev.oriel.admin.web;

import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;

/**
 * A page was asked for that begins behind the last row.
 */
final class UnsatisfiableRangeException extends ProblemException {

	private static final long serialVersionUID = 1L;

	private final long total;

	UnsatisfiableRangeException(long offset, long total) {
		super(new Problem(416, "PGRST103", "Requested range not satisfiable",
				"An offset of %d was requested, but there are only %d rows.".formatted(offset, total), null));
		this.total = total;
	}

	/**
	 * Return the value of the header {@code Content-Range}, which tells how many rows
	 * there are.
	 */
	String contentRange() {
		return "*/" + this.total;
	}

}
