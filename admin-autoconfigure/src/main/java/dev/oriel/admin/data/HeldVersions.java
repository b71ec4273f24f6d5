package dev.oriel.admin.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.oriel.admin.query.Query;
import dev.oriel.admin.sql.NamedRow;
import dev.oriel.admin.sql.NamedStatements;
import dev.oriel.admin.sql.Returned;
import dev.oriel.admin.sql.VersionMode;

/**
 * Compares the versions of rows that are held with those that they must still have.
 */
final class HeldVersions {

	private HeldVersions() {
	}

	/**
	 * Refuse rows that have another version than those that are expected.
	 * @param query what named the rows
	 * @param several whether there may be several rows
	 * @throws StaleRowException when one has another version, or there is none
	 */
	static void require(WriteTransaction transaction, Target target, List<HeldRow> rows, Query query,
			WriteOptions options, boolean several) throws SQLException {
		if (options.expectedVersion() == null) {
			return;
		}
		if (rows.isEmpty()) {
			throw new StaleRowException(null);
		}
		if (options.expectsAny()) {
			return;
		}
		if (rows.size() > 1 && !several) {
			throw new ProblemException(WriteChecks.versionOfOneRow(rows.size()));
		}
		List<HeldRow> stale = rows.stream().filter((row) -> !options.expects(row.version())).toList();
		if (!stale.isEmpty()) {
			Map<Integer, Row> current = current(transaction, target, stale, query);
			if (rows.size() == 1) {
				throw new StaleRowException(current.get(0));
			}
			throw StaleRowException.of(current.values().stream().map((row) -> new StaleRow(null, row)).toList());
		}
	}

	/**
	 * Return rows as they are now and as the caller may see them, by their places in the
	 * list.
	 */
	static Map<Integer, Row> current(WriteTransaction transaction, Target target, List<HeldRow> rows, Query query)
			throws SQLException {
		List<NamedRow> named = new ArrayList<>();
		for (int i = 0; i < rows.size(); i++) {
			named.add(new NamedRow(i, rows.get(i).name(), null, "{}"));
		}
		Rows found = Database.query(transaction.connection(), NamedStatements.rows(target.scope(),
				WriteChecks.whole(query), named, Returned.json(VersionMode.IN_ROW)), Rows::extract);
		Map<Integer, Row> current = new HashMap<>();
		found.results().forEach((result) -> {
			if (result.row() != null) {
				current.put(result.number(), result.row());
			}
		});
		return current;
	}

}
