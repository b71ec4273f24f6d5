package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.sql.ImpactStatements;
import dev.oriel.admin.sql.Related;
import dev.oriel.admin.sql.Scope;

import org.jspecify.annotations.Nullable;

/**
 * Watches a transaction from a moment on, to tell what it has changed. Only tables that
 * the caller may read are told of. Where rules or policies hide rows, the counters would
 * tell of those too, so only what can be seen is counted.
 */
final class ImpactWatch {

	/** How many changes of a table are shown. */
	private static final int SHOWN = 10;

	/** How many changes are looked at where the counters tell too much. */
	private static final int COUNTED = 1_000;

	/** How long may be looked for changes altogether. */
	private static final Duration LIMIT = Duration.ofSeconds(3);

	private final Connection connection;

	private final Database others;

	private final ImpactCounters before;

	/**
	 * Whether the transaction had changed nothing before, so that its marks are those of
	 * what is watched.
	 */
	private final boolean first;

	private ImpactWatch(Connection connection, Database others, ImpactCounters before, boolean first) {
		this.connection = connection;
		this.others = others;
		this.before = before;
		this.first = first;
	}

	/**
	 * Begin to watch.
	 * @param connection the connection of the transaction
	 * @param others reads what others still see
	 * @throws ProblemException when the database does not count changes
	 */
	static ImpactWatch begin(Connection connection, Database others) throws SQLException {
		List<Boolean> state = Database.query(connection, ImpactStatements.transaction(), (rows) -> {
			rows.next();
			return List.of(rows.getBoolean(2), rows.getString(1) == null);
		});
		if (!state.get(0)) {
			throw new ProblemException(new Problem(501, "ORIEL501", "The database does not count changes",
					"Its setting 'track_counts' is off.", "Switch it on, or leave the preference 'impact' out."));
		}
		return new ImpactWatch(connection, others, ImpactCounters.read(connection), state.get(1));
	}

	/**
	 * Return what was changed since. What is otherwise left to the end of the transaction
	 * is done now, and fails now if it has to.
	 * @param target what was written to
	 * @param rows what was written there
	 */
	Impact end(Target target, Rows rows) throws SQLException {
		return end(target.snapshot(), target.related(), target.relation().name(), rows);
	}

	/**
	 * Return what was changed since.
	 * @param snapshot the relations there are
	 * @param related what may be read of them
	 * @param first the relation written to, or {@code null} if it is not known
	 * @param rows what was written there
	 */
	Impact end(SchemaSnapshot snapshot, Related related, @Nullable RelationName first, Rows rows) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
		}
		String transaction = Database.query(this.connection, ImpactStatements.transaction(), (result) -> {
			result.next();
			return result.getString(1);
		});
		if (transaction == null) {
			return new Impact(List.of());
		}
		long deadline = System.nanoTime() + LIMIT.toNanos();
		List<Impact.Table> tables = new ArrayList<>();
		for (Map.Entry<RelationName, Impact.Counts> changed : changed(snapshot, first).entrySet()) {
			Scope scope = related.scopes().apply(changed.getKey());
			if (scope != null) {
				Duration left = Duration.ofNanos(deadline - System.nanoTime());
				boolean written = changed.getKey().equals(first);
				Impact.Table table = table(scope, changed.getValue(), written ? rows : Rows.NONE, transaction, left);
				if (table != null) {
					tables.add(table);
				}
			}
		}
		return new Impact(tables);
	}

	/**
	 * Return the numbers by the relations that are known, what was written to first.
	 */
	private Map<RelationName, Impact.Counts> changed(SchemaSnapshot snapshot, @Nullable RelationName first)
			throws SQLException {
		Map<Long, Impact.Counts> since = ImpactCounters.read(this.connection).since(this.before);
		Map<RelationName, Impact.Counts> changed = new LinkedHashMap<>();
		snapshot.relations()
			.stream()
			.filter((relation) -> since.containsKey(relation.oid()))
			.sorted(Comparator.comparing((Relation relation) -> !whole(snapshot, relation).equals(first))
				.thenComparing(Relation::name))
			.forEach((relation) -> changed.merge(whole(snapshot, relation), since.get(relation.oid()),
					Impact.Counts::and));
		return changed;
	}

	/**
	 * Return the table that a relation is a part of, or the relation itself.
	 */
	private static RelationName whole(SchemaSnapshot snapshot, Relation relation) {
		Relation whole = relation;
		while (whole.partitionOf() != null) {
			Relation parent = snapshot.relation(whole.partitionOf());
			if (parent == null) {
				break;
			}
			whole = parent;
		}
		return whole.name();
	}

	private Impact.@Nullable Table table(Scope scope, Impact.Counts counts, Rows rows, String transaction,
			Duration limit) throws SQLException {
		RelationName name = scope.relation().name();
		boolean hiding = !scope.rows().equals(Filter.NONE) || scope.relation().structure().rowSecurity().enabled();
		ImpactSample sample = new ImpactSample(this.connection, this.others, scope, transaction);
		boolean known = !hiding && isAll(rows, counts);
		List<Impact.Change> changes = null;
		if (this.first) {
			changes = known ? sample.changes(rows.rows().stream().limit(SHOWN).toList(), limit)
					: sample.changes(hiding ? COUNTED : SHOWN, counts, limit);
		}
		List<Impact.Change> shown = (changes != null) ? changes.stream().limit(SHOWN).toList() : null;
		if (!hiding) {
			return new Impact.Table(name, counts, shown);
		}
		if (changes == null) {
			// That there is something would be told of rows that may all be hidden.
			return null;
		}
		Impact.Counts visible = counts(changes);
		return visible.isNone() ? null : new Impact.Table(name, visible, shown);
	}

	/**
	 * Whether the rows returned are all that was changed in their table, and have keys
	 * that did not change, so that they need not be searched for.
	 */
	private static boolean isAll(Rows rows, Impact.Counts counts) {
		boolean all = rows.rows().size() == counts.insert() + counts.update() + counts.delete();
		return all && counts.update() == 0 && rows.rows().stream().noneMatch((row) -> row.key().isEmpty());
	}

	private static Impact.Counts counts(List<Impact.Change> changes) {
		return new Impact.Counts(count(changes, Impact.Operation.INSERT), count(changes, Impact.Operation.UPDATE),
				count(changes, Impact.Operation.DELETE));
	}

	private static long count(List<Impact.Change> changes, Impact.Operation operation) {
		return changes.stream().filter((change) -> change.operation() == operation).count();
	}

}
