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

import dev.oriel.admin.schema.RelationName;

/**
 * What PostgreSQL counts of a table, its partitions and heirs. It may follow a
 * transaction by a second, and by up to ten where the writer does nothing else
 * afterwards.
 *
 * @param written how many rows were inserted, updated and deleted so far, also by
 * transactions that were rolled back
 * @param state which files the rows are in, and since when is counted
 */
record Counters(long written, String state) {

	private static final String SQL = SqlFile.read("statistics.sql");

	/**
	 * Read the counters of some relations; those that do not exist are left out.
	 * @param relations the relations, none of them a view
	 */
	static Map<RelationName, Counters> read(DataSource dataSource, Set<RelationName> relations) throws SQLException {
		List<RelationName> names = List.copyOf(relations);
		try (Connection connection = dataSource.getConnection();
				PreparedStatement statement = connection.prepareStatement(SQL)) {
			statement.setArray(1, connection.createArrayOf("text", names.stream().map(RelationName::schema).toArray()));
			statement.setArray(2, connection.createArrayOf("text", names.stream().map(RelationName::name).toArray()));
			try (ResultSet rows = statement.executeQuery()) {
				Map<RelationName, Counters> counters = new HashMap<>();
				while (rows.next()) {
					counters.put(names.get(rows.getInt(1) - 1), new Counters(rows.getLong(2), rows.getString(3)));
				}
				return counters;
			}
		}
	}

}
