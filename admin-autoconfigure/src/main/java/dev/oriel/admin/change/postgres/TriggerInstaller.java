package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

import javax.sql.DataSource;

import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.SchemaSource;

import org.springframework.util.Assert;

/**
 * Puts the triggers that capture changes on tables and takes them off. A statement
 * trigger fires only for the table a statement names, so a partitioned table has them on
 * the root and on every partition, and with a parent go the tables that inherit from it.
 *
 * @since 0.1.0
 */
public final class TriggerInstaller {

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
		try (Connection connection = this.dataSource.getConnection()) {
			return InstalledTriggers.read(connection, snapshot);
		}
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
			List<TriggerMember> members = TriggerMember.read(connection, relation.name());
			for (Relation told : told(relation, members)) {
				statements.add(function(connection, told));
			}
			for (TriggerMember member : members) {
				String function = CaptureSql.functionName(told(relation, member));
				for (String trigger : new TreeSet<>(CaptureSql.EVENTS.keySet())) {
					statements.add(CaptureSql.trigger(trigger, member.table(), function));
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
			List<TriggerMember> members = TriggerMember.read(connection, relation.name());
			for (Relation told : told(relation, members)) {
				execute(connection, function(connection, told));
			}
			for (TriggerMember member : members) {
				String function = CaptureSql.functionName(told(relation, member));
				for (String trigger : new TreeSet<>(CaptureSql.EVENTS.keySet())) {
					install(connection, member, trigger, function);
				}
			}
		});
	}

	private static void install(Connection connection, TriggerMember member, String trigger, String function)
			throws SQLException {
		TriggerMember.Found found = member.triggers().get(trigger);
		if (found == null) {
			execute(connection, CaptureSql.trigger(trigger, member.table(), function));
		}
		else if (!found.function().equals(function)) {
			execute(connection, "DROP TRIGGER " + trigger + " ON " + member.table());
			execute(connection, CaptureSql.trigger(trigger, member.table(), function));
		}
		else if (!found.enabled()) {
			execute(connection, "ALTER TABLE " + member.table() + " ENABLE TRIGGER " + trigger);
		}
	}

	/**
	 * Take the triggers off a table.
	 * @param name the table; a partition stands for its root
	 * @throws TriggerException when the table is busy or the role may not
	 */
	public void remove(RelationName name) {
		Relation relation = table(name);
		inTransaction(relation.name(), (connection) -> {
			List<TriggerMember> members = TriggerMember.read(connection, relation.name());
			for (TriggerMember member : members) {
				for (String trigger : member.triggers().keySet()) {
					execute(connection, "DROP TRIGGER " + trigger + " ON " + member.table());
				}
			}
			for (Relation told : told(relation, members)) {
				execute(connection, "DROP FUNCTION IF EXISTS oriel." + CaptureSql.functionName(told) + "()");
			}
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

	/**
	 * Return as what the changes of a member are told. A partition has the key of its
	 * root; a table that inherits may have one of its own.
	 */
	private Relation told(Relation relation, TriggerMember member) {
		Relation told = this.schema.snapshot().relation(member.relation());
		return (told != null) ? told : relation;
	}

	private Set<Relation> told(Relation relation, List<TriggerMember> members) {
		Set<Relation> told = new LinkedHashSet<>();
		members.forEach((member) -> told.add(told(relation, member)));
		return told;
	}

	private static String function(Connection connection, Relation relation) throws SQLException {
		Map<String, String> quoted = InstalledTriggers.quote(connection, new TreeSet<>(relation.key()));
		return CaptureSql.function(relation, relation.key().stream().map(quoted::get).toList()).strip();
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
