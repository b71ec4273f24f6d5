package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for every connection that is kept for as long as changes are followed.
 *
 * @since 0.1.0
 */
public final class KeptConnection {

	private static final Log logger = LogFactory.getLog(KeptConnection.class);

	private static final Executor DIRECT = Runnable::run;

	private static final Duration NETWORK_TIMEOUT = Duration.ofSeconds(10);

	private KeptConnection() {
	}

	/**
	 * Make a connection fit for short statements now and then: each is a transaction, and
	 * fails when the server has not answered after ten seconds.
	 * @param connection a connection that was just opened
	 */
	public static void prepare(Connection connection) throws SQLException {
		connection.setAutoCommit(true);
		connection.setNetworkTimeout(DIRECT, Math.toIntExact(NETWORK_TIMEOUT.toMillis()));
	}

	/**
	 * Take a connection away from the thread that is reading from it.
	 * @param connection the connection, or {@code null} if there is none
	 */
	public static void abort(@Nullable Connection connection) {
		try {
			if (connection != null) {
				// Unlike close(), this does not wait for the thread that is reading.
				connection.abort(DIRECT);
			}
		}
		catch (SQLException ex) {
			// Then it is gone already, or will be once the network times out.
			logger.debug("A connection could not be aborted", ex);
		}
	}

}
