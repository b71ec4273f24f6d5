package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.query.SelectItem;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.NearestNames;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.sql.ReadStatements;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.VersionMode;
import dev.oriel.admin.sql.WriteStatements;

import org.jspecify.annotations.Nullable;

/**
 * Writes rows on behalf of a caller, each call in one transaction: all of it is done, or
 * nothing.
 *
 * @since 0.1.0
 */
public final class RelationWriter {

	private final Database database;

	private final Targets targets;

	private final DataSettings settings;

	private final RejectedValue rejectedValue;

	/**
	 * Create a writer.
	 * @param dataSource where connections come from
	 * @param source where the schema comes from
	 * @param policy who may write what
	 * @param settings the limits to keep
	 */
	public RelationWriter(DataSource dataSource, SchemaSource source, AccessPolicy policy, DataSettings settings) {
		this.database = new Database(dataSource, settings);
		this.targets = new Targets(source, policy);
		this.settings = settings;
		this.rejectedValue = new RejectedValue(this.database);
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
		WriteBody rows = WriteBody.parse(body);
		Target target = this.targets.find(caller, name, Operation.INSERT);
		List<Column> columns = columns(target, rows.names(), target.access().insertable());
		if (rows.size() == 0) {
			return new RowPage(List.of());
		}
		return write(target, rows, columns, options,
				() -> WriteStatements.insert(target.scope(), columns, rows.json(), query, options.version()));
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
		WriteBody row = WriteBody.parse(body);
		if (row.single() == null) {
			throw new ProblemException(new Problem(400, "PGRST102", "One object is expected", "The body is an array.",
					"Send the members to change as one object."));
		}
		Target target = this.targets.find(caller, name, Operation.UPDATE);
		List<Column> columns = columns(target, row.names(), target.access().updatable());
		requireFilter(query, options, "UPDATE");
		if (columns.isEmpty()) {
			return new RowPage(List.of());
		}
		String single = row.single();
		return write(target, row, columns, options, () -> WriteStatements.update(target.scope(), columns, single, query,
				options.expectedVersion(), options.version()), query);
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
		return write(target, null, List.of(), options,
				() -> WriteStatements.delete(target.scope(), query, options.expectedVersion(), options.version()),
				query);
	}

	private RowPage write(Target target, WriteBody body, List<Column> columns, WriteOptions options,
			StatementSource source) {
		return write(target, body, columns, options, source, Query.ALL);
	}

	private RowPage write(Target target, @Nullable WriteBody body, List<Column> columns, WriteOptions options,
			StatementSource source, Query query) {
		try {
			SqlStatement statement = source.statement();
			return this.database.write(options.rollback(), options.timeZone(), (connection) -> {
				Rows rows = Database.query(connection, statement, Rows::extract);
				requirePermitted(rows, target);
				requireVersion(connection, rows, target, options, query);
				requireSize(rows, options);
				return new RowPage(rows.rows(), new Count(rows.size(), true));
			});
		}
		catch (QueryException ex) {
			throw new ProblemException(Problem.of(ex), ex);
		}
		catch (SQLException ex) {
			if (SqlProblems.mayBeStaleSchema(ex)) {
				// Not tried again by itself, but it fits the next time.
				this.targets.isOutdated(target);
			}
			Problem problem = SqlProblems.of(ex, target);
			throw new ProblemException(this.rejectedValue.locate(problem, body, columns), ex);
		}
	}

	private static List<Column> columns(Target target, Set<String> names, Set<String> writable) {
		List<Column> columns = new ArrayList<>();
		for (String name : names) {
			Column column = target.relation().column(name);
			if (column == null || !(target.access().readable().contains(name) || writable.contains(name))) {
				throw new ProblemException(unknownColumn(target, name));
			}
			if (!writable.contains(name)) {
				throw new ProblemException(notWritable(column));
			}
			columns.add(column);
		}
		return columns;
	}

	private static Problem unknownColumn(Target target, String name) {
		String nearest = NearestNames.nearest(name, target.access().readable());
		String hint = (nearest != null) ? "Perhaps you meant the column '%s'".formatted(nearest) : null;
		return new Problem(400, "PGRST204", "Could not find the '%s' column of '%s' in the schema cache".formatted(name,
				target.relation().name().name()), null, hint, name);
	}

	private static Problem notWritable(Column column) {
		if (column.generated() || column.identity() == Column.Identity.ALWAYS) {
			return new Problem(400, "428C9", "The column '%s' cannot be written".formatted(column.name()),
					column.generated() ? "It is computed from other columns."
							: "It is an identity column that is always generated.",
					"Leave it out.", column.name());
		}
		return new Problem(403, "42501", "permission denied for column " + column.name(), null, null, column.name());
	}

	private void requireFilter(Query query, WriteOptions options, String operation) {
		boolean meant = this.settings.unfilteredWrites() || options.maxAffected() != null;
		if (query.limit() != null || query.offset() != null) {
			// It would be taken for a promise that the other rows are left alone.
			throw new ProblemException(new Problem(400, "ORIEL400", "'limit' and 'offset' do not apply to " + operation,
					"All rows of the filter would be meant.",
					"Name the rows with a filter, or say how many are meant with 'Prefer: max-affected'."));
		}
		if (query.filter().equals(Filter.NONE) && !meant) {
			throw new ProblemException(new Problem(400, "21000", operation + " requires a WHERE clause", null,
					"Name the rows with a filter, or say how many are meant with 'Prefer: max-affected'."));
		}
	}

	private static void requirePermitted(Rows rows, Target target) {
		if (!rows.permitted()) {
			throw new ProblemException(new Problem(403, "42501",
					"The row is outside of what may be written to " + target.relation().name().name(), null, null));
		}
	}

	private static void requireVersion(Connection connection, Rows rows, Target target, WriteOptions options,
			Query query) throws SQLException {
		if (options.expectedVersion() == null) {
			return;
		}
		if (rows.size() > 1) {
			throw new ProblemException(new Problem(400, "ORIEL400", "A version belongs to one row",
					"The filter names %d rows.".formatted(rows.size()), "Filter by the row's key."));
		}
		if (rows.size() == 0) {
			SqlStatement current = ReadStatements.rows(target.scope(), whole(query), VersionMode.IN_ROW);
			List<Row> found = Database.query(connection, current, Rows::extract).rows();
			throw new StaleRowException(found.isEmpty() ? null : found.get(0));
		}
	}

	/**
	 * Return the query for the row that a filter names, with all of its fields. What the
	 * filter tests for being there stays embedded, but is not shown.
	 */
	private static Query whole(Query query) {
		Stream<SelectItem> tested = query.withoutFields()
			.select()
			.stream()
			.map(SelectItem.Embed.class::cast)
			.map((embed) -> new SelectItem.Embed(embed.target(), embed.alias(), embed.hint(), SelectItem.Join.LEFT,
					embed.spread(), embed.query()));
		return Query.ALL.withSelect(Stream.concat(Stream.of(new SelectItem.All()), tested).toList())
			.withFilter(query.filter())
			.withPage(1L, null);
	}

	private static void requireSize(Rows rows, WriteOptions options) {
		if (options.single() && rows.size() != 1) {
			throw new ProblemException(Problem.notSingle(rows.size()));
		}
		if (options.maxAffected() != null && rows.size() > options.maxAffected()) {
			throw new ProblemException(
					new Problem(400, "PGRST124", "Query result exceeds max-affected preference constraint",
							"The query affects %d rows".formatted(rows.size()), null));
		}
	}

	/**
	 * Makes the statement, which may find that the query names something unknown.
	 */
	@FunctionalInterface
	private interface StatementSource {

		SqlStatement statement();

	}

}
