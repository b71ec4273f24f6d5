package dev.oriel.admin.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.StringUtils;

/**
 * New connections to where the host's pool connects, prepared as the host prepares its
 * own. The credentials are asked for each time, because passwords are replaced and tokens
 * expire while an application runs.
 */
class HostConnections extends DriverManagerDataSource {

	private final HikariDataSource host;

	HostConnections(HikariDataSource host, Properties properties) {
		super(String.valueOf(host.getJdbcUrl()), properties);
		this.host = host;
	}

	@Override
	public @Nullable String getUsername() {
		return credentials().getUsername();
	}

	@Override
	public @Nullable String getPassword() {
		return credentials().getPassword();
	}

	private Credentials credentials() {
		return (this.host.getCredentialsProvider() != null) ? this.host.getCredentialsProvider().getCredentials()
				: this.host.getCredentials();
	}

	@Override
	protected Connection getConnectionFromDriver(Properties properties) throws SQLException {
		Connection connection = super.getConnectionFromDriver(properties);
		try {
			prepare(connection);
			return connection;
		}
		catch (SQLException ex) {
			connection.close();
			throw ex;
		}
	}

	/**
	 * Do what the host does to a new connection, which may take rights away from it.
	 */
	void prepare(Connection connection) throws SQLException {
		String schema = this.host.getSchema();
		if (schema != null) {
			connection.setSchema(schema);
		}
		String initialization = this.host.getConnectionInitSql();
		if (StringUtils.hasText(initialization)) {
			try (Statement statement = connection.createStatement()) {
				statement.execute(initialization);
			}
		}
	}

	@Override
	public void setLoginTimeout(int seconds) {
		// A pool sets this by itself. The driver manager would take it for every other
		// connection of the application too, so the limit is among the properties.
	}

	/**
	 * Return how long a pool that is closed waits for a connection that is being made.
	 */
	@Override
	public int getLoginTimeout() {
		return 1;
	}

}
