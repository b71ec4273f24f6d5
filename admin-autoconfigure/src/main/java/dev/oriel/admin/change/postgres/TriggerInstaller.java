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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

import javax.sql.DataSource;

import dev.oriel.admin.change.postgres.TriggerStatus.State;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.SchemaSource;

import org.springframework.util.Assert;

/**
 * Puts the triggers that capture changes on tables and takes them off. A statement
 * trigger fires only for the table a statement names, so a partitioned table has them on
 * the root and on every partition.
 *
 * @since 0.1.0
 */
public final class TriggerInstaller {

	private static final String STATUS = SqlFile.read("triggers.sql");

	private static final String MEMBERS = SqlFile.read("members.sql");

	private static final String QUOTE = "SELECT quote_ident(name) FROM unnest(?::text[]) WITH ORDINALITY AS n (name, i) "
			+ "ORDER BY i";

	private static final int ATTEMPTS = 5;

	private static final String LOCK_NOT_AVAILABLE = "55P03";

	private static final String DEADLOCK = "40P01";

	private final DataSource dataSource;

	private final SchemaSource schema;

	/**
	 * Create an installer.
	 * @param dataSource where to get connections whose role may create triggers
	 * @param schema knows the keys of tables
	 */
	public TriggerInstaller(DataSource dataSource, SchemaSource schema) {
		this.dataSource = dataSource;
		this.schema = schema;
	}

	/**
	 * Return which tables have triggers, read in one statement; views are left out.
	 * @throws SQLException when the database does not answer
	 */
	public Map<RelationName, TriggerStatus> status() throws SQLException {
		SchemaSnapshot snapshot = this.schema.snapshot();
		try (Connection connection = this.dataSource.getConnection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(STATUS)) {
			Map<RelationName, TriggerStatus> statuses = new LinkedHashMap<>();
			Map<RelationName, String> sources = new LinkedHashMap<>();
			while (rows.next()) {
				RelationName name = new RelationName(rows.getString(1), rows.getString(2));
				long expected = rows.getLong("members") * CaptureSql.EVENTS.size();
				State state = (rows.getLong("present") == 0) ? State.ABSENT
						: (rows.getLong("enabled") == expected) ? State.INSTALLED : State.INCOMPLETE;
				statuses.put(name, new TriggerStatus(state, rows.getBoolean("installable")));
				if (state == State.INSTALLED) {
					sources.put(name, rows.getString("source"));
				}
			}
			markOutdated(connection, snapshot, statuses, sources);
			return statuses;
		}
	}

	private void markOutdated(Connection connection, SchemaSnapshot snapshot, Map<RelationName, TriggerStatus> statuses,
			Map<RelationName, String> sources) throws SQLException {
		Map<String, String> quoted = quote(connection, snapshot, sources.keySet());
		for (Map.Entry<RelationName, String> source : sources.entrySet()) {
			Relation relation = snapshot.relation(source.getKey());
			if (relation != null) {
				List<String> key = relation.key().stream().map(quoted::get).toList();
				if (!CaptureSql.fingerprint(key).equals(source.getValue())) {
					statuses.computeIfPresent(source.getKey(),
							(name, status) -> new TriggerStatus(State.OUTDATED, status.installable()));
				}
			}
		}
	}

	private static Map<String, String> quote(Connection connection, SchemaSnapshot snapshot, Set<RelationName> names)
			throws SQLException {
		Set<String> columns = new TreeSet<>();
		for (RelationName name : names) {
			Relation relation = snapshot.relation(name);
			if (relation != null) {
				columns.addAll(relation.key());
			}
		}
		return quote(connection, columns);
	}

	private static Map<String, String> quote(Connection connection, Set<String> names) throws SQLException {
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

	/**
	 * Return the statements that {@link #install} runs on a table without triggers.
	 * @param name the table; a partition stands for its root
	 * @throws SQLException when the database does not answer
	 */
	public String sql(RelationName name) throws SQLException {
		Relation relation = table(name);
		try (Connection connection = this.dataSource.getConnection()) {
			List<String> statements = new ArrayList<>();
			statements.add(function(connection, relation));
			for (String member : members(connection, relation.name()).keySet()) {
				for (String trigger : new TreeSet<>(CaptureSql.EVENTS.keySet())) {
					statements.add(CaptureSql.trigger(trigger, member, CaptureSql.functionName(relation)));
				}
			}
			return String.join(";\n", statements) + ";\n";
		}
	}

	/**
	 * Put on a table what is missing, and bring the rest up to date.
	 * @param name the table; a partition stands for its root
	 * @throws TriggerException when the table is busy or the role may not
	 */
	public void install(RelationName name) {
		Relation relation = table(name);
		inTransaction(relation.name(), (connection) -> {
			String function = CaptureSql.functionName(relation);
			execute(connection, function(connection, relation));
			for (Map.Entry<String, Map<String, Boolean>> member : members(connection, relation.name()).entrySet()) {
				for (String trigger : new TreeSet<>(CaptureSql.EVENTS.keySet())) {
					Boolean enabled = member.getValue().get(trigger);
					if (enabled == null) {
						execute(connection, CaptureSql.trigger(trigger, member.getKey(), function));
					}
					else if (!enabled) {
						execute(connection, "ALTER TABLE " + member.getKey() + " ENABLE TRIGGER " + trigger);
					}
				}
			}
		});
	}

	/**
	 * Take the triggers off a table.
	 * @param name the table; a partition stands for its root
	 * @throws TriggerException when the table is busy or the role may not
	 */
	public void remove(RelationName name) {
		Relation relation = table(name);
		inTransaction(relation.name(), (connection) -> {
			for (Map.Entry<String, Map<String, Boolean>> member : members(connection, relation.name()).entrySet()) {
				for (String trigger : member.getValue().keySet()) {
					execute(connection, "DROP TRIGGER " + trigger + " ON " + member.getKey());
				}
			}
			execute(connection, "DROP FUNCTION IF EXISTS oriel." + CaptureSql.functionName(relation) + "()");
		});
	}

	private Relation table(RelationName name) {
		SchemaSnapshot snapshot = this.schema.snapshot();
		Relation relation = snapshot.relation(name);
		while (relation != null && relation.partitionOf() != null
				&& snapshot.relation(relation.partitionOf()) != null) {
			relation = snapshot.relation(relation.partitionOf());
		}
		Assert.isTrue(relation != null && relation.kind().isTable(), () -> "'" + name + "' is not a table");
		return relation;
	}

	private static String function(Connection connection, Relation relation) throws SQLException {
		Map<String, String> quoted = quote(connection, new TreeSet<>(relation.key()));
		return CaptureSql.function(relation, relation.key().stream().map(quoted::get).toList()).strip();
	}

	private static Map<String, Map<String, Boolean>> members(Connection connection, RelationName name)
			throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(MEMBERS)) {
			statement.setString(1, name.schema());
			statement.setString(2, name.name());
			try (ResultSet rows = statement.executeQuery()) {
				Map<String, Map<String, Boolean>> members = new LinkedHashMap<>();
				while (rows.next()) {
					Map<String, Boolean> triggers = members.computeIfAbsent(rows.getString(1),
							(table) -> new TreeMap<>());
					if (rows.getString(2) != null) {
						triggers.put(rows.getString(2), rows.getBoolean(3));
					}
				}
				return members;
			}
		}
	}

	private void inTransaction(RelationName name, Work work) {
		for (int attempt = 1;; attempt++) {
			try (Connection connection = this.dataSource.getConnection()) {
				runOnce(connection, work);
				return;
			}
			catch (SQLException ex) {
				boolean busy = LOCK_NOT_AVAILABLE.equals(ex.getSQLState()) || DEADLOCK.equals(ex.getSQLState());
				if (!busy || attempt == ATTEMPTS) {
					throw new TriggerException(busy ? "Table " + name + " is in use; try again later"
							: "The triggers of table " + name + " cannot be changed", busy, ex);
				}
				// Who waited behind this attempt to lock the table goes on first.
				pause(name, ex);
			}
		}
	}

	/**
	 * A statement that waits for a table's lock makes everybody wait who comes after it,
	 * so it waits for a moment only.
	 */
	private static void pause(RelationName name, SQLException cause) {
		try {
			Thread.sleep(ThreadLocalRandom.current().nextLong(100, 300));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TriggerException("Table " + name + " is in use; try again later", true, cause);
		}
	}

	private static void runOnce(Connection connection, Work work) throws SQLException {
		connection.setAutoCommit(false);
		try {
			execute(connection, "SET LOCAL lock_timeout = '300ms'");
			execute(connection, OutboxSchema.ONE_AT_A_TIME);
			work.run(connection);
			connection.commit();
		}
		catch (SQLException ex) {
			connection.rollback();
			throw ex;
		}
		finally {
			connection.setAutoCommit(true);
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute(sql);
		}
	}

	/**
	 * What is done in a transaction.
	 */
	@FunctionalInterface
	private interface Work {

		void run(Connection connection) throws SQLException;

	}

}
