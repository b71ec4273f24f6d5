package dev.oriel.admin.live;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.SchemaSource;

/**
 * What callers may see, and how often that may have become something else.
 *
 * @param schema the relations
 * @param policy who may see what
 * @param changes how often it has changed
 */
record CallerRights(SchemaSource schema, AccessPolicy policy, AtomicLong changes) {

	CallerRights(SchemaSource schema, AccessPolicy policy) {
		this(schema, policy, new AtomicLong());
	}

	/**
	 * Return what the caller may do with each relation that the answer depends on, and
	 * which functions it may be computed by: those that the caller may call, and those
	 * that rules on rows name. A relation that does not exist is left out: reading it
	 * says so.
	 */
	WindowKey.Rights of(Caller caller, RelationName name, Query query) {
		SchemaSnapshot snapshot = this.schema.snapshot();
		WindowDependencies dependencies = WindowDependencies.of(snapshot, name, query);
		Map<RelationName, RelationAccess> access = new HashMap<>();
		for (RelationName dependency : dependencies.relations()) {
			Relation relation = snapshot.relation(dependency);
			if (relation != null) {
				access.put(dependency, this.policy.decide(caller, relation));
			}
		}
		Set<Function> functions = new HashSet<>(dependencies.functions());
		functions.removeIf((function) -> !this.policy.mayCall(caller, function));
		// Rules on rows are followed whether or not the caller may call what they name.
		access.forEach((dependency, decided) -> functions
			.addAll(WindowDependencies.functions(snapshot, dependency, decided.rows())));
		return new WindowKey.Rights(access, functions);
	}

	/**
	 * Whether a caller may see just what a window shows.
	 */
	boolean match(Caller caller, WindowKey key) {
		return of(caller, key.relation(), key.query()).equals(key.rights());
	}

	/**
	 * Return in which state rights are. What was decided by an older one may be wrong.
	 */
	long state() {
		return this.changes.get();
	}

	/**
	 * Whatever was decided before may be wrong.
	 */
	void changed() {
		this.changes.incrementAndGet();
	}

}
