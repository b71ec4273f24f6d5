package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.Set;

import dev.oriel.admin.schema.RelationName;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A statement of a {@link BulkTransaction} has failed. As a problem, it tells what may be
 * told.
 *
 * @since 0.1.0
 */
public final class BulkException extends ProblemException {

	private static final long serialVersionUID = 1L;

	/** Classes of errors that are about the server or about other transactions. */
	private static final Set<String> NOT_OF_ROWS = Set.of("08", "0A", "25", "26", "40", "42", "53", "55", "57", "58",
			"F0", "XX");

	private static final String REFUSED = "42501";

	private final String state;

	private final @Nullable String rule;

	private final @Nullable RelationName relation;

	private final @Nullable String column;

	private final transient RejectedReason reason;

	BulkException(SQLException cause, BulkTarget target) {
		super(SqlProblems.of(cause, target.target()), cause);
		this.state = (cause.getSQLState() != null) ? cause.getSQLState() : "XX000";
		ServerErrorMessage server = (cause instanceof PSQLException postgres) ? postgres.getServerErrorMessage() : null;
		this.relation = (server != null && server.getSchema() != null && server.getTable() != null)
				? new RelationName(server.getSchema(), server.getTable()) : null;
		this.rule = (server != null) ? server.getConstraint() : null;
		this.column = (server != null && target.relation().name().equals(this.relation)) ? server.getColumn() : null;
		this.reason = RejectedReason.of(this.state, String.valueOf(cause.getMessage()), server);
	}

	/**
	 * Return the SQLSTATE.
	 */
	public String state() {
		return this.state;
	}

	/**
	 * Return the constraint that is violated, or {@code null}.
	 */
	public @Nullable String rule() {
		return this.rule;
	}

	/**
	 * Return the relation whose constraint is violated, which can be another one than
	 * that which is written, or {@code null}.
	 */
	public @Nullable RelationName relation() {
		return this.relation;
	}

	/**
	 * Return the column of the relation that it is about, or {@code null}.
	 */
	public @Nullable String column() {
		return this.column;
	}

	/**
	 * Return why the row is rejected that was written, if it was one.
	 */
	public RejectedReason reason() {
		return this.reason;
	}

	/**
	 * Whether some row is to blame, and not the server, the statement or somebody else's
	 * transaction.
	 */
	public boolean isAboutRows() {
		return this.state.equals(REFUSED) || !NOT_OF_ROWS.contains(this.state.substring(0, 2));
	}

}
