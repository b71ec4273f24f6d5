package dev.oriel.admin.live.convergence;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.Relation;

/**
 * Three users: one may see everything, one some rows, and one some rows and columns.
 */
final class Users implements AccessPolicy {

	static final String ADMIN = "admin";

	static final String SUPPORT = "support";

	static final String GUEST = "guest";

	static final List<String> ALL = List.of(ADMIN, SUPPORT, GUEST);

	private final PrivilegeAccessPolicy privileges = new PrivilegeAccessPolicy(false);

	@Override
	public RelationAccess decide(Caller caller, Relation relation) {
		RelationAccess all = this.privileges.decide(caller, relation);
		if (caller.name().equals(ADMIN) || !all.readable().contains("vis")) {
			return all;
		}
		Set<String> readable = new HashSet<>(all.readable());
		readable.remove("hidden");
		if (caller.name().equals(GUEST)) {
			readable.remove("c1");
		}
		Filter rule = Filter.Comparison.of("vis", Operator.LT, caller.name().equals(GUEST) ? "1" : "2");
		return new RelationAccess(all.operations(), readable, all.insertable(), all.updatable(), rule);
	}

	@Override
	public boolean mayCall(Caller caller, Function function) {
		return this.privileges.mayCall(caller, function);
	}

}
