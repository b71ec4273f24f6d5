package dev.oriel.admin.live;

import java.util.Map;

import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.RelationName;

/**
 * What makes two subscribers see the same: equal questions by callers with equal rights.
 *
 * @param relation the relation
 * @param query what is asked of it
 * @param options what is shown beside the rows
 * @param access what the caller may do with each relation that the answer depends on
 */
record WindowKey(RelationName relation, Query query, WindowOptions options, Map<RelationName, RelationAccess> access) {

	WindowKey {
		access = Map.copyOf(access);
	}

}
