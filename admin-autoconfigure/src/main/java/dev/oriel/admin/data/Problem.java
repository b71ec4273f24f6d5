package dev.oriel.admin.data;

import java.util.List;
import java.util.Map;

import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.sql.AmbiguousEmbedException;

import org.jspecify.annotations.Nullable;

/**
 * Why something could not be done, in the members that PostgREST gives its errors. Never
 * holds SQL or a stack trace.
 *
 * @param status the HTTP status that fits
 * @param code a SQLSTATE, a code of PostgREST ({@code PGRST…}) or one of Oriel's
 * ({@code ORIEL…})
 * @param message what went wrong
 * @param details the value or place it is about, or {@code null}
 * @param hint what to do, or {@code null}
 * @param column the column it is about, or {@code null}
 * @param candidates the relationships that an embed may mean, where that is the problem;
 * clients get them as the details
 * @param headers what a function wants the answer's headers to be besides
 * @param violation what is known of a write that was refused, or {@code null}
 * @since 0.1.0
 */
public record Problem(int status, String code, String message, @Nullable String details, @Nullable String hint,
		@Nullable String column, List<Candidate> candidates, Map<String, String> headers,
		@Nullable Violation violation) {

	public Problem {
		candidates = List.copyOf(candidates);
		headers = Map.copyOf(headers);
	}

	/**
	 * Create a problem that is about no write.
	 * @param status the HTTP status that fits
	 * @param code the code
	 * @param message what went wrong
	 * @param details the value or place it is about, or {@code null}
	 * @param hint what to do, or {@code null}
	 * @param column the column, or {@code null}
	 * @param candidates the relationships that an embed may mean
	 * @param headers what the answer's headers are to be besides
	 */
	public Problem(int status, String code, String message, @Nullable String details, @Nullable String hint,
			@Nullable String column, List<Candidate> candidates, Map<String, String> headers) {
		this(status, code, message, details, hint, column, candidates, headers, null);
	}

	/**
	 * Create a problem that asks for no headers.
	 * @param status the HTTP status that fits
	 * @param code the code
	 * @param message what went wrong
	 * @param details the value or place it is about, or {@code null}
	 * @param hint what to do, or {@code null}
	 * @param column the column, or {@code null}
	 * @param candidates the relationships that an embed may mean
	 */
	public Problem(int status, String code, String message, @Nullable String details, @Nullable String hint,
			@Nullable String column, List<Candidate> candidates) {
		this(status, code, message, details, hint, column, candidates, Map.of());
	}

	/**
	 * Create a problem that is about a column.
	 * @param status the HTTP status that fits
	 * @param code the code
	 * @param message what went wrong
	 * @param details the value or place it is about, or {@code null}
	 * @param hint what to do, or {@code null}
	 * @param column the column, or {@code null}
	 */
	public Problem(int status, String code, String message, @Nullable String details, @Nullable String hint,
			@Nullable String column) {
		this(status, code, message, details, hint, column, List.of());
	}

	/**
	 * Create a problem that is about no single column.
	 * @param status the HTTP status that fits
	 * @param code the code
	 * @param message what went wrong
	 * @param details the value or place it is about, or {@code null}
	 * @param hint what to do, or {@code null}
	 */
	public Problem(int status, String code, String message, @Nullable String details, @Nullable String hint) {
		this(status, code, message, details, hint, null);
	}

	/**
	 * Return the problem of a query that is not written as the language wants it.
	 * @param ex what the parser or the look-up of names found
	 */
	public static Problem of(QueryException ex) {
		int status = switch (ex.code()) {
			case "PGRST103" -> 416;
			case "PGRST125" -> 404;
			case "PGRST201" -> 300;
			default -> 400;
		};
		List<Candidate> candidates = (ex instanceof AmbiguousEmbedException ambiguous)
				? ambiguous.candidates().stream().map(Candidate::of).toList() : List.of();
		return new Problem(status, ex.code(), String.valueOf(ex.getMessage()), ex.details(), ex.hint(), null,
				candidates);
	}

	/**
	 * Return the problem of a database that cannot be reached.
	 */
	public static Problem unavailable() {
		return new Problem(503, "PGRST000", "The database cannot be reached", null,
				"It is tried again by itself; nothing was changed.");
	}

	/**
	 * Return the problem of a database that was lost just when a change was to be kept.
	 */
	public static Problem uncertain() {
		return new Problem(503, "PGRST000", "The database was lost while the change was being kept",
				"It is not known whether it was.", "Look at the rows before writing again.");
	}

	/**
	 * Return the problem of an answer that has to hold exactly one row but does not.
	 * @param rows how many rows there are
	 */
	public static Problem notSingle(int rows) {
		return new Problem(406, "PGRST116", "Cannot coerce the result to a single JSON object",
				"The result contains %d rows".formatted(rows), null);
	}

	/**
	 * Return the problem with what is known of the write that was refused.
	 * @param column the column it is about, or {@code null}
	 * @param violation what is known of it
	 */
	Problem with(@Nullable String column, Violation violation) {
		return new Problem(this.status, this.code, this.message, this.details, this.hint, column, this.candidates,
				this.headers, violation);
	}

	/**
	 * Return the problem with what is told besides its message, where nothing is told
	 * yet.
	 * @param details the value or place it is about, or {@code null}
	 * @param hint what to do, or {@code null}
	 */
	Problem explained(@Nullable String details, @Nullable String hint) {
		return new Problem(this.status, this.code, this.message, (this.details != null) ? this.details : details,
				(this.hint != null) ? this.hint : hint, this.column, this.candidates, this.headers, this.violation);
	}

	/**
	 * Return the problem of an answer that has to hold all rows but cannot.
	 * @param most how many rows it may hold
	 */
	static Problem notWhole(long most) {
		return new Problem(400, "ORIEL413", "There are more rows than one answer may hold",
				"It may hold %d rows.".formatted(most),
				"Ask for fewer with a filter or 'limit', read them one by one, or raise 'oriel.max-rows'.");
	}

	/**
	 * A relationship that an embed may mean.
	 *
	 * @param cardinality how many rows there are at both ends, for example
	 * {@code many-to-one}
	 * @param embedding which relation is embedded in which
	 * @param relationship the constraints and columns it is made of
	 */
	public record Candidate(String cardinality, String embedding, String relationship) {

		static Candidate of(AmbiguousEmbedException.Candidate candidate) {
			return new Candidate(candidate.cardinality(), candidate.embedding(), candidate.relationship());
		}

	}

}
