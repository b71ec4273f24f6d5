package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.oriel.admin.schema.RelationName;

/**
 * One of the tables that hold the rows of a table, with its triggers.
 *
 * @param table its name as it is written in SQL
 * @param relation what it is a partition of, or itself
 * @param triggers what it has of our triggers, by their names
 */
record TriggerMember(String table, RelationName relation, Map<String, Found> triggers) {

	private static final String SQL = SqlFile.read("members.sql");

	/**
	 * Return a table, its partitions and all that inherit from it, and their partitions.
	 */
	static List<TriggerMember> read(Connection connection, RelationName name) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(SQL)) {
			statement.setString(1, name.schema());
			statement.setString(2, name.name());
			try (ResultSet rows = statement.executeQuery()) {
				Map<String, TriggerMember> members = new LinkedHashMap<>();
				while (rows.next()) {
					RelationName relation = new RelationName(rows.getString(2), rows.getString(3));
					TriggerMember member = members.computeIfAbsent(rows.getString(1),
							(table) -> new TriggerMember(table, relation, new TreeMap<>()));
					if (rows.getString(4) != null) {
						member.triggers.put(rows.getString(4), new Found(rows.getBoolean(5), rows.getString(6)));
					}
				}
				return new ArrayList<>(members.values());
			}
		}
	}

	/**
	 * A trigger that is there.
	 *
	 * @param enabled whether it fires
	 * @param function what it calls
	 */
	record Found(boolean enabled, String function) {
	}

}
