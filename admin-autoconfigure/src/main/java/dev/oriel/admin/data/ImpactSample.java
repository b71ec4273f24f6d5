package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.sql.ImpactStatements;
import dev.oriel.admin.sql.ReadStatements;
import dev.oriel.admin.sql.Scope;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.VersionMode;

import org.jspecify.annotations.Nullable;

/**
 * Finds rows of one table that a transaction has changed: those that it marked as its own
 * work, and those that others still see although it has marked them as gone. Each is
 * looked up on the other side by its key, which also tells whether somebody else changed
 * it, or nobody did.
 *
 * @param connection the connection of the transaction
 * @param others reads what others still see
 * @param scope what may be read of the table
 * @param transaction the number of the transaction
 */
record ImpactSample(Connection connection, Database others, Scope scope, String transaction) {

	/**
	 * Return the changes of rows that are known to be all that changed.
	 * @param rows some of them, by their keys
	 * @param limit how long may be looked for them
	 * @return {@code null} if that takes too long
	 */
	@Nullable List<Impact.Change> changes(List<Row> rows, Duration limit) throws SQLException {
		List<Row> after = own(rows, limit);
		List<Row> before = seen(rows, limit);
		return (after != null && before != null) ? paired(before, after) : null;
	}

	private List<Impact.Change> paired(List<Row> before, List<Row> after) {
		Map<List<String>, Row> written = byKey(after);
		List<Impact.Change> changes = new ArrayList<>();
		addChanges(before.stream().filter((row) -> !written.containsKey(row.key())).toList(), byKey(before), written,
				changes);
		addChanges(after, byKey(before), written, changes);
		return changes;
	}

	/**
	 * Return changes.
	 * @param count how many at most
	 * @param counts what is known of their number
	 * @param limit how long may be looked for them
	 * @return {@code null} if that takes too long
	 */
	@Nullable List<Impact.Change> changes(int count, Impact.Counts counts, Duration limit) throws SQLException {
		boolean any = counts.insert() + counts.update() > 0;
		List<Row> after = any ? own(ImpactStatements.after(this.scope, this.transaction, count), limit) : List.of();
		boolean anyBefore = counts.update() + counts.delete() > 0;
		List<Row> before = (anyBefore && after != null)
				? seen(ImpactStatements.before(this.scope, this.transaction, count), limit) : List.of();
		if (after == null || before == null) {
			return null;
		}
		return this.scope.key().isEmpty() ? unnamed(after, before, counts) : named(after, before, count, counts, limit);
	}

	/**
	 * Without a key, which row became which is not known; nor is it of any use where only
	 * one thing happened.
	 */
	private static @Nullable List<Impact.Change> unnamed(List<Row> after, List<Row> before, Impact.Counts counts) {
		if (counts.update() > 0) {
			return null;
		}
		List<Impact.Change> changes = new ArrayList<>();
		after.forEach((row) -> changes.add(new Impact.Change(Impact.Operation.INSERT, Map.of(), null, row.json())));
		before.forEach((row) -> changes.add(new Impact.Change(Impact.Operation.DELETE, Map.of(), row.json(), null)));
		return changes;
	}

	private @Nullable List<Impact.Change> named(List<Row> after, List<Row> before, int count, Impact.Counts counts,
			Duration limit) throws SQLException {
		Map<List<String>, Row> written = byKey(after);
		List<Row> left = before.stream().filter((row) -> !written.containsKey(row.key())).toList();
		List<Row> was = seen(after, limit);
		List<Row> is = own(left, limit);
		if (was == null || is == null) {
			return null;
		}
		List<Row> allBefore = Stream.concat(left.stream(), was.stream()).toList();
		List<Row> allAfter = Stream.concat(after.stream(), is.stream()).toList();
		return withMoves(paired(allBefore, allAfter), counts).stream().limit(count).toList();
	}

	/**
	 * Where rows were only changed, one that is gone and one that is new are one whose
	 * key was changed.
	 */
	private static List<Impact.Change> withMoves(List<Impact.Change> changes, Impact.Counts counts) {
		List<Impact.Change> odd = changes.stream()
			.filter((change) -> change.operation() != Impact.Operation.UPDATE)
			.toList();
		boolean moved = counts.insert() == 0 && counts.delete() == 0 && odd.size() == 2
				&& odd.get(0).operation() == Impact.Operation.DELETE
				&& odd.get(1).operation() == Impact.Operation.INSERT;
		if (!moved) {
			return changes;
		}
		Impact.Change move = new Impact.Change(Impact.Operation.UPDATE, odd.get(0).key(), odd.get(0).before(),
				odd.get(1).after());
		return Stream.concat(Stream.of(move), changes.stream().filter((change) -> !odd.contains(change))).toList();
	}

	private void addChanges(List<Row> rows, Map<List<String>, Row> before, Map<List<String>, Row> after,
			List<Impact.Change> changes) {
		for (Row row : rows) {
			Row then = before.get(row.key());
			Row now = after.get(row.key());
			boolean same = then != null && now != null && String.valueOf(then.version()).equals(now.version());
			if (same) {
				// Locked only, or the work of somebody else.
				continue;
			}
			Impact.Operation operation = (then == null) ? Impact.Operation.INSERT
					: ((now == null) ? Impact.Operation.DELETE : Impact.Operation.UPDATE);
			changes.add(new Impact.Change(operation, zip(row.key()), (then != null) ? then.json() : null,
					(now != null) ? now.json() : null));
		}
	}

	private Map<String, String> zip(List<String> values) {
		Map<String, String> key = new LinkedHashMap<>();
		for (int i = 0; i < values.size(); i++) {
			key.put(this.scope.key().get(i), values.get(i));
		}
		return key;
	}

	private static Map<List<String>, Row> byKey(List<Row> rows) {
		Map<List<String>, Row> byKey = new LinkedHashMap<>();
		rows.forEach((row) -> byKey.put(row.key(), row));
		return byKey;
	}

	private SqlStatement byKeys(List<Row> rows) {
		List<Filter> any = new ArrayList<>();
		for (Row row : rows) {
			List<Filter> all = new ArrayList<>();
			zip(row.key()).forEach((column, value) -> all.add(Filter.Comparison.of(column, Operator.EQ, value)));
			any.add(new Filter.And(all));
		}
		return ReadStatements.rows(this.scope, Query.ALL.withFilter(new Filter.Or(any)), VersionMode.SEPARATE);
	}

	private @Nullable List<Row> own(List<Row> rows, Duration limit) throws SQLException {
		return rows.isEmpty() ? List.of() : own(byKeys(rows), limit);
	}

	private @Nullable List<Row> seen(List<Row> rows, Duration limit) {
		return rows.isEmpty() ? List.of() : seen(byKeys(rows), limit);
	}

	/**
	 * Return what the transaction itself sees, which goes on if that takes too long.
	 */
	private @Nullable List<Row> own(SqlStatement statement, Duration limit) throws SQLException {
		if (limit.isNegative() || limit.isZero()) {
			return null;
		}
		Savepoint savepoint = this.connection.setSavepoint();
		try (Statement settings = this.connection.createStatement()) {
			settings.execute("SET LOCAL statement_timeout = " + Math.max(1, limit.toMillis()));
			return Database.query(this.connection, statement, Rows::extract).rows();
		}
		catch (SQLException ex) {
			if (SqlProblems.isTimeout(ex)) {
				return null;
			}
			throw ex;
		}
		finally {
			// With the setting.
			this.connection.rollback(savepoint);
		}
	}

	/**
	 * Return what others see.
	 */
	private @Nullable List<Row> seen(SqlStatement statement, Duration limit) {
		if (limit.isNegative() || limit.isZero()) {
			return null;
		}
		try {
			return this.others.read(limit, (connection) -> Database.query(connection, statement, Rows::extract)).rows();
		}
		catch (SQLException ex) {
			// It takes too long, or no second connection is to be had.
			return null;
		}
	}

}
