package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.schema.RelationName;

/**
 * Tells of changes by the counters that PostgreSQL keeps for each table. It leaves no
 * trace in the database, but a counter may follow its transaction by a second, and by up
 * to ten where the writer does nothing else afterwards.
 */
final class StatisticsChangeSource {

	private static final String SQL = SqlFile.read("statistics.sql");

	private final DataSource dataSource;

	private final Map<RelationName, String> seen = new HashMap<>();

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
		List<RelationName> names = List.copyOf(relations);
		try (Connection connection = this.dataSource.getConnection();
				PreparedStatement statement = connection.prepareStatement(SQL)) {
			statement.setArray(1, connection.createArrayOf("text", names.stream().map(RelationName::schema).toArray()));
			statement.setArray(2, connection.createArrayOf("text", names.stream().map(RelationName::name).toArray()));
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					RelationName name = names.get(rows.getInt(1) - 1);
					String counters = rows.getString(2);
					if (!counters.equals(this.seen.put(name, counters))) {
						listener.changed(ChangeEvent.anything(name));
					}
				}
			}
		}
	}

}
