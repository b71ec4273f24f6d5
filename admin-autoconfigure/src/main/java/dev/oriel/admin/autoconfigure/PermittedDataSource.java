package dev.oriel.admin.autoconfigure;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Borrows from another pool, but never more than a few connections at a time.
 */
final class PermittedDataSource extends DelegatingDataSource {

	private static final long TIMEOUT_MILLIS = 2_000;

	private final Semaphore permits;

	PermittedDataSource(DataSource target, int permits) {
		super(target);
		this.permits = new Semaphore(permits, true);
	}

	@Override
	public Connection getConnection() throws SQLException {
		acquire();
		try {
			return releasing(super.getConnection());
		}
		catch (SQLException | RuntimeException ex) {
			this.permits.release();
			throw ex;
		}
	}

	private void acquire() throws SQLException {
		try {
			if (!this.permits.tryAcquire(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
				throw new SQLTransientConnectionException("All connections that Oriel may borrow are in use",
						OrielPool.BUSY);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SQLTransientConnectionException("Interrupted while waiting for a connection", ex);
		}
	}

	private Connection releasing(Connection connection) {
		AtomicBoolean released = new AtomicBoolean();
		return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, args) -> {
					try {
						return method.invoke(connection, args);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
					finally {
						if (method.getName().equals("close") && released.compareAndSet(false, true)) {
							this.permits.release();
						}
					}
				});
	}

}
