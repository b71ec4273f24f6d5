package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.sql.Changes;
import dev.oriel.admin.sql.Conflict;
import dev.oriel.admin.sql.InsertedRows;
import dev.oriel.admin.sql.ReadStatements;
import dev.oriel.admin.sql.RowFormat;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.WriteStatements;

import org.jspecify.annotations.Nullable;

/**
 * Writes rows of one relation, without any that belong to them.
 */
final class FlatWrites {

	private final WriteTransactions transactions;

	private final DataSettings settings;

	FlatWrites(WriteTransactions transactions, DataSettings settings) {
		this.transactions = transactions;
		this.settings = settings;
	}

	/**
	 * Insert rows, or do something with those that are there already.
	 */
	Written insert(Caller caller, Target target, WriteBody body, @Nullable Duplicates duplicates, Query query,
			WriteOptions options) {
		WriteColumns columns = new WriteColumns(target);
		List<Column> all = columns.insertable(body.names());
		Conflict conflict = (duplicates != null) ? columns.conflict(duplicates, body.names()) : null;
		Insertion insertion = new Insertion(target, body, all, conflict, Map.of(), null, query);
		Rows rows = insert(caller, insertion, options, null,
				(connection, found) -> WriteChecks.requireMerged(found, body, conflict, target));
		return new Written(page(rows, target, query, options), rows.merged() < rows.size());
	}

	/**
	 * Insert the row that a filter names by its key, or overwrite it.
	 */
	Written replace(Caller caller, Target target, WriteBody body, Query query, WriteOptions options) {
		Map<Column, String> key = ReplacedKey.of(target, query);
		if (body.size() != 1 || !body.names().containsAll(target.relation().primaryKey())) {
			throw new ProblemException(ReplacedKey.mismatch());
		}
		WriteColumns columns = new WriteColumns(target);
		List<Column> all = columns.insertable(body.names());
		Conflict conflict = columns.conflict(new Duplicates(Duplicates.Resolution.MERGE, null), body.names());
		InsertedRows row = new InsertedRows(all, body.runs().get(0).json(), key, conflict, null);
		Insertion insertion = new Insertion(target, body, all, conflict, key, options.onlyVersion(),
				query.withFilter(Filter.NONE));
		Rows rows = insert(caller, insertion, options, query,
				(connection, found) -> WriteChecks.requireReplaced(connection, found, row, target, options, query));
		return new Written(page(rows, target, query, options), rows.merged() == 0);
	}

	/**
	 * Insert rows, or merge them.
	 * @param replaced what names the row that is replaced, or {@code null}
	 */
	private Rows insert(Caller caller, Insertion insertion, WriteOptions options, @Nullable Query replaced,
			Check check) {
		Target target = insertion.target();
		List<SqlStatement> statements = statements(() -> insertion.statements(options.returned()));
		boolean looked = (replaced != null && (options.expectsAny() || options.expectsSeveral()))
				|| this.transactions.isHooked(target, Operation.INSERT)
				|| (insertion.merges() && this.transactions.isHooked(target, Operation.UPDATE));
		return write(caller, insertion.step(), options, statements, (transaction) -> {
			if (looked) {
				return new HookedInsert(transaction, insertion).run(options.returned(), (existing) -> {
					if (replaced != null) {
						HeldVersions.require(transaction, target, existing, replaced, options, false);
					}
				});
			}
			if (insertion.merges()) {
				transaction.countMerged();
			}
			return transaction.write(insertion.step(), statements);
		}, check);
	}

	/**
	 * Change the rows of a filter, all in the same way.
	 */
	RowPage update(Caller caller, Target target, WriteBody body, Query query, WriteOptions options) {
		WriteColumns columns = new WriteColumns(target);
		List<Column> all = columns.updatable(body.names());
		if (all.isEmpty()) {
			return new RowPage(List.of());
		}
		WriteChecks.requireFilter(query, options, this.settings, "UPDATE");
		List<Column> given = columns.updatable(body.runs().get(0).names());
		List<Column> defaults = all.stream().filter((column) -> !given.contains(column)).toList();
		Changes changes = new Changes(given, defaults, String.valueOf(body.single()));
		WriteStep step = new WriteStep(target, body, all);
		List<SqlStatement> statements = statements(() -> List
			.of(WriteStatements.update(target.scope(), changes, query, options.onlyVersion(), options.returned())));
		boolean looked = options.expectsSeveral() || this.transactions.isHooked(target, Operation.UPDATE);
		Rows rows = write(caller, step, options, statements,
				(transaction) -> looked ? new FilteredWrites(transaction, step, query, options)
					.update(DraftedRows.values(body).get(0), defaults) : transaction.write(step, statements),
				(connection, found) -> {
					if (!looked) {
						WriteChecks.requireVersion(connection, found, target, options, query);
					}
				});
		return page(rows, target, query, options);
	}

	/**
	 * Change the rows that the elements of an array name, each in its own way.
	 */
	RowPage edit(Caller caller, Target target, Payload payload, Predicate<String> related, Query query,
			WriteOptions options) {
		WriteChecks.refusePage(query, "UPDATE");
		if (!query.order().isEmpty()) {
			throw new ProblemException(new Problem(400, "ORIEL400", "Rows that are named one by one cannot be ordered",
					"They are returned in the order of the body.", "Leave the parameter 'order' out."));
		}
		BulkEdit edit = new BulkEdit(target, payload, related, query, options);
		Rows rows = this.transactions.run(caller, options, (transaction) -> {
			Rows written = edit.run(transaction);
			if (options.output().explain() == null) {
				WriteChecks.requireSize(written, options);
			}
			return written;
		});
		return page(rows, target, query, options);
	}

	/**
	 * Delete the rows of a filter.
	 */
	RowPage delete(Caller caller, Target target, Query query, WriteOptions options) {
		WriteChecks.requireFilter(query, options, this.settings, "DELETE");
		WriteStep step = WriteStep.of(target);
		List<SqlStatement> statements = statements(() -> List
			.of(WriteStatements.delete(target.scope(), query, options.onlyVersion(), options.returned())));
		boolean looked = options.expectsSeveral() || this.transactions.isHooked(target, Operation.DELETE);
		Rows rows = write(caller, step, options, statements, (transaction) -> looked
				? new FilteredWrites(transaction, step, query, options).delete() : transaction.write(step, statements),
				(connection, found) -> {
					if (!looked) {
						WriteChecks.requireVersion(connection, found, target, options, query);
					}
				});
		return page(rows, target, query, options);
	}

	private Rows write(Caller caller, WriteStep step, WriteOptions options, List<SqlStatement> statements,
			WriteTransactions.Work<Rows> work, Check check) {
		return this.transactions.run(caller, options, (transaction) -> {
			if (options.output().explain() != null && !statements.isEmpty()) {
				return transaction.plan(step, options.output().explain().of(statements.get(0)));
			}
			Rows rows = work.run(transaction);
			check.accept(transaction.connection(), rows);
			WriteChecks.requireSize(rows, options);
			return rows;
		});
	}

	private static List<SqlStatement> statements(Statements source) {
		try {
			return source.make();
		}
		catch (QueryException ex) {
			throw new ProblemException(Problem.of(ex), ex);
		}
	}

	private static RowPage page(Rows rows, Target target, Query query, WriteOptions options) {
		List<String> fields = options.output().format().equals(RowFormat.RECORD)
				? ReadStatements.fields(target.scope(), query, options.version()) : List.of();
		return new RowPage(rows.rows(), new Count(rows.size(), true)).withFields(fields);
	}

	/**
	 * Makes the statements, which may find that the query names something unknown.
	 */
	@FunctionalInterface
	private interface Statements {

		List<SqlStatement> make();

	}

	/**
	 * Looks at what was written, while it can still be undone.
	 */
	@FunctionalInterface
	private interface Check {

		void accept(Connection connection, Rows rows) throws SQLException;

	}

}
