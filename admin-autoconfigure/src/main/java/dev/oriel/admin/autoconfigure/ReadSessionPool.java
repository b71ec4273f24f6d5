package dev.oriel.admin.autoconfigure;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.oriel.admin.data.DataSettings;
import dev.oriel.admin.data.ReadSessions;
import dev.oriel.admin.data.SessionSettings;
import dev.oriel.admin.sql.Planning;
import org.postgresql.PGConnection;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A pool of sessions for reading. Whether there can be any is found out with the first
 * connection: the settings are sent with its start-up message, which poolers that share
 * sessions between clients do not pass on, and then looked for in the session. Where
 * there are none, it is tried again after a while: a pooler says the same when it merely
 * has lost its server.
 */
final class ReadSessionPool implements ReadSessions, AutoCloseable {

	private static final Log logger = LogFactory.getLog(ReadSessionPool.class);

	private final ReadSessionConnections connections;

	private final Function<DataSource, OrielPool> pools;

	/** How sessions plan that were told to do otherwise than they began with. */
	private final Map<PGConnection, Planning> plannings = Collections.synchronizedMap(new WeakHashMap<>());

	private volatile @Nullable OrielPool pool;

	private final Duration pause;

	private final ReentrantLock beginning = new ReentrantLock();

	/** When there were found to be none, or {@code null} if there may be some. */
	private volatile @Nullable Long refusedAt;

	private volatile boolean told;

	private boolean closed;

	/**
	 * @param host whose database is connected to
	 * @param properties the properties of each connection
	 * @param settings the limits to keep
	 * @param pools makes a pool of connections
	 * @param pause how long after sessions were refused it is tried again
	 */
	ReadSessionPool(HikariDataSource host, Properties properties, DataSettings settings,
			Function<DataSource, OrielPool> pools, Duration pause) {
		this.pause = pause;
		this.connections = new ReadSessionConnections(host, properties, settings);
		this.pools = pools;
	}

	@Override
	public @Nullable Connection open(Planning planning) throws SQLException {
		if (isRefused()) {
			return null;
		}
		OrielPool pool = this.pool;
		if (pool == null) {
			pool = begin();
		}
		return (pool != null) ? open(pool, planning) : null;
	}

	private @Nullable Connection open(OrielPool pool, Planning planning) throws SQLException {
		try {
			Connection connection = pool.getConnection();
			PGConnection session = connection.unwrap(PGConnection.class);
			if (isUntouched(session)) {
				plan(connection, session, planning);
				return connection;
			}
			// Something that was read, such as a function in a view, changed the session.
			pool.evictConnection(connection);
			connection.close();
			return null;
		}
		catch (SQLTransientConnectionException ex) {
			if (!pool.isBusy() && this.connections.isRefusal(ex)) {
				giveUp(ex);
				return null;
			}
			throw ex;
		}
	}

	private boolean isRefused() {
		Long at = this.refusedAt;
		return at != null && System.nanoTime() - at < this.pause.toNanos();
	}

	/**
	 * Whether the session still is as it was begun, as far as the server tells without
	 * being asked.
	 */
	private static boolean isUntouched(PGConnection session) {
		return "on".equals(session.getParameterStatus("default_transaction_read_only"))
				&& "UTC".equals(session.getParameterStatus("TimeZone"))
				&& "ISO, YMD".equals(session.getParameterStatus("DateStyle"));
	}

	/**
	 * Tell a session how to plan, unless it does so already: reads of one kind tend to
	 * follow each other.
	 */
	private void plan(Connection connection, PGConnection session, Planning planning) throws SQLException {
		if (this.plannings.getOrDefault(session, Planning.EACH_TIME) == planning) {
			return;
		}
		try (PreparedStatement statement = connection.prepareStatement("SELECT set_config(?, ?, false)")) {
			statement.setString(1, SessionSettings.PLAN_CACHE_MODE);
			statement.setString(2, SessionSettings.planCacheMode(planning));
			statement.execute();
			this.plannings.put(session, planning);
		}
		catch (SQLException ex) {
			connection.close();
			throw ex;
		}
	}

	/**
	 * Make the first connection. Nobody waits for somebody else's attempt.
	 */
	private @Nullable OrielPool begin() throws SQLException {
		if (!this.beginning.tryLock()) {
			return null;
		}
		try {
			if (this.pool == null && !isRefused() && !this.closed) {
				this.pool = tried();
			}
			return this.pool;
		}
		finally {
			this.beginning.unlock();
		}
	}

	private @Nullable OrielPool tried() throws SQLException {
		try (Connection connection = this.connections.getConnection()) {
			if (isUntouched(connection.unwrap(PGConnection.class))) {
				return this.pools.apply(this.connections);
			}
			giveUp(null);
		}
		catch (SQLException ex) {
			if (!this.connections.isRefusal(ex)) {
				throw ex;
			}
			giveUp(ex);
		}
		return null;
	}

	private void giveUp(@Nullable SQLException reason) {
		this.refusedAt = System.nanoTime();
		if (!this.told) {
			this.told = true;
			logger.info("Sessions cannot keep settings here, so each read makes them in a transaction of its own: "
					+ ((reason != null) ? reason.getMessage() : "the server does not tell them"));
		}
	}

	@Override
	public void close() {
		this.beginning.lock();
		try {
			this.closed = true;
			if (this.pool != null) {
				this.pool.close();
			}
		}
		finally {
			this.beginning.unlock();
		}
	}

}
