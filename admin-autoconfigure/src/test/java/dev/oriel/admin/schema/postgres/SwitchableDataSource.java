package dev.oriel.admin.schema.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections that can be refused, and whose statements are counted.
 */
class SwitchableDataSource extends DelegatingDataSource {

	final AtomicInteger connections = new AtomicInteger();

	final AtomicInteger statements = new AtomicInteger();

	volatile boolean away;

	SwitchableDataSource(DataSource target) {
		super(target);
	}

	@Override
	public Connection getConnection() throws SQLException {
		this.connections.incrementAndGet();
		if (this.away) {
			throw new SQLException("The connection attempt failed.", "08001");
		}
		Connection connection = super.getConnection();
		return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
					if (Statement.class.isAssignableFrom(method.getReturnType())) {
						this.statements.incrementAndGet();
					}
					try {
						return method.invoke(connection, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

}
