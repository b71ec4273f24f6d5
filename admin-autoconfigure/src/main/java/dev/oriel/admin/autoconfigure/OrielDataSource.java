package dev.oriel.admin.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

import javax.sql.DataSource;

import dev.oriel.admin.data.DataSettings;
import dev.oriel.admin.data.ReadSessions;
import dev.oriel.admin.data.Transactions;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.jspecify.annotations.Nullable;

/**
 * The connections that Oriel uses: a small pool of its own, made from the host's
 * connection details, so that neither can use up the other's. Where those details cannot
 * be known, the host's pool is borrowed from, a few connections at a time.
 */
final class OrielDataSource implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(OrielDataSource.class);

	private static final long CONNECTION_TIMEOUT = 2_000;

	private static final long MAX_LIFETIME = 600_000;

	private static final Duration REFUSED_PAUSE = Duration.ofMinutes(5);

	private static final String LOGIN_SECONDS = "10";

	/** How long reading the catalogue may take. */
	private static final long CATALOG_SECONDS = 30;

	private static final long GRACE_SECONDS = 10;

	private static final String MAX_RESULT = "64M";

	private final DataSource host;

	private final DataSource pooled;

	private final @Nullable DataSource unpooled;

	private final @Nullable DataSource replication;

	private final @Nullable ReadSessionPool sessions;

	private OrielDataSource(DataSource host, DataSource pooled, @Nullable DataSource unpooled,
			@Nullable DataSource replication, @Nullable ReadSessionPool sessions) {
		this.host = host;
		this.pooled = pooled;
		this.unpooled = unpooled;
		this.replication = replication;
		this.sessions = sessions;
	}

	static OrielDataSource of(DataSource host, int size, DataSettings settings) {
		return of(host, size, settings, REFUSED_PAUSE);
	}

	/**
	 * @param pause how long after sessions for reading were refused it is tried again
	 */
	static OrielDataSource of(DataSource host, int size, DataSettings settings, Duration pause) {
		HikariDataSource hikari = unwrap(host, HikariDataSource.class);
		if (hikari == null || hikari.getJdbcUrl() == null) {
			logger.info("Oriel borrows connections from the application's pool, "
					+ "because the details to make its own cannot be read from it");
			// Connections that belong to a transaction of the host are not borrowed.
			return new OrielDataSource(host, new PermittedDataSource(Transactions.target(host), size), null, null,
					null);
		}
		Properties limited = limited(properties(hikari), settings.statementTimeout());
		ReadSessionPool sessions = new ReadSessionPool(hikari, limited, settings,
				(connections) -> pool("oriel-read", connections, size), pause);
		return new OrielDataSource(host, pool("oriel", new HostConnections(hikari, limited), size),
				new HostConnections(hikari, properties(hikari)), new ReplicationConnections(hikari, properties(hikari)),
				sessions);
	}

	private static OrielPool pool(String name, DataSource connections, int size) {
		OrielPool pool = new OrielPool();
		pool.setPoolName(name);
		pool.setDataSource(connections);
		pool.setMaximumPoolSize(size);
		pool.setMinimumIdle(0);
		pool.setConnectionTimeout(CONNECTION_TIMEOUT);
		pool.setMaxLifetime(MAX_LIFETIME);
		pool.setIdleTimeout(MAX_LIFETIME / 2);
		pool.setInitializationFailTimeout(-1);
		return pool;
	}

	/**
	 * Return the host's DataSource, which its transactions are bound to the thread with.
	 */
	DataSource host() {
		return this.host;
	}

	/**
	 * Return where connections for requests come from.
	 */
	DataSource pooled() {
		return this.pooled;
	}

	/**
	 * Return where connections for requests that read with one statement come from.
	 */
	ReadSessions readSessions() {
		return (this.sessions != null) ? this.sessions : ReadSessions.NONE;
	}

	/**
	 * Whether connections can be had outside of every pool.
	 */
	boolean hasUnpooled() {
		return this.unpooled != null;
	}

	/**
	 * Open a connection outside of every pool, to keep for long.
	 */
	Connection openUnpooled() throws SQLException {
		if (this.unpooled == null) {
			throw new SQLException("A connection outside of the application's pool cannot be opened");
		}
		return this.unpooled.getConnection();
	}

	/**
	 * Open a connection to hold for a while: outside of every pool where that can be, so
	 * that nobody waits for it.
	 */
	Connection openForLong() throws SQLException {
		return (this.unpooled != null) ? this.unpooled.getConnection() : this.pooled.getConnection();
	}

	/**
	 * Open a connection that reads the write-ahead log.
	 */
	Connection openReplication() throws SQLException {
		if (this.replication == null) {
			throw new SQLException("A connection outside of the application's pool cannot be opened");
		}
		return this.replication.getConnection();
	}

	@Override
	public void close() {
		if (this.sessions != null) {
			this.sessions.close();
		}
		if (this.pooled instanceof OrielPool own) {
			own.close();
		}
	}

	private static Properties properties(HikariDataSource host) {
		Properties properties = new Properties();
		properties.putAll(host.getDataSourceProperties());
		properties.put("ApplicationName", "oriel");
		properties.put("tcpKeepAlive", "true");
		properties.putIfAbsent("loginTimeout", LOGIN_SECONDS);
		return properties;
	}

	/**
	 * Limit what one statement can cost this application, besides what the server limits:
	 * the wait for a server that says nothing any more, and the memory for its answer.
	 */
	private static Properties limited(Properties properties, Duration statementTimeout) {
		long silence = Math.max(statementTimeout.toSeconds(), CATALOG_SECONDS) + GRACE_SECONDS;
		properties.putIfAbsent("socketTimeout", Long.toString(silence));
		properties.putIfAbsent("maxResultBuffer", MAX_RESULT);
		return properties;
	}

	private static <T> @Nullable T unwrap(DataSource dataSource, Class<T> type) {
		try {
			return dataSource.isWrapperFor(type) ? dataSource.unwrap(type)
					: (type.isInstance(dataSource) ? type.cast(dataSource) : null);
		}
		catch (SQLException ex) {
			return null;
		}
	}

}
