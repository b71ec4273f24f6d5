package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.extension.RowImage;
import dev.oriel.admin.extension.WrittenRow;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.sql.NamedRow;
import dev.oriel.admin.sql.NamedStatements;

import org.jspecify.annotations.Nullable;

/**
 * Calls the hooks around an operation on rows of a family: once before and once after all
 * of its rows that are written together.
 */
final class HookedRows {

	private final WriteTransaction transaction;

	private final Target target;

	private final Operation operation;

	private final HookCall call;

	private final Map<RowTask, RowDraft> drafts = new IdentityHashMap<>();

	private final Map<RowTask, RowImage> images = new IdentityHashMap<>();

	HookedRows(WriteTransaction transaction, Target target, Operation operation) {
		this.transaction = transaction;
		this.target = target;
		this.operation = operation;
		this.call = transaction.hooks(target, operation);
	}

	/**
	 * Return the columns that images of rows have, none if there is no hook.
	 */
	List<Column> imageColumns() {
		return this.call.imageColumns();
	}

	/**
	 * Call the hooks before the rows are written, and let them have their say.
	 */
	void before(List<RowTask> tasks) throws SQLException {
		if (this.call.isEmpty()) {
			return;
		}
		Map<RowTask, HeldRow> held = (this.operation != Operation.INSERT) ? hold(tasks) : Map.of();
		List<RowDraft> all = new ArrayList<>();
		for (RowTask task : tasks) {
			Map<String, String> values = (this.operation != Operation.DELETE) ? RowJson.written(task) : Map.of();
			RowDraft draft = new RowDraft(this.target.relation(), this.operation, held.get(task), values, Set.of(),
					task.path().isEmpty() ? null : task.path())
				.fixed(task.reserved().keySet());
			this.drafts.put(task, draft);
			all.add(draft);
		}
		this.call.before(all);
		boolean holds = NamedStatements.holds(this.target.relation());
		this.drafts.forEach((task, draft) -> {
			if (draft.isChanged() || (holds && task.version() != null)) {
				// A row that is there is locked, and hooks may have changed it
				// themselves.
				task.overwrite(draft.writtenValues());
			}
		});
	}

	/**
	 * Lock the rows, which were only looked at before.
	 */
	private Map<RowTask, HeldRow> hold(List<RowTask> tasks) throws SQLException {
		Map<RowTask, HeldRow> held = new IdentityHashMap<>();
		for (List<RowTask> alike : RowStatements.groups(tasks, RowTask::identity)) {
			List<NamedRow> names = new ArrayList<>();
			for (RowTask task : alike) {
				names.add(new NamedRow(names.size(), RowJson.identity(task), null, "{}"));
			}
			WriteStep step = WriteStep.of(this.target);
			List<Column> identity = RowStatements.columns(this.target, alike.get(0).identity());
			for (HeldRow row : this.transaction.hold(step, NamedStatements.hold(this.target.scope(), Query.ALL,
					identity, names, true, this.call.imageColumns()))) {
				RowTask task = alike.get(row.number());
				if (!task.expects(row.version())) {
					throw FamilyAnswer.stale(this.transaction.connection(), task);
				}
				held.put(task, row);
			}
		}
		for (RowTask task : tasks) {
			if (!held.containsKey(task)) {
				throw task.isVersioned() ? new StaleRowException(null, task.path())
						: new ProblemException(FamilyProblems.at(task.path(), WriteChecks.concurrent()));
			}
		}
		return held;
	}

	/**
	 * Keep what a row has become.
	 */
	void written(RowTask task, @Nullable String image) {
		if (image != null) {
			this.images.put(task, RowImage.of(image));
		}
	}

	/**
	 * Call the hooks after the rows were written.
	 */
	void after(List<RowTask> tasks) throws SQLException {
		if (this.call.isEmpty()) {
			return;
		}
		boolean gone = this.operation == Operation.DELETE;
		this.call.after(tasks.stream()
			.filter((task) -> task.is(RowState.DONE) && (gone || this.images.containsKey(task)))
			.map((task) -> new WrittenRow(this.drafts.get(task).before(), this.images.get(task)))
			.collect(Collectors.toUnmodifiableList()));
	}

}
