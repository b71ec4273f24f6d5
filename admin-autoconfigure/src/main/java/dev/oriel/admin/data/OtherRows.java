package dev.oriel.admin.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.query.QueryException;
import dev.oriel.admin.schema.ForeignKey;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.sql.ReadStatements;
import dev.oriel.admin.sql.Scope;
import dev.oriel.admin.sql.VersionMode;

import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that a write was refused for, as any read of the caller's would: a row
 * that may not be read is not there.
 */
final class OtherRows {

	/** It is a help, and not worth more than some time. */
	private static final Duration LIMIT = Duration.ofSeconds(1);

	private static final long MAX_COUNT = 1_000;

	private final Database database;

	OtherRows(Database database) {
		this.database = database;
	}

	/**
	 * Return the row that has the values already, or {@code null}.
	 */
	Violation.@Nullable OtherRow holder(Target target, Relation relation, KeyDetail key) {
		List<String> values = key.others().isEmpty() ? key.values() : key.others();
		RelationName name = target.holds(relation) ? target.relation().name() : relation.name();
		Scope scope = target.related().scopes().apply(name);
		return (scope != null && !values.isEmpty()) ? first(scope, filter(key.columns(), values)) : null;
	}

	/**
	 * Return the rows that point at a row, or {@code null} if there are none to see.
	 */
	Violation.@Nullable Referencing referencing(Target target, ForeignKey foreignKey, KeyDetail key) {
		Scope scope = target.related().scopes().apply(foreignKey.source());
		if (scope == null || key.values().isEmpty()) {
			return null;
		}
		Filter filter = filter(foreignKey.columns(), key.values());
		Long count = read(() -> this.database.read(LIMIT, (connection) -> Database.query(connection,
				ReadStatements.count(scope, Query.ALL.withFilter(filter), MAX_COUNT), (rows) -> {
					rows.next();
					return rows.getLong(1);
				})));
		if (count == null || count == 0) {
			return null;
		}
		return new Violation.Referencing(foreignKey.source(), zip(foreignKey.columns(), key.values()), count,
				first(scope, filter));
	}

	private Violation.@Nullable OtherRow first(Scope scope, Filter filter) {
		Query query = Query.ALL.withFilter(filter).withPage(1L, null);
		List<String> key = scope.key();
		List<Row> rows = key.isEmpty() ? null
				: read(() -> this.database.read(LIMIT,
						(connection) -> Database
							.query(connection, ReadStatements.rows(scope, query, VersionMode.NONE), Rows::extract)
							.rows()));
		return (rows == null || rows.isEmpty()) ? null
				: new Violation.OtherRow(scope.relation().name(), zip(key, rows.get(0).key()));
	}

	private static Filter filter(List<String> columns, List<String> values) {
		Filter filter = Filter.NONE;
		for (int i = 0; i < columns.size(); i++) {
			filter = filter.and(Filter.Comparison.of(columns.get(i), Operator.EQ, values.get(i)));
		}
		return filter;
	}

	private static Map<String, String> zip(List<String> columns, List<String> values) {
		Map<String, String> zipped = new LinkedHashMap<>();
		for (int i = 0; i < columns.size(); i++) {
			zipped.put(columns.get(i), values.get(i));
		}
		return zipped;
	}

	/**
	 * Read what is nice to know: a key over an expression names no column, and what took
	 * its time stays unknown.
	 */
	private static <T> @Nullable T read(Reading<T> reading) {
		try {
			return reading.read();
		}
		catch (SQLException | QueryException ex) {
			return null;
		}
	}

	/**
	 * A look into the database.
	 */
	@FunctionalInterface
	private interface Reading<T> {

		T read() throws SQLException;

	}

}
