package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.SelectItem;
import dev.oriel.admin.sql.Conflict;
import dev.oriel.admin.sql.InsertedRows;
import dev.oriel.admin.sql.ReadStatements;
import dev.oriel.admin.sql.SqlStatement;
import dev.oriel.admin.sql.VersionMode;
import dev.oriel.admin.sql.WriteStatements;

import org.jspecify.annotations.Nullable;

/**
 * What must be true of rows that were written, before they are kept.
 */
final class WriteChecks {

	private WriteChecks() {
	}

	static void requirePermitted(Rows rows, Target target) {
		if (!rows.permitted()) {
			throw new ProblemException(outside(target));
		}
	}

	/**
	 * Return the problem of a row that may not be written.
	 */
	static Problem outside(Target target) {
		return new Problem(403, "42501",
				"The row is outside of what may be written to " + target.relation().name().name(), null, null);
	}

	static void requireVersion(Connection connection, Rows rows, Target target, WriteOptions options, Query query)
			throws SQLException {
		if (options.expectedVersion() == null || (options.expectsAny() && rows.size() > 0)) {
			return;
		}
		if (rows.size() > 1) {
			throw new ProblemException(versionOfOneRow(rows.size()));
		}
		if (rows.size() == 0) {
			SqlStatement current = ReadStatements.rows(target.scope(), whole(query), VersionMode.IN_ROW);
			List<Row> found = Database.query(connection, current, Rows::extract).rows();
			throw new StaleRowException(found.isEmpty() ? null : found.get(0));
		}
	}

	/**
	 * Return the problem of one version for several rows.
	 */
	static Problem versionOfOneRow(int rows) {
		return new Problem(400, "ORIEL400", "A version belongs to one row", "The filter names %d rows.".formatted(rows),
				"Filter by the row's key.");
	}

	/**
	 * Return the problem of rows that changed between the look at them and the write,
	 * where they cannot be locked.
	 */
	static Problem concurrent() {
		return new Problem(409, "40001", "Rows were changed by somebody else at the same moment", null,
				"Nothing was changed; send the request again.");
	}

	/**
	 * Return the query for the row that a filter names, with all of its fields. What the
	 * filter tests for being there stays embedded, but is not shown.
	 */
	static Query whole(Query query) {
		Stream<SelectItem> tested = query.withoutFields()
			.select()
			.stream()
			.map(SelectItem.Embed.class::cast)
			.map((embed) -> new SelectItem.Embed(embed.target(), embed.alias(), embed.hint(), SelectItem.Join.LEFT,
					embed.spread(), embed.query()));
		return Query.ALL.withSelect(Stream.concat(Stream.of(new SelectItem.All()), tested).toList())
			.withFilter(query.filter())
			.withPage(1L, null);
	}

	/**
	 * Refuse to write to all rows of a relation, unless that is meant.
	 */
	static void requireFilter(Query query, WriteOptions options, DataSettings settings, String operation) {
		boolean meant = settings.unfilteredWrites() || options.maxAffected() != null;
		refusePage(query, operation);
		if (query.filter().equals(Filter.NONE) && !meant) {
			throw new ProblemException(new Problem(400, "21000", operation + " requires a WHERE clause", null,
					"Name the rows with a filter, or say how many are meant with 'Prefer: max-affected'."));
		}
	}

	/**
	 * Refuse to write to a page of rows.
	 */
	static void refusePage(Query query, String operation) {
		if (query.limit() != null || query.offset() != null || query.anchor() != null) {
			// It would be taken for a promise that the other rows are left alone.
			throw new ProblemException(new Problem(400, "ORIEL400", "Pages do not apply to " + operation,
					"All rows of the filter would be meant.",
					"Name the rows with a filter, or say how many are meant with 'Prefer: max-affected'."));
		}
	}

	static void requireSize(Rows rows, WriteOptions options) {
		if (options.single() && rows.size() != 1) {
			throw new ProblemException(Problem.notSingle(rows.size()));
		}
		requireAtMost(rows.size(), options);
	}

	/**
	 * Refuse to write more rows than are meant.
	 */
	static void requireAtMost(int rows, WriteOptions options) {
		if (options.maxAffected() != null && rows > options.maxAffected()) {
			throw new ProblemException(
					new Problem(400, "PGRST124", "Query result exceeds max-affected preference constraint",
							"The query affects %d rows".formatted(rows), null));
		}
	}

	/**
	 * Refuse to leave out a row that is there but outside of what the caller may write.
	 */
	static void requireMerged(Rows rows, WriteBody body, @Nullable Conflict conflict, Target target) {
		boolean merged = conflict != null && !conflict.merged().isEmpty();
		if (merged && rows.size() < body.size() && !target.access().rows().equals(Filter.NONE)) {
			throw new ProblemException(outside(target));
		}
	}

	/**
	 * Refuse a replacement that has not written exactly the row that was named.
	 */
	static void requireReplaced(Connection connection, Rows rows, InsertedRows row, Target target, WriteOptions options,
			Query query) throws SQLException {
		if (rows.size() == 0 && !isNamed(connection, row)) {
			throw new ProblemException(ReplacedKey.mismatch());
		}
		if (rows.size() > rows.merged() && options.expectedVersion() != null) {
			throw new StaleRowException(null);
		}
		requireVersion(connection, rows, target, options, query);
		if (rows.size() == 0 && !target.access().rows().equals(Filter.NONE)) {
			throw new ProblemException(outside(target));
		}
	}

	static boolean isNamed(Connection connection, InsertedRows row) throws SQLException {
		Boolean named = Database.query(connection, WriteStatements.named(row),
				(found) -> found.next() && found.getBoolean(1));
		return named;
	}

}
