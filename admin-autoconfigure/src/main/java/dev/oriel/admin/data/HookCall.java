package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.extension.AfterWrite;
import dev.oriel.admin.extension.BeforeWrite;
import dev.oriel.admin.extension.PendingRow;
import dev.oriel.admin.extension.VetoException;
import dev.oriel.admin.extension.WriteHook;
import dev.oriel.admin.extension.WrittenRow;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Relation;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Calls the hooks on one operation on the rows of one relation, before and after all of
 * its rows are written.
 */
final class HookCall {

	private static final Log logger = LogFactory.getLog(HookCall.class);

	private final WriteTransaction transaction;

	private final List<WriteHook> hooks;

	private final Target target;

	private final Operation operation;

	private final boolean dryRun;

	HookCall(WriteTransaction transaction, List<WriteHook> hooks, Target target, Operation operation, boolean dryRun) {
		this.transaction = transaction;
		this.hooks = hooks;
		this.target = target;
		this.operation = operation;
		this.dryRun = dryRun || HookDepth.isDryRun();
	}

	/**
	 * Whether there is no hook to call.
	 */
	boolean isEmpty() {
		return this.hooks.isEmpty();
	}

	/**
	 * Return the columns that the images of rows have: those that the connected role may
	 * read, and none where nobody looks at them.
	 */
	List<Column> imageColumns() {
		return this.hooks.isEmpty() ? List.of()
				: this.target.relation().columns().stream().filter((column) -> column.privileges().select()).toList();
	}

	/**
	 * Call the hooks before rows are written.
	 * @param rows the rows, which change in their hands
	 * @throws VetoedException when a hook refuses them
	 */
	void before(List<RowDraft> rows) throws SQLException {
		if (this.hooks.isEmpty() || rows.isEmpty()) {
			return;
		}
		Pending pending = new Pending(this.operation, this.target.relation(), this.transaction.caller(), this.dryRun,
				List.copyOf(rows));
		inside((hook) -> {
			call(hook, () -> hook.before(pending));
			List<FieldError> errors = rows.stream().flatMap((row) -> row.errors().stream()).toList();
			if (!errors.isEmpty()) {
				throw VetoedException.of(errors, known(), null);
			}
		});
	}

	/**
	 * Call the hooks after rows were written, and have them called again after the
	 * commit.
	 * @param rows the rows
	 * @throws VetoedException when a hook refuses them
	 */
	void after(List<WrittenRow> rows) throws SQLException {
		if (this.hooks.isEmpty() || rows.isEmpty()) {
			return;
		}
		Done done = tell(rows);
		if (!this.dryRun) {
			this.transaction.afterCommit(() -> this.hooks.forEach((hook) -> followUp(hook, done)));
		}
	}

	/**
	 * Call the hooks after rows were written, as one of many parts. Whoever writes them
	 * has them {@linkplain #followUp(List) called again} after the commit.
	 * @param rows the rows
	 * @throws VetoedException when a hook refuses them
	 */
	void afterPart(List<WrittenRow> rows) throws SQLException {
		if (!this.hooks.isEmpty() && !rows.isEmpty()) {
			tell(rows);
		}
	}

	private Done tell(List<WrittenRow> rows) throws SQLException {
		Done done = done(rows);
		inside((hook) -> call(hook, () -> hook.after(done)));
		return done;
	}

	private Done done(List<WrittenRow> rows) {
		return new Done(this.operation, this.target.relation(), this.transaction.caller(), this.dryRun,
				List.copyOf(rows));
	}

	/**
	 * Whether a hook wants to be called after the commit.
	 */
	boolean followsUp() {
		return !this.dryRun && this.hooks.stream().anyMatch(HookCall::followsUp);
	}

	private static boolean followsUp(WriteHook hook) {
		try {
			return hook.getClass().getMethod("afterCommit", AfterWrite.class).getDeclaringClass() != WriteHook.class;
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Call the hooks after the commit of rows that were written.
	 */
	void followUp(List<WrittenRow> rows) {
		Done done = done(rows);
		this.hooks.forEach((hook) -> followUp(hook, done));
	}

	private void inside(Consumer<WriteHook> call) throws SQLException {
		this.transaction.inside(() -> {
			this.hooks.forEach(call);
			return Boolean.TRUE;
		});
	}

	private void call(WriteHook hook, Runnable call) {
		try {
			HookDepth.deeper(this.dryRun, call);
		}
		catch (VetoException ex) {
			String message = String.valueOf(ex.getMessage());
			throw VetoedException.of(List.of(new FieldError(null, ex.column(), message)), known(), ex);
		}
		catch (VetoedException ex) {
			// Another hook refuses what this one writes; only its words mean something
			// here.
			throw VetoedException.of(List.of(new FieldError(null, null, ex.problem().message())), known(), ex);
		}
		catch (HookFailedException ex) {
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			logger
				.error("The hook %s failed at a write (%s) to %s, which is undone".formatted(hook.getClass().getName(),
						this.operation.name().toLowerCase(Locale.ROOT), this.target.relation().name()), ex);
			throw new HookFailedException(ex);
		}
	}

	private void followUp(WriteHook hook, Done done) {
		try {
			HookDepth.deeper(false, () -> hook.afterCommit(done));
		}
		catch (RuntimeException | Error ex) {
			logger.error("The hook %s failed after the commit of a write to %s, which stays"
				.formatted(hook.getClass().getName(), this.target.relation().name()), ex);
		}
	}

	/**
	 * Return the columns that the caller may know of.
	 */
	Set<String> known() {
		Set<String> known = new HashSet<>(this.target.access().readable());
		known.addAll(this.target.access().insertable());
		known.addAll(this.target.access().updatable());
		return known;
	}

	/**
	 * A hook failed, which the log tells already.
	 */
	static final class HookFailedException extends ProblemException {

		private static final long serialVersionUID = 1L;

		private HookFailedException(Throwable cause) {
			this("Nothing was changed.", cause);
		}

		private HookFailedException(String changed, Throwable cause) {
			super(new Problem(500, "ORIEL500", "The application could not carry out the request", null,
					"The server's log says why. " + changed), cause);
		}

		/**
		 * Return the same for one of many parts, of which others may be kept already.
		 */
		HookFailedException ofPart() {
			return new HookFailedException("Nothing was changed but batches that had ended.", this);
		}

	}

	/**
	 * Rows that are about to be written.
	 */
	private record Pending(Operation operation, Relation relation, Caller caller, boolean dryRun,
			List<PendingRow> rows) implements BeforeWrite {

	}

	/**
	 * Rows that were written.
	 */
	private record Done(Operation operation, Relation relation, Caller caller, boolean dryRun,
			List<WrittenRow> rows) implements AfterWrite {

	}

}
