package dev.oriel.admin.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;

/**
 * A pool that tells whether it has no connection to give because all are in use, or
 * because none can be made.
 */
final class OrielPool extends HikariDataSource {

	/** What PostgreSQL calls having too many connections. */
	static final String BUSY = "53300";

	@Override
	public Connection getConnection() throws SQLException {
		try {
			return super.getConnection();
		}
		catch (SQLTransientConnectionException ex) {
			if (isBusy()) {
				throw new SQLTransientConnectionException("All connections of Oriel are in use", BUSY, ex);
			}
			throw ex;
		}
	}

	/**
	 * Whether all connections that there may be are in use.
	 */
	boolean isBusy() {
		HikariPoolMXBean pool = getHikariPoolMXBean();
		return pool != null && pool.getActiveConnections() >= getMaximumPoolSize();
	}

}
