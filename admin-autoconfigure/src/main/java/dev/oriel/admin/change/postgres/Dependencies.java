package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.oriel.admin.schema.RelationName;

/**
 * Which stored relations each relation gets its rows from.
 *
 * @param sources the stored relations by the relation that reads them
 */
record Dependencies(Map<RelationName, Set<RelationName>> sources) {

	private static final String SQL = SqlFile.read("dependencies.sql");

	static Dependencies read(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(SQL)) {
			Map<RelationName, Set<RelationName>> sources = new HashMap<>();
			while (rows.next()) {
				sources
					.computeIfAbsent(new RelationName(rows.getString(1), rows.getString(2)), (name) -> new HashSet<>())
					.add(new RelationName(rows.getString(3), rows.getString(4)));
			}
			return new Dependencies(sources);
		}
	}

	/**
	 * Return the relations whose changes change the given one; itself where nothing else
	 * is known.
	 */
	Set<RelationName> of(RelationName relation) {
		return this.sources.getOrDefault(relation, Set.of(relation));
	}

}
