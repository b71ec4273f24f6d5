package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.query.QueryException;

import org.jspecify.annotations.Nullable;

/**
 * Begins and ends transactions that write, and makes problems out of their errors.
 */
final class WriteTransactions {

	private final Database database;

	private final Targets targets;

	private final WriteHooks hooks;

	private final WriteProblems problems;

	private final ImpactTurns impacts;

	WriteTransactions(Transactions transactions, Targets targets, WriteHooks hooks, DataSettings settings) {
		this.database = new Database(transactions, settings);
		this.targets = targets;
		this.hooks = hooks;
		this.impacts = new ImpactTurns(transactions, settings);
		this.problems = new WriteProblems(this.database);
	}

	/**
	 * Run work that is kept as a whole, or not at all if it throws or only tries.
	 * @param caller who asks
	 * @param options tell whether it is undone at the end
	 * @param work what is done
	 * @throws ProblemException when it cannot be done; then nothing was changed
	 */
	<T> T run(Caller caller, WriteOptions options, Work<T> work) {
		boolean rollback = options.rollback() || options.output().explain() != null;
		WriteTransaction.Progress progress = new WriteTransaction.Progress();
		Consumer<Impact> told = options.impact();
		Database.Execution<T> writing = () -> this.database.transact(rollback, options.timeZone(), (transaction) -> {
			WriteTransaction write = new WriteTransaction(transaction, caller, this.targets, this.hooks, rollback,
					progress);
			return (told != null) ? watched(write, work, progress, told) : work.run(write);
		});
		try {
			return (told != null) ? this.impacts.run(writing) : writing.run();
		}
		catch (QueryException ex) {
			throw new ProblemException(Problem.of(ex), ex);
		}
		catch (SQLException ex) {
			throw new ProblemException(problem(ex, progress.step()), ex);
		}
	}

	private <T> T watched(WriteTransaction transaction, Work<T> work, WriteTransaction.Progress progress,
			Consumer<Impact> told) throws SQLException {
		ImpactWatch watch = this.impacts.watch(transaction.connection());
		T result = work.run(transaction);
		Target first = progress.first();
		told.accept((first != null) ? watch.end(first, progress.written()) : new Impact(List.of()));
		return result;
	}

	/**
	 * Whether hooks are called around an operation.
	 */
	boolean isHooked(Target target, Operation... operations) {
		return Stream.of(operations).anyMatch((each) -> !this.hooks.on(target.relation(), each).isEmpty());
	}

	private Problem problem(SQLException ex, @Nullable WriteStep step) {
		if (step == null) {
			return SqlProblems.of(ex, null);
		}
		if (SqlProblems.mayBeStaleSchema(ex)) {
			// Not tried again by itself, but it fits the next time.
			this.targets.isOutdated(step.target());
		}
		return FamilyProblems.at(step.path(), this.problems.of(ex, step.target(), step.body(), step.columns()));
	}

	/**
	 * What is done inside a transaction.
	 */
	@FunctionalInterface
	interface Work<T> {

		T run(WriteTransaction transaction) throws SQLException;

	}

}
