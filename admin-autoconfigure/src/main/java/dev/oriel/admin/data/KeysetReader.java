package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import dev.oriel.admin.query.Anchor;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.sql.Bound;
import dev.oriel.admin.sql.Explain;
import dev.oriel.admin.sql.Keyset;
import dev.oriel.admin.sql.Scope;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.StatementCache;

import org.jspecify.annotations.Nullable;

/**
 * Reads pages that begin or end at a row. One row more than the page tells whether there
 * is another page behind it, and the row that the cursor names, which is read as well if
 * it is still there, that there is one before it.
 */
final class KeysetReader {

	private static final Bound START = new Bound(Anchor.Side.AFTER, List.of());

	private final Database database;

	private final StatementCache statements;

	KeysetReader(Database database, StatementCache statements) {
		this.database = database;
		this.statements = statements;
	}

	/**
	 * Whether a page is to be read here.
	 */
	static boolean isMeant(Query query, ReadOptions options) {
		return options.cursors() || query.anchor() != null;
	}

	/**
	 * Return a page and, if the options count exactly, the number of all rows.
	 * @param query what is asked for, with a limit
	 */
	RowPage read(Scope scope, Query query, ReadOptions options) throws SQLException {
		requireNoOffset(query);
		Keyset keyset = this.statements.keyset(scope, query);
		Cursors cursors = new Cursors(keyset);
		Bound bound = (query.anchor() != null) ? cursors.decode(query.anchor()) : START;
		long limit = Math.min(Objects.requireNonNull(query.limit()), Integer.MAX_VALUE);
		boolean counted = options.count() == CountMode.EXACT;
		SqlStatement statement = keyset.rows(options.returned(), counted, bound, limit + (bound.isEnd() ? 1 : 2));
		Explain explain = options.output().explain();
		if (explain != null) {
			return new RowPage(this.database.read(explain.of(statement), options.timeZone(), Rows::ofPlan).rows());
		}
		Rows rows = this.database.read(statement, options.timeZone(), Rows::extract);
		Count total = (rows.total() != null) ? new Count(rows.total(), true) : null;
		// The row that the cursor names is the first, because no other is its equal.
		int from = (!rows.places().isEmpty() && rows.places().get(0).atBound()) ? 1 : 0;
		int to = (int) Math.min(rows.rows().size(), from + limit);
		List<Row> shown = part(rows.rows(), from, to, bound);
		if (!options.cursors() || limit == 0) {
			return new RowPage(shown, total);
		}
		boolean more = to < rows.rows().size();
		boolean beyond = from > 0 || (!bound.isEnd() && exists(keyset.beyond(bound), options));
		List<Rows.Place> places = part(rows.places(), from, to, bound);
		boolean after = bound.isBackward() ? beyond : more;
		boolean before = bound.isBackward() ? more : beyond;
		return new RowPage(shown, total, after ? cursors.encode(Anchor.Side.AFTER, last(places)) : null,
				before ? cursors.encode(Anchor.Side.BEFORE, first(places)) : null, List.of());
	}

	/**
	 * Return the rows of a page and where it ends, without looking for others around it.
	 * @param query what is asked for, with a limit
	 */
	Part part(Scope scope, Query query, ReadOptions options) throws SQLException {
		requireNoOffset(query);
		Keyset keyset = this.statements.keyset(scope, query);
		Bound bound = (query.anchor() != null) ? new Cursors(keyset).decode(query.anchor()) : START;
		long limit = Math.min(Objects.requireNonNull(query.limit()), Integer.MAX_VALUE);
		SqlStatement statement = keyset.rows(options.returned(), false, bound, limit + (bound.isEnd() ? 0 : 1));
		Rows rows = this.database.read(statement, options.timeZone(), Rows::extract);
		int from = (!rows.places().isEmpty() && rows.places().get(0).atBound()) ? 1 : 0;
		int to = (int) Math.min(rows.rows().size(), from + limit);
		boolean full = limit > 0 && to - from == limit;
		return new Part(part(rows.rows(), from, to, bound), bound, full ? rows.places().get(to - 1).values() : null);
	}

	private static void requireNoOffset(Query query) {
		if (query.offset() != null && query.offset() > 0) {
			throw new ProblemException(new Problem(400, "ORIEL416", "'offset' does not go with cursors",
					"There is an offset of %d.".formatted(query.offset()),
					"Leave it out; 'after' and 'before' say where the page is."));
		}
	}

	private boolean exists(SqlStatement statement, ReadOptions options) throws SQLException {
		return this.database.read(statement, options.timeZone(), (result) -> result.next() && result.getBoolean(1));
	}

	private static <T> List<T> part(List<T> all, int from, int to, Bound bound) {
		List<T> part = new ArrayList<>(all.subList(from, to));
		if (bound.isBackward()) {
			Collections.reverse(part);
		}
		return part;
	}

	/**
	 * Return the place of the first row. Before an empty page lies the end of all rows:
	 * those behind the cursor are gone.
	 */
	private static List<@Nullable String> first(List<Rows.Place> places) {
		return places.isEmpty() ? List.of() : places.get(0).values();
	}

	private static List<@Nullable String> last(List<Rows.Place> places) {
		return places.isEmpty() ? List.of() : places.get(places.size() - 1).values();
	}

	/**
	 * A page.
	 *
	 * @param rows its rows
	 * @param start where it begins, or ends if it was looked for backwards
	 * @param last the texts of what the row is ordered by at its other end, or
	 * {@code null} if there is room for more rows
	 */
	record Part(List<Row> rows, Bound start, @Nullable List<@Nullable String> last) {
	}

}
