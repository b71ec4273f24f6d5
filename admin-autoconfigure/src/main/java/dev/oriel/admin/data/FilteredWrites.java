package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.oriel.admin.access.Operation;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.sql.NamedStatements;

/**
 * Changes or deletes the rows of a filter after a look at each of them: for the hooks
 * around it, or where several versions are expected.
 */
final class FilteredWrites {

	private final WriteTransaction transaction;

	private final WriteStep step;

	private final Query query;

	private final WriteOptions options;

	FilteredWrites(WriteTransaction transaction, WriteStep step, Query query, WriteOptions options) {
		this.transaction = transaction;
		this.step = step;
		this.query = query;
		this.options = options;
	}

	/**
	 * Change the rows and return them.
	 * @param values the values to write
	 * @param defaults the columns that get their default
	 */
	Rows update(Map<String, String> values, List<Column> defaults) throws SQLException {
		HookCall hooks = this.transaction.hooks(this.step.target(), Operation.UPDATE);
		Set<String> names = defaults.stream().map(Column::name).collect(Collectors.toSet());
		List<RowDraft> rows = hold(hooks, Operation.UPDATE, values, names, false);
		hooks.before(rows);
		Rows written = new NamedWrites(this.transaction, this.step, this.query,
				this.options.returned().withImage(hooks.imageColumns()))
			.update(rows);
		hooks.after(NamedWrites.images(written, rows, false));
		return written;
	}

	/**
	 * Delete the rows and return them as they were.
	 */
	Rows delete() throws SQLException {
		HookCall hooks = this.transaction.hooks(this.step.target(), Operation.DELETE);
		List<RowDraft> rows = hold(hooks, Operation.DELETE, Map.of(), Set.of(), this.options.expectsSeveral());
		hooks.before(rows);
		Rows written = new NamedWrites(this.transaction, this.step, this.query, this.options.returned()).delete(rows);
		hooks.after(NamedWrites.images(written, rows, true));
		return written;
	}

	private List<RowDraft> hold(HookCall hooks, Operation operation, Map<String, String> values, Set<String> defaults,
			boolean several) throws SQLException {
		Target target = this.step.target();
		List<HeldRow> held = this.transaction.hold(this.step,
				NamedStatements.hold(target.scope(), this.query, hooks.imageColumns()));
		HeldVersions.require(this.transaction, target, held, this.query, this.options, several);
		WriteChecks.requireAtMost(held.size(), this.options);
		return held.stream()
			.map((row) -> new RowDraft(target.relation(), operation, null, row, values, defaults))
			.toList();
	}

}
