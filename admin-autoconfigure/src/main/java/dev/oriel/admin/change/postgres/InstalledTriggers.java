package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.oriel.admin.change.postgres.TriggerStatus.State;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The triggers of a table as the catalogue has them.
 *
 * @param table the table; nobody's partition
 * @param expected how many triggers there should be
 * @param present how many there are
 * @param enabled how many of those fire
 * @param source the fingerprint of what they call, or {@code null} if they differ
 * @param keyHash of which key that tells, or {@code null} if it does not say or they
 * differ
 * @param installable whether the role may put triggers on it
 */
record InstalledTriggers(RelationName table, long expected, long present, long enabled, @Nullable String source,
		@Nullable Integer keyHash, boolean installable) {

	private static final String SQL = SqlFile.read("triggers.sql");

	private static final String QUOTE = "SELECT quote_ident(name) FROM unnest(?::text[]) WITH ORDINALITY AS n (name, i) "
			+ "ORDER BY i";

	/**
	 * Return which tables have triggers, and whether they are the right ones.
	 */
	static Map<RelationName, TriggerStatus> read(Connection connection, SchemaSnapshot snapshot) throws SQLException {
		List<InstalledTriggers> found = read(connection);
		Set<String> columns = new TreeSet<>();
		for (InstalledTriggers triggers : found) {
			Relation relation = snapshot.relation(triggers.table);
			if (relation != null && triggers.present > 0) {
				columns.addAll(relation.key());
			}
		}
		Map<String, String> quoted = quote(connection, columns);
		Map<RelationName, TriggerStatus> statuses = new LinkedHashMap<>();
		for (InstalledTriggers triggers : found) {
			State state = triggers.state(snapshot.relation(triggers.table), quoted);
			statuses.put(triggers.table, new TriggerStatus(state, triggers.installable));
		}
		return statuses;
	}

	private static List<InstalledTriggers> read(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(SQL)) {
			List<InstalledTriggers> found = new ArrayList<>();
			while (rows.next()) {
				found.add(new InstalledTriggers(new RelationName(rows.getString(1), rows.getString(2)),
						rows.getLong("members") * CaptureSql.EVENTS.size(), rows.getLong("present"),
						rows.getLong("enabled"), rows.getString("source"), rows.getObject("key_hash", Integer.class),
						rows.getBoolean("installable")));
			}
			return found;
		}
	}

	private State state(@Nullable Relation relation, Map<String, String> quoted) {
		if (this.present == 0) {
			return State.ABSENT;
		}
		if (this.enabled != this.expected) {
			return State.INCOMPLETE;
		}
		if (relation == null) {
			return State.INSTALLED;
		}
		if (this.keyHash == null || this.keyHash != CaptureSql.keyHash(relation)) {
			return State.OTHER_KEY;
		}
		List<String> key = relation.key().stream().map(quoted::get).toList();
		return CaptureSql.fingerprint(relation, key).equals(this.source) ? State.INSTALLED : State.OUTDATED;
	}

	/**
	 * Return names as they are written in SQL.
	 */
	static Map<String, String> quote(Connection connection, Set<String> names) throws SQLException {
		Map<String, String> quoted = new LinkedHashMap<>();
		try (PreparedStatement statement = connection.prepareStatement(QUOTE)) {
			statement.setArray(1, connection.createArrayOf("text", names.toArray()));
			try (ResultSet rows = statement.executeQuery()) {
				for (String name : names) {
					rows.next();
					quoted.put(name, rows.getString(1));
				}
			}
		}
		return quoted;
	}

}
