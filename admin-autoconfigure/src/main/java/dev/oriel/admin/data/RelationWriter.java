package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.sql.Changes;
import dev.oriel.admin.sql.Conflict;
import dev.oriel.admin.sql.InsertedRows;
import dev.oriel.admin.sql.ReadStatements;
import dev.oriel.admin.sql.RowFormat;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.WriteStatements;

import org.jspecify.annotations.Nullable;

/**
 * Writes rows on behalf of a caller, each call in one transaction: all of it is done, or
 * nothing.
 *
 * @since 0.1.0
 */
public final class RelationWriter {

	private final Targets targets;

	private final WriteTransactions transactions;

	private final FamilyWrites families;

	private final DataSettings settings;

	/**
	 * Create a writer.
	 * @param dataSource where connections come from
	 * @param source where the schema comes from
	 * @param policy who may write what
	 * @param settings the limits to keep
	 */
	public RelationWriter(DataSource dataSource, SchemaSource source, AccessPolicy policy, DataSettings settings) {
		this(Transactions.of(dataSource), source, policy, settings);
	}

	/**
	 * Create a writer.
	 * @param transactions what it writes in
	 * @param source where the schema comes from
	 * @param policy who may write what
	 * @param settings the limits to keep
	 */
	public RelationWriter(Transactions transactions, SchemaSource source, AccessPolicy policy, DataSettings settings) {
		this(transactions, source, policy, WriteHooks.NONE, settings);
	}

	/**
	 * Create a writer.
	 * @param transactions what it writes in
	 * @param source where the schema comes from
	 * @param policy who may write what
	 * @param hooks what is called around writes
	 * @param settings the limits to keep
	 */
	public RelationWriter(Transactions transactions, SchemaSource source, AccessPolicy policy, WriteHooks hooks,
			DataSettings settings) {
		this.targets = new Targets(source, policy);
		this.transactions = new WriteTransactions(transactions, this.targets, hooks, settings);
		this.families = new FamilyWrites(this.transactions, settings);
		this.settings = settings;
	}

	/**
	 * Insert rows and return them.
	 * @param caller who asks
	 * @param name the relation
	 * @param body a JSON object, or an array of objects with the same members
	 * @param query the fields to return
	 * @param options how to write
	 * @throws ProblemException when the rows cannot be inserted; then none is
	 */
	public RowPage insert(Caller caller, RelationName name, String body, Query query, WriteOptions options) {
		return insert(caller, name, Payload.of(body), null, query, options).page();
	}

	/**
	 * Insert rows, or do something with those that are there already, and return the rows
	 * written.
	 * @param caller who asks
	 * @param name the relation
	 * @param payload the rows
	 * @param duplicates what is done with duplicates; {@code null} if they are an error
	 * @param query the fields to return
	 * @param options how to write
	 * @throws ProblemException when the rows cannot be written; then none is
	 */
	public Written insert(Caller caller, RelationName name, Payload payload, @Nullable Duplicates duplicates,
			Query query, WriteOptions options) {
		Target target = this.targets.find(caller, name, Operation.INSERT);
		FamilyRelations relations = new FamilyRelations(this.targets, caller, target);
		WriteBody body = WriteBody.parse(payload, relations::isRelated);
		if (body == null) {
			return this.families.insert(caller, relations, target, payload, duplicates, query, options);
		}
		WriteColumns columns = new WriteColumns(target);
		List<Column> all = columns.insertable(body.names());
		Conflict conflict = (duplicates != null) ? columns.conflict(duplicates, body.names()) : null;
		Insertion insertion = new Insertion(target, body, all, conflict, Map.of(), null, query);
		Rows rows = insert(caller, insertion, options, null,
				(connection, found) -> WriteChecks.requireMerged(found, body, conflict, target));
		return new Written(page(rows, target, query, options), rows.merged() < rows.size());
	}

	/**
	 * Insert the row that a filter names by its key, or overwrite it, and return it.
	 * @param caller who asks
	 * @param name the relation
	 * @param payload the row, with its key
	 * @param query a filter by every column of the primary key, and the fields to return
	 * @param options how to write; with an expected version, only a row that is there is
	 * overwritten
	 * @throws StaleRowException when the row no longer has the expected version
	 * @throws ProblemException when the row cannot be written
	 */
	public Written replace(Caller caller, RelationName name, Payload payload, Query query, WriteOptions options) {
		Target target = this.targets.find(caller, name, Operation.INSERT);
		FamilyRelations relations = new FamilyRelations(this.targets, caller, target);
		WriteBody body = WriteBody.parse(payload, relations::isRelated);
		if (body == null) {
			return this.families.replace(caller, relations, target, payload, query, options);
		}
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
	 * Change the rows of a filter and return them.
	 * @param caller who asks
	 * @param name the relation
	 * @param body a JSON object with the members to change
	 * @param query which rows, and the fields to return
	 * @param options how to write
	 * @throws StaleRowException when the row no longer has the expected version
	 * @throws ProblemException when the rows cannot be changed; then none is
	 */
	public RowPage update(Caller caller, RelationName name, String body, Query query, WriteOptions options) {
		return update(caller, name, Payload.of(body), query, options);
	}

	/**
	 * Change the rows of a filter and return them.
	 * @param caller who asks
	 * @param name the relation
	 * @param payload one object with the members to change; or an array of objects, each
	 * of which names a row by the members of its key, tells the version that it must
	 * still have as {@code _version}, and has the members to change. All of these rows
	 * have to be there
	 * @param query which rows, and the fields to return
	 * @param options how to write
	 * @throws StaleRowException when the row no longer has the expected version
	 * @throws ProblemException when the rows cannot be changed; then none is
	 */
	public RowPage update(Caller caller, RelationName name, Payload payload, Query query, WriteOptions options) {
		if (payload.isArray()) {
			return edit(caller, name, payload, query, options);
		}
		Target target = this.targets.find(caller, name, Operation.UPDATE);
		FamilyRelations relations = new FamilyRelations(this.targets, caller, target);
		WriteBody body = WriteBody.parse(payload, relations::isRelated);
		if (body == null) {
			requireFilter(query, options, "UPDATE");
			return this.families.update(caller, relations, target, payload, query, options);
		}
		WriteColumns columns = new WriteColumns(target);
		List<Column> all = columns.updatable(body.names());
		if (all.isEmpty()) {
			return new RowPage(List.of());
		}
		requireFilter(query, options, "UPDATE");
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
	private RowPage edit(Caller caller, RelationName name, Payload payload, Query query, WriteOptions options) {
		Target target = this.targets.find(caller, name, Operation.UPDATE);
		refusePage(query, "UPDATE");
		if (!query.order().isEmpty()) {
			throw new ProblemException(new Problem(400, "ORIEL400", "Rows that are named one by one cannot be ordered",
					"They are returned in the order of the body.", "Leave the parameter 'order' out."));
		}
		FamilyRelations relations = new FamilyRelations(this.targets, caller, target);
		BulkEdit edit = new BulkEdit(target, payload, relations::isRelated, query, options);
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
	 * Delete the rows of a filter and return them as they were.
	 * @param caller who asks
	 * @param name the relation
	 * @param query which rows, and the fields to return
	 * @param options how to write
	 * @throws StaleRowException when the row no longer has the expected version
	 * @throws ProblemException when the rows cannot be deleted; then none is
	 */
	public RowPage delete(Caller caller, RelationName name, Query query, WriteOptions options) {
		Target target = this.targets.find(caller, name, Operation.DELETE);
		requireFilter(query, options, "DELETE");
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

	private void requireFilter(Query query, WriteOptions options, String operation) {
		boolean meant = this.settings.unfilteredWrites() || options.maxAffected() != null;
		refusePage(query, operation);
		if (query.filter().equals(Filter.NONE) && !meant) {
			throw new ProblemException(new Problem(400, "21000", operation + " requires a WHERE clause", null,
					"Name the rows with a filter, or say how many are meant with 'Prefer: max-affected'."));
		}
	}

	private static void refusePage(Query query, String operation) {
		if (query.limit() != null || query.offset() != null || query.anchor() != null) {
			// It would be taken for a promise that the other rows are left alone.
			throw new ProblemException(new Problem(400, "ORIEL400", "Pages do not apply to " + operation,
					"All rows of the filter would be meant.",
					"Name the rows with a filter, or say how many are meant with 'Prefer: max-affected'."));
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
