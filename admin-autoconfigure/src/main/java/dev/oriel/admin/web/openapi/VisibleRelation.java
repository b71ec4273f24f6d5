package dev.oriel.admin.web.openapi;

import java.util.List;
import java.util.Set;

import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.schema.Column;
import dev.oriel.admin.schema.Relation;

/**
 * A relation and what the caller may do with it.
 *
 * @param relation the relation
 * @param access what the caller may do
 * @param methods the methods that the caller may use
 */
record VisibleRelation(Relation relation, RelationAccess access, List<String> methods) {

	String name() {
		return this.relation.name().name();
	}

	List<Column> readable() {
		return only(this.access.readable());
	}

	List<Column> insertable() {
		return only(this.access.insertable());
	}

	List<Column> updatable() {
		return only(this.access.updatable());
	}

	boolean allows(String method) {
		return this.methods.contains(method);
	}

	private List<Column> only(Set<String> names) {
		return this.relation.columns().stream().filter((column) -> names.contains(column.name())).toList();
	}

}
