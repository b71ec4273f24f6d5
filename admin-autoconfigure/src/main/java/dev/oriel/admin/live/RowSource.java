package dev.oriel.admin.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.Count;
import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.RelationReader;
import dev.oriel.admin.data.RowMatch;
import dev.oriel.admin.data.RowTest;
import dev.oriel.admin.data.WindowPage;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries for windows, with the same code that answers them over HTTP, so that
 * both give the same bytes, and finds out which windows a change concerns.
 *
 * @since 0.1.0
 */
public interface RowSource {

	/**
	 * Return the source that reads with a reader.
	 * @param reader the reader that answers HTTP
	 */
	static RowSource of(RelationReader reader) {
		return new ReaderRowSource(reader);
	}

	/**
	 * Return the rows of a query, and which changes matter to them.
	 * @param caller who asks
	 * @param relation the relation
	 * @param query what is asked for
	 * @param withVersion whether each row holds its version
	 */
	WindowPage window(Caller caller, RelationName relation, Query query, boolean withVersion);

	/**
	 * Return how many rows a query has without its page.
	 * @param caller who asks
	 * @param relation the relation
	 * @param query what is asked for
	 * @param mode how to count; not {@code NONE}
	 */
	Count count(Caller caller, RelationName relation, Query query, CountMode mode);

	/**
	 * Find out which pages some rows belong to, as they are now.
	 * @param tests the tests of the pages, with the same statement
	 * @param keys the keys of the rows, at least one
	 * @param limit how long that may take, a millisecond at least; afterwards an
	 * exception tells that it cannot be found out
	 */
	List<RowMatch> matches(List<RowTest> tests, List<List<String>> keys, Duration limit);

	/**
	 * Return the keys of those of some rows that a query has before the place where its
	 * page begins, in any order.
	 * @param caller who asks
	 * @param relation the relation, which has a key
	 * @param query the query, with an anchor
	 * @param keys the keys of the rows, at least one
	 */
	List<List<@Nullable String>> preceding(Caller caller, RelationName relation, Query query, List<List<String>> keys);

	/**
	 * Return the texts of columns of some rows, of those that are there, in any order.
	 * @param relation the relation
	 * @param columns the columns
	 * @param keys the keys of the rows, at least one
	 * @param limit how long that may take, a millisecond at least; afterwards an
	 * exception tells that it cannot be found out
	 */
	List<List<@Nullable String>> values(RelationName relation, List<String> columns, List<List<String>> keys,
			Duration limit);

	/**
	 * Return the keys of the rows that point at some others now, in any order.
	 * @param key the foreign key that they point with, at the key of the others
	 * @param keys the keys of the others, at least one
	 * @param most how many to return at most
	 * @param limit how long that may take, a millisecond at least; afterwards an
	 * exception tells that it cannot be found out
	 */
	List<List<@Nullable String>> referencing(ForeignKey key, List<List<String>> keys, int most, Duration limit);

	/**
	 * Return the time by the clock that queries are answered by. Unless a source knows
	 * better, that is the clock of this machine.
	 */
	default Instant now() {
		return Instant.now();
	}

}
