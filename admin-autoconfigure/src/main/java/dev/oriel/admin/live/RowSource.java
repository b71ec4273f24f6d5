package dev.oriel.admin.live;

import java.time.Instant;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.Count;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.RowPage;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.RelationName;

/**
 * Answers queries for windows, with the same code that answers them over HTTP, so that
 * both give the same bytes.
 *
 * @since 0.1.0
 */
public interface RowSource {

	/**
	 * Return the rows of a query.
	 * @param caller who asks
	 * @param relation the relation
	 * @param query what is asked for
	 * @param withVersion whether each row holds its version
	 */
	RowPage read(Caller caller, RelationName relation, Query query, boolean withVersion);

	/**
	 * Return how many rows a query has without its page.
	 * @param caller who asks
	 * @param relation the relation
	 * @param query what is asked for
	 * @param mode how to count; not {@code NONE}
	 */
	Count count(Caller caller, RelationName relation, Query query, CountMode mode);

	/**
	 * Return the time by the clock that queries are answered by. Unless a source knows
	 * better, that is the clock of this machine.
	 */
	default Instant now() {
		return Instant.now();
	}

}
