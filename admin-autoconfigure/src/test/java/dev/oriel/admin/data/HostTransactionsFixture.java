package dev.oriel.admin.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the tests of our transactions beside those of the host share.
 */
abstract class HostTransactionsFixture {

	static final String SETTINGS = """
			SELECT concat_ws('|', current_setting('statement_timeout'), current_setting('lock_timeout'),
				current_setting('idle_in_transaction_session_timeout'), current_setting('TimeZone'),
				current_setting('DateStyle'), current_setting('plan_cache_mode'),
				current_setting('transaction_read_only'), current_setting('transaction_isolation'))""";

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/shop.sql");

	final DataSource host = database.dataSource();

	final DataSource pool = database.dataSource(database.username(), database.password());

	final TransactionTemplate template = new TransactionTemplate(new JdbcTransactionManager(this.host));

	final JdbcClient jdbc = JdbcClient.create(this.host);

	final Transactions own = Transactions.of(this.pool, ReadSessions.NONE, this.host);

	final PostgresSchemaSource source = new PostgresSchemaSource(this.pool, ReflectionSettings.ALL);

	final Rig rig = rig(this.own.joining());

	@BeforeEach
	void clear() {
		database.execute("CREATE TABLE IF NOT EXISTS note (id int PRIMARY KEY, text text, at timestamptz,"
				+ " CONSTRAINT short CHECK (length(text) < 10)); TRUNCATE note");
		this.source.refresh();
	}

	@AfterEach
	void nothingIsLeftOnTheThread() {
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
		assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isFalse();
		this.source.close();
	}

	Rig rig(Transactions transactions) {
		PrivilegeAccessPolicy policy = new PrivilegeAccessPolicy(false);
		return new Rig(this.source, new RelationReader(transactions, this.source, policy, Rig.SETTINGS),
				new RelationWriter(transactions, this.source, policy, Rig.SETTINGS));
	}

	void inTransaction(Runnable work) {
		this.template.executeWithoutResult((status) -> work.run());
	}

	void write(int id) {
		this.jdbc.sql("INSERT INTO note (id) VALUES (?)").param(id).update();
	}

	void insert(int id) {
		this.rig.insert("note", "{\"id\":" + id + "}");
	}

	List<Integer> ids() {
		return this.jdbc.sql("SELECT id FROM note ORDER BY id").query(Integer.class).list();
	}

	int committed() {
		try (Connection connection = this.pool.getConnection();
				var rows = connection.createStatement().executeQuery("SELECT count(*) FROM note")) {
			rows.next();
			return rows.getInt(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	String settings() {
		return this.jdbc.sql(SETTINGS).query(String.class).single();
	}

	static void transact(Database database, boolean rollback, Step step) {
		try {
			database.transact(rollback, null, (transaction) -> {
				step.run(transaction);
				return Query.ALL;
			});
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	interface Step {

		void run(Transaction transaction) throws SQLException;

	}

}
