package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.query.ColumnPath;
import dev.oriel.admin.query.Filter;
import dev.oriel.admin.query.Operator;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.sql.ReadStatements;
import dev.oriel.admin.sql.VersionMode;

/**
 * Reads a family again after it was written, in the same transaction and with the same
 * statements as any other rows.
 */
final class FamilyAnswer {

	/** How many rows are asked for by one statement. */
	private static final int PAGE = 5_000;

	private final WriteTransaction transaction;

	private final Target target;

	private final WriteOptions options;

	FamilyAnswer(WriteTransaction transaction, Target target, WriteOptions options) {
		this.transaction = transaction;
		this.target = target;
		this.options = options;
	}

	/**
	 * Return rows in the order that a query says, or else in that of the body.
	 * @param roots the rows
	 * @param query what is returned of them
	 */
	List<Row> read(List<RowTask> roots, Query query) throws SQLException {
		this.transaction.at(WriteStep.of(this.target));
		List<List<String>> keys = roots.stream().map(RowTask::identityTexts).toList();
		List<Row> rows = new ArrayList<>();
		for (int i = 0; i < keys.size(); i += PAGE) {
			Query page = query.withFilter(named(keys.subList(i, Math.min(keys.size(), i + PAGE))));
			rows.addAll(Database
				.query(this.transaction.connection(),
						ReadStatements.rows(this.target.scope(), page, this.options.returned()), Rows::extract)
				.rows());
		}
		if (query.order().isEmpty()) {
			Map<List<String>, Integer> places = new HashMap<>();
			keys.forEach((key) -> places.putIfAbsent(key, places.size()));
			rows.sort(Comparator.comparing((row) -> places.getOrDefault(row.key(), 0)));
		}
		return rows;
	}

	private Filter named(List<List<String>> keys) {
		List<String> columns = this.target.scope().key();
		if (columns.size() == 1) {
			return new Filter.Comparison(ColumnPath.of(columns.get(0)), Operator.IN, null,
					keys.stream().map((key) -> key.get(0)).toList(), null);
		}
		return new Filter.Or(keys.stream().map((key) -> row(columns, key)).toList());
	}

	/**
	 * Return the exception about a row that is no longer what somebody has seen.
	 */
	static StaleRowException stale(Connection connection, RowTask task) throws SQLException {
		Query query = Query.ALL.withFilter(row(task.identity(), task.identityTexts()));
		List<Row> rows = Database
			.query(connection, ReadStatements.rows(task.target().scope(), query, VersionMode.IN_ROW), Rows::extract)
			.rows();
		return new StaleRowException(rows.isEmpty() ? null : rows.get(0), task.path());
	}

	private static Filter row(List<String> columns, List<String> key) {
		Filter filter = Filter.NONE;
		for (int i = 0; i < columns.size(); i++) {
			filter = filter.and(Filter.Comparison.of(columns.get(i), Operator.EQ, key.get(i)));
		}
		return filter;
	}

}
