package dev.oriel.admin.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.Relationships;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.sql.Related;
import dev.oriel.admin.sql.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What one caller may read of the relations of a snapshot. The policy is asked once for
 * each relation, however often a query embeds it.
 */
final class ReadableScopes implements Function<RelationName, @Nullable Scope> {

	private final AccessPolicy policy;

	private final Caller caller;

	private final SchemaSnapshot snapshot;

	private final Related related;

	private final Map<RelationName, Optional<Scope>> scopes = new HashMap<>();

	private final Map<RelationName, List<dev.oriel.admin.schema.Function>> computed = new HashMap<>();

	ReadableScopes(AccessPolicy policy, Caller caller, SchemaSnapshot snapshot) {
		this.policy = policy;
		this.caller = caller;
		this.snapshot = snapshot;
		this.related = new Related(new Relationships(snapshot), this, this::computed);
	}

	Related related() {
		return this.related;
	}

	@Override
	public @Nullable Scope apply(RelationName name) {
		return this.scopes.computeIfAbsent(name, this::decide).orElse(null);
	}

	private List<dev.oriel.admin.schema.Function> computed(Relation relation) {
		return this.computed.computeIfAbsent(relation.name(),
				(name) -> this.snapshot.computed(name)
					.stream()
					.filter((function) -> this.policy.mayCall(this.caller, function))
					.toList());
	}

	private Optional<Scope> decide(RelationName name) {
		Relation relation = this.snapshot.relation(name);
		if (relation == null) {
			return Optional.empty();
		}
		RelationAccess access = this.policy.decide(this.caller, relation);
		return access.allows(Operation.SELECT)
				? Optional.of(new Scope(relation, access.readable(), access.rows(), this.related, null))
				: Optional.empty();
	}

}
