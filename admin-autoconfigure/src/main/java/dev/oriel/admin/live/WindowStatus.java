package dev.oriel.admin.live;

import java.time.Duration;

import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.schema.RelationName;

/**
 * What can be said of a window without telling anything of the rows or of what they are
 * compared with.
 *
 * @param relation the relation
 * @param query the query string with a question mark for each value
 * @param mode how changes of the relation become known
 * @param subscribers how many look at it
 * @param rows how many rows it shows; -1 before they are known
 * @param version the state that it shows; 0 before the rows are known
 * @param cost how long the last successful read took; zero before there was one
 * @since 0.1.0
 */
public record WindowStatus(RelationName relation, String query, LiveMode mode, int subscribers, int rows, long version,
		Duration cost) {
}
