package dev.oriel.admin.change.postgres;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.schema.RelationName;

/**
 * Tells of changes by the counters that PostgreSQL keeps for each table, which leaves no
 * trace in the database.
 */
final class StatisticsChangeSource {

	private final DataSource dataSource;

	private final Map<RelationName, Counters> seen = new HashMap<>();

	StatisticsChangeSource(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Look at the counters of some relations. One that was not looked at before counts as
	 * changed, because nobody knows what happened until now.
	 * @param relations the relations, none of them a view
	 * @param listener who is told
	 */
	void poll(Set<RelationName> relations, ChangeListener listener) throws SQLException {
		this.seen.keySet().retainAll(relations);
		if (relations.isEmpty()) {
			return;
		}
		Counters.read(this.dataSource, relations).forEach((relation, counters) -> {
			if (!counters.equals(this.seen.put(relation, counters))) {
				listener.changed(ChangeEvent.anything(relation));
			}
		});
	}

}
