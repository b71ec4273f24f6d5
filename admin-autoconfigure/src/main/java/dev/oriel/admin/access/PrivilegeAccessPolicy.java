package dev.oriel.admin.access;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.Privileges;
import dev.oriel.admin.schema.Relation;

/**
 * Allows what the connected PostgreSQL role may do itself, unless everything is read
 * only.
 *
 * @since 0.1.0
 */
public final class PrivilegeAccessPolicy implements AccessPolicy {

	private final boolean readOnly;

	/**
	 * The last decision on each relation, by its OID: all callers may do the same, and
	 * the answer is the same as long as the schema is.
	 */
	private final Map<Long, Decision> decisions = new ConcurrentHashMap<>();

	/**
	 * Create the policy.
	 * @param readOnly whether nothing may be written at all
	 */
	public PrivilegeAccessPolicy(boolean readOnly) {
		this.readOnly = readOnly;
	}

	@Override
	public RelationAccess decide(Caller caller, Relation relation) {
		Decision last = this.decisions.get(relation.oid());
		if (last != null && last.relation() == relation) {
			return last.access();
		}
		RelationAccess access = decide(relation);
		this.decisions.put(relation.oid(), new Decision(relation, access));
		return access;
	}

	private RelationAccess decide(Relation relation) {
		Set<String> readable = columns(relation, (column) -> column.privileges().select());
		Set<Operation> operations = operations(relation.privileges(), readable);
		return new RelationAccess(operations, readable,
				operations.contains(Operation.INSERT) ? columns(relation, Column::insertable) : Set.of(),
				operations.contains(Operation.UPDATE) ? columns(relation, Column::updatable) : Set.of(), Filter.NONE);
	}

	@Override
	public boolean mayCall(Caller caller, Function function) {
		return function.executable() && !(this.readOnly && function.isVolatile());
	}

	private Set<Operation> operations(Privileges privileges, Set<String> readable) {
		Set<Operation> operations = EnumSet.noneOf(Operation.class);
		if (!readable.isEmpty()) {
			operations.add(Operation.SELECT);
		}
		if (!this.readOnly) {
			if (privileges.insert()) {
				operations.add(Operation.INSERT);
			}
			if (privileges.update()) {
				operations.add(Operation.UPDATE);
			}
			if (privileges.delete()) {
				operations.add(Operation.DELETE);
			}
		}
		return operations;
	}

	private static Set<String> columns(Relation relation, Predicate<Column> allowed) {
		return relation.columns().stream().filter(allowed).map(Column::name).collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * What was decided on a relation.
	 */
	private record Decision(Relation relation, RelationAccess access) {
	}

}
