package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.schema.NearestNames;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.schema.SchemaUnavailableException;
import dev.oriel.admin.sql.Scope;

import org.jspecify.annotations.Nullable;

/**
 * Finds relations on behalf of a caller. One that the caller may do nothing with is not
 * found, exactly as one that does not exist.
 */
final class Targets {

	private final SchemaSource source;

	private final AccessPolicy policy;

	Targets(SchemaSource source, AccessPolicy policy) {
		this.source = source;
		this.policy = policy;
	}

	Target find(Caller caller, RelationName name, Operation operation) {
		SchemaSnapshot snapshot = snapshot();
		requireSchema(snapshot, name.schema());
		Relation relation = snapshot.relation(name);
		RelationAccess access = (relation != null) ? this.policy.decide(caller, relation) : null;
		if (relation == null || access == null || access.operations().isEmpty()) {
			throw new ProblemException(unknown(caller, snapshot, name));
		}
		Target target = new Target(snapshot, relation, access,
				new ReadableScopes(this.policy, caller, snapshot).related());
		target.require(operation);
		return target;
	}

	/**
	 * Return a relation that can be reached from another one.
	 * @param caller who asks
	 * @param from where it is reached from
	 * @param name a relation of the same snapshot
	 */
	Target related(Caller caller, Target from, RelationName name) {
		Relation relation = from.snapshot().relation(name);
		return new Target(from.snapshot(), relation, this.policy.decide(caller, relation), from.related());
	}

	/**
	 * Whether the schema is no longer what it was when a target was found, which may
	 * explain an error. A mistake of the caller's must not cost a reading of the whole
	 * catalogue.
	 */
	boolean isOutdated(Target target) {
		this.source.refreshIfChanged();
		return !snapshot().version().equals(target.snapshot().version());
	}

	static void requireSchema(SchemaSnapshot snapshot, String schema) {
		if (!snapshot.schemas().contains(schema)) {
			throw new ProblemException(new Problem(406, "PGRST106", "Invalid schema: " + schema, null,
					"Only the following schemas are exposed: " + String.join(", ", snapshot.schemas())));
		}
	}

	private SchemaSnapshot snapshot() {
		try {
			return this.source.snapshot();
		}
		catch (SchemaUnavailableException ex) {
			throw new ProblemException(Problem.unavailable(), ex);
		}
	}

	private Problem unknown(Caller caller, SchemaSnapshot snapshot, RelationName name) {
		List<RelationName> visible = snapshot.relations()
			.stream()
			.filter((relation) -> relation.name().schema().equals(name.schema())
					|| relation.name().name().equals(name.name()))
			.filter((relation) -> !this.policy.decide(caller, relation).operations().isEmpty())
			.map(Relation::name)
			.toList();
		return new Problem(404, "PGRST205", "Could not find the table '%s' in the schema cache".formatted(name), null,
				hint(name, visible));
	}

	/**
	 * Return what may have been meant: the same name in another schema, or one that is
	 * spelt like it.
	 */
	private static @Nullable String hint(RelationName name, List<RelationName> visible) {
		List<RelationName> elsewhere = visible.stream().filter((each) -> !each.schema().equals(name.schema())).toList();
		if (!elsewhere.isEmpty()) {
			return "Perhaps you meant the table %s: another schema is named with the header 'Accept-Profile', or with "
				.formatted(elsewhere.stream().map("'%s'"::formatted).collect(Collectors.joining(" or ")))
					+ "'Content-Profile' where something is written";
		}
		String nearest = NearestNames.nearest(name.name(), visible.stream().map(RelationName::name).toList());
		return (nearest != null) ? "Perhaps you meant the table '%s.%s'".formatted(name.schema(), nearest) : null;
	}

	/**
	 * Read from a relation; once more if the schema turns out to have changed meanwhile.
	 * @throws ProblemException when the relation may not be read, or cannot be
	 */
	<T> T read(Caller caller, RelationName name, Read<T> read) {
		try {
			Target target = find(caller, name, Operation.SELECT);
			try {
				return read.from(target.scope());
			}
			catch (SQLException ex) {
				boolean again = SqlProblems.isStalePlan(ex) || (SqlProblems.mayBeStaleSchema(ex) && isOutdated(target));
				if (!again) {
					throw ex;
				}
				return read.from(find(caller, name, Operation.SELECT).scope());
			}
		}
		catch (QueryException ex) {
			throw new ProblemException(Problem.of(ex), ex);
		}
		catch (SQLException ex) {
			throw new ProblemException(SqlProblems.of(ex, null), ex);
		}
	}

	/**
	 * What is read from a scope.
	 */
	@FunctionalInterface
	interface Read<T> {

		T from(Scope scope) throws SQLException;

	}

}
