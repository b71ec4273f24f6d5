package dev.oriel.admin.live;

import java.util.Map;
import java.util.Set;

import dev.oriel.admin.access.RelationAccess;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.Function;
import dev.oriel.admin.schema.RelationName;

/**
 * What makes two subscribers see the same: equal questions by callers with equal rights.
 *
 * @param relation the relation
 * @param query what is asked of it
 * @param options what is shown beside the rows
 * @param rights what the caller may do with all that the answer depends on
 */
record WindowKey(RelationName relation, Query query, WindowOptions options, Rights rights) {

	/**
	 * Create the key of a window that no function computes anything for.
	 */
	WindowKey(RelationName relation, Query query, WindowOptions options, Map<RelationName, RelationAccess> access) {
		this(relation, query, options, new Rights(access, Set.of()));
	}

	Map<RelationName, RelationAccess> access() {
		return this.rights.access();
	}

	/**
	 * What a caller may do.
	 *
	 * @param access with each relation
	 * @param functions the functions over a row that may be called
	 */
	record Rights(Map<RelationName, RelationAccess> access, Set<Function> functions) {

		Rights {
			access = Map.copyOf(access);
			functions = Set.copyOf(functions);
		}

	}

}
