package dev.oriel.admin.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

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

	private final DataSource pooled;

	private final @Nullable DataSource unpooled;

	private OrielDataSource(DataSource pooled, @Nullable DataSource unpooled) {
		this.pooled = pooled;
		this.unpooled = unpooled;
	}

	static OrielDataSource of(DataSource host, int size) {
		HikariDataSource hikari = unwrap(host, HikariDataSource.class);
		if (hikari == null || hikari.getJdbcUrl() == null) {
			logger.info("Oriel borrows connections from the application's pool, "
					+ "because the details to make its own cannot be read from it");
			return new OrielDataSource(new PermittedDataSource(host, size), null);
		}
		HikariDataSource own = new HikariDataSource();
		own.setPoolName("oriel");
		own.setJdbcUrl(hikari.getJdbcUrl());
		own.setUsername(hikari.getUsername());
		own.setPassword(hikari.getPassword());
		own.setDataSourceProperties(properties(hikari));
		own.setMaximumPoolSize(size);
		own.setMinimumIdle(0);
		own.setConnectionTimeout(CONNECTION_TIMEOUT);
		own.setMaxLifetime(MAX_LIFETIME);
		own.setIdleTimeout(MAX_LIFETIME / 2);
		own.setInitializationFailTimeout(-1);
		DriverManagerDataSource unpooled = new DriverManagerDataSource(hikari.getJdbcUrl(), properties(hikari));
		unpooled.setUsername(hikari.getUsername());
		unpooled.setPassword(hikari.getPassword());
		return new OrielDataSource(own, unpooled);
	}

	/**
	 * Return where connections for requests come from.
	 */
	DataSource pooled() {
		return this.pooled;
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

	@Override
	public void close() {
		if (this.pooled instanceof HikariDataSource own) {
			own.close();
		}
	}

	private static Properties properties(HikariDataSource host) {
		Properties properties = new Properties();
		properties.putAll(host.getDataSourceProperties());
		properties.put("ApplicationName", "oriel");
		properties.put("tcpKeepAlive", "true");
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
