package dev.oriel.admin.change.postgres;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeEvent.Operation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.postgres.PostgresSchemaSource;
import dev.oriel.admin.schema.postgres.ReflectionSettings;
import dev.oriel.admin.testing.PostgresDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that {@link OutboxSchema} brings tables of the first version up to date, and that
 * triggers of it are listened to until they are replaced.
 */
class OutboxUpgradeIntegrationTests {

	@RegisterExtension
	static final PostgresDatabase database = PostgresDatabase.create();

	private static final RelationName ITEM = new RelationName("public", "item");

	private final Recorder recorder = new Recorder();

	@Test
	void tablesOfTheFirstVersionAreBroughtUpToDate() throws SQLException {
		database.execute("""
				CREATE TABLE item (id int PRIMARY KEY);
				CREATE SCHEMA oriel;
				CREATE UNLOGGED TABLE oriel.outbox (xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
					relation oid NOT NULL, operation "char" NOT NULL, keys jsonb, bulk boolean NOT NULL);
				CREATE INDEX outbox_xid ON oriel.outbox (xid);
				CREATE UNLOGGED TABLE oriel.outbox_state (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
					epoch uuid NOT NULL DEFAULT gen_random_uuid(), seen timestamptz NOT NULL);
				""");
		PostgresSchemaSource schema = new PostgresSchemaSource(database.dataSource(), ReflectionSettings.ALL);
		OutboxChangeSource source = new OutboxChangeSource(
				() -> DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password()), true,
				schema);
		source.watch(Set.of(ITEM));
		source.start(this.recorder);
		try {
			await().until(source::isAvailable);
			entryOfTheFirstVersion("'U', '[[\"7\"]]', false");
			await().until(() -> this.recorder.events.size() == 1);
			entryOfTheFirstVersion("'A', NULL, true");
			await().until(() -> this.recorder.events.size() == 2);
			// Nobody can tell which columns those keys were of.
			assertThat(this.recorder.events).allMatch(ChangeEvent::bulk);
			OutboxSchema.create(database.dataSource());
			this.recorder.events.clear();
			new TriggerInstaller(database.dataSource(), schema).install(ITEM);
			database.execute("INSERT INTO item VALUES (1)");
			await().until(() -> this.recorder.events.size() == 1);
			assertThat(this.recorder.events.get(0)).extracting(ChangeEvent::operation, ChangeEvent::keys)
				.containsExactly(Operation.INSERT, List.of(List.of("1")));
		}
		finally {
			source.stop();
		}
	}

	private static void entryOfTheFirstVersion(String values) {
		database.execute("INSERT INTO oriel.outbox (relation, operation, keys, bulk) " + "SELECT 'item'::regclass, "
				+ values.replaceFirst("'(\\[.*])'", "'$1'::jsonb"));
	}

}
