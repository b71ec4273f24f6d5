package dev.oriel.admin.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.query.Anchor;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.sql.Bound;
import dev.oriel.admin.sql.Membership;
import dev.oriel.admin.sql.Reach;
import dev.oriel.admin.sql.Scope;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.StatementCache;
import dev.oriel.admin.sql.VersionMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages that are kept up to date, and finds out which of them a change concerns.
 * The rows are those that {@link RelationReader} gives, byte for byte; a page with a
 * limit is read with the place of its last row, because what comes behind it does not
 * matter.
 *
 * @since 0.1.0
 */
public final class WindowReader {

	private final Database database;

	private final Targets targets;

	private final SchemaSource schema;

	private final StatementCache statements;

	private final KeysetReader keyset;

	private final long maxRows;

	WindowReader(Database database, Targets targets, SchemaSource schema, StatementCache statements, long maxRows) {
		this.database = database;
		this.targets = targets;
		this.schema = schema;
		this.statements = statements;
		this.keyset = new KeysetReader(database, statements);
		this.maxRows = maxRows;
	}

	/**
	 * Return the rows of a query, at most as many as the settings allow, and which
	 * changes matter to them.
	 * @param caller who asks
	 * @param name the relation
	 * @param query what is asked for
	 * @param withVersion whether each row holds its version
	 * @throws ProblemException when the query cannot be answered
	 */
	public WindowPage read(Caller caller, RelationName name, Query query, boolean withVersion) {
		Query capped = query.atMost(this.maxRows);
		ReadOptions options = ReadOptions.DEFAULTS.withVersion(withVersion ? VersionMode.IN_ROW : VersionMode.NONE);
		return this.targets.read(caller, name, (scope) -> {
			Reach reach = Reach.of(scope, query);
			boolean placed = reach.single() && reach.keyed() && query.limit() != null
					&& Reach.hasStableOrder(scope, query);
			if (placed || query.anchor() != null) {
				KeysetReader.Part part = this.keyset.part(scope, capped, options);
				boolean bounded = placed && part.last() != null;
				Bound end = bounded ? new Bound(part.start().side(), Objects.requireNonNull(part.last())) : null;
				Bound start = part.start().isEnd() ? null : part.start();
				return new WindowPage(part.rows(),
						footprint(scope, query, reach, start, end, isComplete(query, reach, part.rows())));
			}
			SqlStatement statement = this.statements.rows(scope, capped, options.returned(), false);
			List<Row> rows = this.database.read(statement, null, Rows::extract).rows();
			return new WindowPage(rows, footprint(scope, query, reach, null, null, isComplete(query, reach, rows)));
		});
	}

	private boolean isComplete(Query query, Reach reach, List<Row> rows) {
		long limit = (query.limit() != null) ? Math.min(query.limit(), this.maxRows) : this.maxRows;
		return reach.single() && query.anchor() == null && rows.size() < limit;
	}

	private static @Nullable Footprint footprint(Scope scope, Query query, Reach reach, @Nullable Bound start,
			@Nullable Bound end, boolean complete) {
		if (!reach.keyed()) {
			return null;
		}
		SqlStatement test = Membership.test(scope, query, reach.single() ? start : null, end);
		RowTest rowTest = (test != null) ? new RowTest(test.sql().intern(), test.args()) : null;
		Map<String, Set<String>> required = Reach.required(scope, query);
		return new Footprint(rowTest, reach.single(), required, reach.labels(), reach.others(), complete);
	}

	/**
	 * Find out which pages some rows belong to, as they are now.
	 * @param tests the tests of the pages, with the same statement
	 * @param keys the keys of the rows, at least one
	 * @param limit how long that may take, a millisecond at least
	 * @throws ProblemException when that cannot be found out, or not in time
	 */
	public List<RowMatch> matches(List<RowTest> tests, List<List<String>> keys, Duration limit) {
		List<List<@Nullable String>> values = tests.stream().map(RowTest::values).toList();
		return read(limit, Membership.ask(tests.get(0).statement(), values, keys), (row) -> {
			List<RowMatch> matches = new ArrayList<>();
			while (row.next()) {
				matches.add(new RowMatch(row.getInt(1), row.getBoolean(2)));
			}
			return matches;
		});
	}

	/**
	 * Return those of some rows that a query has before the place where its page begins.
	 * @param caller who asks
	 * @param name the relation, which has a key
	 * @param query the query, with an anchor
	 * @param keys the keys of the rows, at least one
	 * @throws ProblemException when that cannot be found out
	 */
	public List<List<@Nullable String>> preceding(Caller caller, RelationName name, Query query,
			List<List<String>> keys) {
		Anchor anchor = Objects.requireNonNull(query.anchor());
		return this.targets.read(caller, name, (scope) -> {
			Bound start = new Cursors(this.statements.keyset(scope, query)).decode(anchor);
			return this.database.read(Membership.preceding(scope, query, start, keys), null, WindowReader::texts);
		});
	}

	/**
	 * Return the texts of columns of some rows, of those that are there.
	 * @param name the relation
	 * @param columns the columns
	 * @param keys the keys of the rows, at least one
	 * @param limit how long that may take, a millisecond at least
	 * @throws ProblemException when they cannot be read, or not in time
	 */
	public List<List<@Nullable String>> values(RelationName name, List<String> columns, List<List<String>> keys,
			Duration limit) {
		return read(limit, Membership.values(relation(name), columns, keys), WindowReader::texts);
	}

	/**
	 * Return the keys of the rows that point at some others.
	 * @param key the foreign key that they point with, at the other relation's key
	 * @param keys the keys of the others, at least one
	 * @param most how many to return at most
	 * @param limit how long that may take, a millisecond at least
	 * @throws ProblemException when they cannot be read, or not in time
	 */
	public List<List<@Nullable String>> referencing(ForeignKey key, List<List<String>> keys, int most, Duration limit) {
		Relation target = relation(key.target());
		return read(limit,
				Membership.referencing(relation(key.source()), columns(key, target), target, target.key(), keys, most),
				WindowReader::texts);
	}

	/**
	 * Return the columns that point, in the order of the key pointed at.
	 */
	private static List<String> columns(ForeignKey key, Relation target) {
		return target.key().stream().map((column) -> key.columns().get(key.targetColumns().indexOf(column))).toList();
	}

	private Relation relation(RelationName name) {
		Relation relation = this.schema.snapshot().relation(name);
		if (relation == null) {
			throw new IllegalStateException("The relation is gone");
		}
		return relation;
	}

	private <T> T read(Duration limit, SqlStatement statement, Database.Extractor<T> extractor) {
		try {
			return this.database.read(limit, (connection) -> Database.query(connection, statement, extractor));
		}
		catch (SQLException ex) {
			throw new ProblemException(SqlProblems.of(ex, null), ex);
		}
	}

	private static List<List<@Nullable String>> texts(ResultSet rows) throws SQLException {
		int columns = rows.getMetaData().getColumnCount();
		List<List<@Nullable String>> all = new ArrayList<>();
		while (rows.next()) {
			List<@Nullable String> row = new ArrayList<>(columns);
			for (int i = 1; i <= columns; i++) {
				row.add(rows.getString(i));
			}
			all.add(row);
		}
		return all;
	}

}
