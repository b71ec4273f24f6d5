package dev.oriel.admin.sql;

import java.util.Collection;

import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.schema.NearestNames;
import dev.oriel.admin.schema.Relation;

/**
 * The error for a name that is no column, which is the same whether the column is missing
 * or hidden.
 */
final class UnknownColumn {

	private UnknownColumn() {
	}

	static QueryException of(Relation relation, Collection<String> visible, String name) {
		String nearest = NearestNames.nearest(name, visible);
		String hint = (nearest != null)
				? "Perhaps you meant to reference the column \"%s.%s\".".formatted(relation.name().name(), nearest)
				: null;
		return new QueryException("42703", "column %s.%s does not exist".formatted(relation.name().name(), name), null,
				hint);
	}

}
