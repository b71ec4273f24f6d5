package dev.oriel.admin.data;

import java.util.List;

import javax.sql.DataSource;

import dev.oriel.admin.access.AccessPolicy;
import dev.oriel.admin.access.PrivilegeAccessPolicy;
import dev.oriel.admin.extension.WriteHook;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.testing.PostgresDatabase;
import dev.oriel.admin.testing.RecordingHook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the tests of hooks around writes share: a hook that records its calls.
 */
@ExtendWith(OutputCaptureExtension.class)
abstract class WriteHooksFixture {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create("dev/oriel/admin/data/hooks.sql");

	final DataSource host = database.dataSource();

	final JdbcClient jdbc = JdbcClient.create(this.host);

	final PostgresSchemaSource source = new PostgresSchemaSource(this.host, ReflectionSettings.ALL);

	final RecordingHook hook = new RecordingHook();

	final Rig rig = rig(new PrivilegeAccessPolicy(false), this.hook);

	@BeforeEach
	void fill() {
		database.execute("TRUNCATE customer, log, keyless, \"odd\", measured RESTART IDENTITY;"
				+ "INSERT INTO customer (email, name) VALUES ('a@x', 'a'), ('b@x', 'b'), ('c@x', 'c');"
				+ "INSERT INTO keyless VALUES (1, 'x'), (1, 'x'), (2, 'y');"
				+ "INSERT INTO measured VALUES (1, '2010-01-01', 'old'), (1, '2030-01-01', 'new')");
	}

	@AfterEach
	void close() {
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		this.source.close();
	}

	Rig rig(AccessPolicy policy, WriteHook... hooks) {
		Transactions transactions = Transactions.of(this.host, ReadSessions.NONE, this.host);
		return new Rig(this.source, new RelationReader(transactions, this.source, policy, Rig.SETTINGS),
				new RelationWriter(transactions, this.source, policy, new WriteHooks(() -> List.of(hooks)),
						Rig.SETTINGS));
	}

	RelationWriter joining() {
		return new RelationWriter(Transactions.of(this.host, ReadSessions.NONE, this.host).joining(), this.source,
				new PrivilegeAccessPolicy(false), new WriteHooks(() -> List.of(this.hook)), Rig.SETTINGS);
	}

	String names() {
		return this.jdbc.sql("SELECT string_agg(name || '/' || status, ',' ORDER BY id) FROM customer")
			.query(String.class)
			.single();
	}

}
