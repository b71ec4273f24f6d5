package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.WriteStatements;

import org.jspecify.annotations.Nullable;

/**
 * One transaction that writes rows of any relations on behalf of a caller. It knows what
 * it is at, so that an error can be told in terms of the rows that were sent, and what is
 * to be done once its changes are kept.
 */
final class WriteTransaction {

	private final Transaction transaction;

	private final Caller caller;

	private final Targets targets;

	private final WriteHooks hooks;

	private final boolean dryRun;

	private final Progress progress;

	private boolean merged;

	/**
	 * @param dryRun whether everything is undone at the end
	 */
	WriteTransaction(Transaction transaction, Caller caller, Targets targets, WriteHooks hooks, boolean dryRun,
			Progress progress) {
		this.transaction = transaction;
		this.caller = caller;
		this.targets = targets;
		this.hooks = hooks;
		this.dryRun = dryRun;
		this.progress = progress;
	}

	Connection connection() {
		return this.transaction.connection();
	}

	Caller caller() {
		return this.caller;
	}

	/**
	 * Find another relation that the transaction writes or reads.
	 * @throws ProblemException when there is none by that name that the caller may do it
	 * with
	 */
	Target target(RelationName name, Operation operation) {
		return this.targets.find(this.caller, name, operation);
	}

	/**
	 * Say what is written next, where it is not written by this transaction itself.
	 */
	void at(WriteStep step) {
		this.progress.step = step;
	}

	/**
	 * Say what was written, where it was not written by this transaction itself.
	 */
	void wrote(Target target, Rows rows) {
		this.progress.add(WriteStep.of(target), rows);
	}

	/**
	 * Return the hooks on an operation, to be called around it: once before and once
	 * after, with all rows of the request.
	 */
	HookCall hooks(Target target, Operation operation) {
		return new HookCall(this, this.hooks.on(target.relation(), operation), target, operation, this.dryRun);
	}

	/**
	 * Read rows that are written afterwards.
	 * @param step what is written
	 * @param statement a statement of {@link dev.oriel.admin.sql.NamedStatements
	 * NamedStatements} that holds rows
	 */
	List<HeldRow> hold(WriteStep step, SqlStatement statement) throws SQLException {
		this.progress.step = step;
		return Database.query(connection(), statement, HeldRow::extract);
	}

	/**
	 * Begin to count merged rows anew. Whatever was merged before in the same
	 * transaction, be it by a hook or by the host, counts no longer.
	 */
	void countMerged() throws SQLException {
		if (this.merged || !this.transaction.isFresh()) {
			Database.query(connection(), WriteStatements.countMerged(), ResultSet::next);
		}
		this.merged = true;
	}

	/**
	 * Run statements that write rows of one relation, and return the rows written. All of
	 * them meet the rules on rows.
	 * @param step what is written
	 * @param statements statements of {@link dev.oriel.admin.sql.WriteStatements
	 * WriteStatements}
	 * @throws ProblemException when a row is outside of what the caller may write
	 */
	Rows write(WriteStep step, List<SqlStatement> statements) throws SQLException {
		this.progress.step = step;
		Rows rows = Rows.NONE;
		for (SqlStatement statement : statements) {
			rows = rows.and(Database.query(connection(), statement, Rows::extract));
		}
		WriteChecks.requirePermitted(rows, step.target());
		this.progress.add(step, rows);
		return rows;
	}

	/**
	 * Return the plan of a statement that would write.
	 * @param step what would be written
	 * @param plan the statement that tells the plan
	 */
	Rows plan(WriteStep step, SqlStatement plan) throws SQLException {
		this.progress.step = step;
		return Database.query(connection(), plan, Rows::ofPlan);
	}

	/**
	 * Call code of the host that takes part in the transaction.
	 * @see Transaction#inside(Supplier)
	 */
	<T> T inside(Supplier<T> work) throws SQLException {
		return this.transaction.inside(work);
	}

	/**
	 * Do something after the changes are kept, when the connection is given back; never
	 * if they are not. What it throws is logged and changes nothing.
	 */
	void afterCommit(Runnable action) {
		this.transaction.afterCommit(action);
	}

	/**
	 * What outlives the transaction.
	 */
	static final class Progress {

		private @Nullable WriteStep step;

		private @Nullable Target first;

		private Rows written = Rows.NONE;

		@Nullable WriteStep step() {
			return this.step;
		}

		/**
		 * Return what was written to first, or {@code null} if nothing was.
		 */
		@Nullable Target first() {
			return this.first;
		}

		/**
		 * Return the rows written there.
		 */
		Rows written() {
			return this.written;
		}

		private void add(WriteStep step, Rows rows) {
			this.first = (this.first != null) ? this.first : step.target();
			if (this.first.relation().name().equals(step.target().relation().name())) {
				this.written = this.written.and(rows);
			}
		}

	}

}
