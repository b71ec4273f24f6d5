package dev.oriel.admin.autoconfigure;

import java.sql.Connection;
import java.util.Properties;

import com.zaxxer.hikari.HikariDataSource;

/**
 * New connections that read the write-ahead log of the database that the host's pool
 * connects to.
 */
final class ReplicationConnections extends HostConnections {

	/**
	 * @param properties the properties of each connection; added to
	 */
	ReplicationConnections(HikariDataSource host, Properties properties) {
		super(host, replication(properties));
	}

	private static Properties replication(Properties properties) {
		properties.put("ApplicationName", "oriel-wal");
		properties.put("replication", "database");
		// Such a connection knows no other way to ask, and no way to find out the
		// version.
		properties.put("preferQueryMode", "simple");
		properties.put("assumeMinServerVersion", "10");
		properties.put("cancelSignalTimeout", "1");
		return properties;
	}

	/**
	 * Do nothing: it reads no tables, so it needs neither the host's schema nor its role.
	 */
	@Override
	void prepare(Connection connection) {
	}

}
