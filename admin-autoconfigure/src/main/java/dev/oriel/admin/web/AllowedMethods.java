package dev.oriel.admin.web;

import java.util.ArrayList;
import java.util.List;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.Caller;
import dev.oriel.admin.access.Operation;
import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;

/**
 * The methods that a caller may use on a relation, for the header {@code Allow}.
 */
record AllowedMethods(SchemaSource source, AccessPolicy policy) {

	/**
	 * Return the methods.
	 * @throws ProblemException with status 404 when the caller may use none, or there is
	 * no such relation
	 */
	String of(Caller caller, RelationName name) {
		Relation relation = this.source.snapshot().relation(name);
		RelationAccess access = (relation != null) ? this.policy.decide(caller, relation) : null;
		if (access == null || access.operations().isEmpty()) {
			throw new ProblemException(new Problem(404, "PGRST205",
					"Could not find the table '%s' in the schema cache".formatted(name), null, null));
		}
		return "OPTIONS," + String.join(",", of(relation, access));
	}

	/**
	 * Return the methods that somebody with this access may use on the rows of a
	 * relation.
	 */
	static List<String> of(Relation relation, RelationAccess access) {
		List<String> methods = new ArrayList<>();
		if (access.allows(Operation.SELECT)) {
			methods.addAll(List.of("GET", "HEAD"));
		}
		if (access.allows(Operation.INSERT)) {
			methods.add("POST");
		}
		if (access.allows(Operation.INSERT) && access.allows(Operation.UPDATE) && !relation.primaryKey().isEmpty()) {
			methods.add("PUT");
		}
		if (access.allows(Operation.UPDATE)) {
			methods.add("PATCH");
		}
		if (access.allows(Operation.DELETE)) {
			methods.add("DELETE");
		}
		return methods;
	}

}
