package dev.oriel.admin.sql;

import java.util.List;

import dev.oriel.admin.query.QueryException;

/**
 * An embed names several relationships.
 *
 * @since 0.1.0
 */
public class AmbiguousEmbedException extends QueryException {

	private static final long serialVersionUID = 1L;

	private final transient List<Candidate> candidates;

	AmbiguousEmbedException(String message, List<Candidate> candidates, String hint) {
		super("PGRST201", message, null, hint);
		this.candidates = List.copyOf(candidates);
	}

	/**
	 * Return the relationships that may be meant.
	 */
	public List<Candidate> candidates() {
		return this.candidates;
	}

	/**
	 * A relationship that may be meant.
	 *
	 * @param cardinality how many rows there are at both ends, for example
	 * {@code many-to-one}
	 * @param embedding which relation is embedded in which
	 * @param relationship the constraints and columns it is made of
	 */
	public record Candidate(String cardinality, String embedding, String relationship) {
	}

}
