package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.oriel.admin.sql.ImpactStatements;

/**
 * How many rows a transaction has written so far, by the OIDs of their tables. PostgreSQL
 * may still count what the connection did just before, so only differences mean
 * something.
 *
 * @param counts the numbers
 */
record ImpactCounters(Map<Long, Impact.Counts> counts) {

	static ImpactCounters read(Connection connection) throws SQLException {
		return Database.query(connection, ImpactStatements.counters(), (rows) -> {
			Map<Long, Impact.Counts> counts = new HashMap<>();
			while (rows.next()) {
				counts.put(rows.getLong(1), new Impact.Counts(rows.getLong(2), rows.getLong(3), rows.getLong(4)));
			}
			return new ImpactCounters(counts);
		});
	}

	/**
	 * Return what was written since an earlier look.
	 */
	Map<Long, Impact.Counts> since(ImpactCounters earlier) {
		Map<Long, Impact.Counts> since = new LinkedHashMap<>();
		this.counts.forEach((table, now) -> {
			Impact.Counts then = earlier.counts.getOrDefault(table, new Impact.Counts(0, 0, 0));
			Impact.Counts difference = new Impact.Counts(now.insert() - then.insert(), now.update() - then.update(),
					now.delete() - then.delete());
			if (!difference.isNone()) {
				since.put(table, difference);
			}
		});
		return since;
	}

}
