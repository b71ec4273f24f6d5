package dev.oriel.admin.change.wal;

import java.util.Map;
import java.util.Set;

import dev.oriel.admin.schema.RelationName;

/**
 * What a transaction did that was committed.
 *
 * @param number the lower 32 bits of its number
 * @param changes what it did to each table
 * @param unknown the OIDs of tables that were not known when it was read
 * @param urgent whether somebody looks at one of the tables
 * @param committed when it was committed, on the scale of {@link System#nanoTime()}
 */
record CommittedTransaction(int number, Map<RelationName, TableChanges> changes, Set<Integer> unknown, boolean urgent,
		long committed) {

	/**
	 * Return about how much memory it takes, in keys.
	 */
	int weight() {
		int weight = 1 + this.unknown.size();
		for (TableChanges table : this.changes.values()) {
			weight += 1 + table.count();
		}
		return weight;
	}

}
