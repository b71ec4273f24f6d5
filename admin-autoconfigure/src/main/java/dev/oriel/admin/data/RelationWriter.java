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
		this.targets = new Targets(source, policy);
		this.transactions = new WriteTransactions(transactions, this.targets, settings);
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
		Rows rows = write(caller, new WriteStep(target, body, all), options, () -> {
			List<SqlStatement> statements = new ArrayList<>();
			for (WriteBody.Run run : body.runs()) {
				InsertedRows inserted = new InsertedRows(columns.insertable(run.names()), run.json(), Map.of(),
						conflict, null);
				statements.add(WriteStatements.insert(target.scope(), inserted, query, options.returned()));
			}
			return statements;
		}, (connection, found) -> WriteChecks.requireMerged(found, body, conflict, target));
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
		InsertedRows row = new InsertedRows(all, body.runs().get(0).json(), key, conflict, options.expectedVersion());
		Query returned = query.withFilter(Filter.NONE);
		Rows rows = write(caller, new WriteStep(target, body, all), options,
				() -> List.of(WriteStatements.insert(target.scope(), row, returned, options.returned())),
				(connection, found) -> WriteChecks.requireReplaced(connection, found, row, target, options, query));
		return new Written(page(rows, target, query, options), rows.merged() == 0);
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
	 * @param payload one object, with the members to change
	 * @param query which rows, and the fields to return
	 * @param options how to write
	 * @throws StaleRowException when the row no longer has the expected version
	 * @throws ProblemException when the rows cannot be changed; then none is
	 */
	public RowPage update(Caller caller, RelationName name, Payload payload, Query query, WriteOptions options) {
		Target target = this.targets.find(caller, name, Operation.UPDATE);
		FamilyRelations relations = new FamilyRelations(this.targets, caller, target);
		WriteBody body = WriteBody.parse(payload, relations::isRelated);
		if (body == null) {
			requireFilter(query, options, "UPDATE");
			return this.families.update(caller, relations, target, payload, query, options);
		}
		if (body.single() == null) {
			throw arrayOfChanges();
		}
		WriteColumns columns = new WriteColumns(target);
		List<Column> all = columns.updatable(body.names());
		requireFilter(query, options, "UPDATE");
		if (all.isEmpty()) {
			return new RowPage(List.of());
		}
		List<Column> given = columns.updatable(body.runs().get(0).names());
		Changes changes = new Changes(given, all.stream().filter((column) -> !given.contains(column)).toList(),
				body.single());
		Rows rows = write(caller, new WriteStep(target, body, all), options,
				() -> List.of(WriteStatements.update(target.scope(), changes, query, options.expectedVersion(),
						options.returned())),
				(connection, found) -> WriteChecks.requireVersion(connection, found, target, options, query));
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
		Rows written = write(caller, WriteStep.of(target), options,
				() -> List
					.of(WriteStatements.delete(target.scope(), query, options.expectedVersion(), options.returned())),
				(connection, rows) -> WriteChecks.requireVersion(connection, rows, target, options, query));
		return page(written, target, query, options);
	}

	private Rows write(Caller caller, WriteStep step, WriteOptions options, Statements source, Check check) {
		List<SqlStatement> statements = statements(source);
		return this.transactions.run(caller, options, (transaction) -> {
			if (options.output().explain() != null && !statements.isEmpty()) {
				return transaction.plan(step, options.output().explain().of(statements.get(0)));
			}
			Rows rows = transaction.write(step, statements);
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

	static ProblemException arrayOfChanges() {
		return new ProblemException(new Problem(400, "PGRST102", "One object is expected", "The body is an array.",
				"Send the members to change as one object."));
	}

	private void requireFilter(Query query, WriteOptions options, String operation) {
		boolean meant = this.settings.unfilteredWrites() || options.maxAffected() != null;
		if (query.limit() != null || query.offset() != null || query.anchor() != null) {
			// It would be taken for a promise that the other rows are left alone.
			throw new ProblemException(new Problem(400, "ORIEL400", "Pages do not apply to " + operation,
					"All rows of the filter would be meant.",
					"Name the rows with a filter, or say how many are meant with 'Prefer: max-affected'."));
		}
		if (query.filter().equals(Filter.NONE) && !meant) {
			throw new ProblemException(new Problem(400, "21000", operation + " requires a WHERE clause", null,
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
