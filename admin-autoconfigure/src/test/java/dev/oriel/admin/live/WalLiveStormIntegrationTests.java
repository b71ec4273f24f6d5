package dev.oriel.admin.live;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.postgres.PostgresChangeSource;
import dev.oriel.admin.change.wal.WalCapture;
import dev.oriel.admin.change.wal.WalSettings;
import dev.oriel.admin.schema.SchemaSource;

/**
 * The same tests, with changes from the write-ahead log.
 */
class WalLiveStormIntegrationTests extends LiveStormIntegrationTests {

	@Override
	LiveMode mode() {
		return LiveMode.WAL;
	}

	@Override
	PostgresChangeSource source(SchemaSource schema) {
		return new PostgresChangeSource(database.dataSource(), schema, Duration.ofMillis(500),
				new WalCapture(database.dataSource(), LiveStormIntegrationTests::open,
						WalLiveStormIntegrationTests::openReplication, schema, new WalSettings(null, true)));
	}

	private static Connection openReplication() throws SQLException {
		Properties properties = new Properties();
		properties.put("user", database.username());
		properties.put("password", database.password());
		properties.put("replication", "database");
		properties.put("preferQueryMode", "simple");
		properties.put("assumeMinServerVersion", "10");
		return DriverManager.getConnection(database.jdbcUrl(), properties);
	}

}
