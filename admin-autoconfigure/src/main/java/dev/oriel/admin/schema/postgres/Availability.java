package dev.oriel.admin.schema.postgres;

import java.sql.SQLException;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

/**
 * Whether the catalogue could be read the last time. Logs only when that turns.
 */
final class Availability {

	private static final Log logger = LogFactory.getLog(PostgresSchemaSource.class);

	private static final Set<String> BUSY = Set.of("53300", "55P03", "57014");

	private @Nullable Exception failure;

	/**
	 * Return why the last attempt failed, or {@code null} if it did not.
	 */
	synchronized @Nullable Exception failure() {
		return this.failure;
	}

	/**
	 * Whether the last attempt failed for a reason other than that much is going on: no
	 * connection was left, a lock was held, or it took too long.
	 */
	synchronized boolean isAway() {
		return this.failure != null
				&& !(this.failure instanceof SQLException ex && BUSY.contains(String.valueOf(ex.getSQLState())));
	}

	synchronized void lost(Exception failure) {
		// An interrupted thread is being stopped, which is no news.
		if (this.failure == null && !Thread.currentThread().isInterrupted()) {
			// The message of the outer exception would repeat the whole statement.
			Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
			logger.warn("The database schema cannot be read, which is tried again: " + cause.getMessage());
		}
		logger.debug("The database schema cannot be read", failure);
		this.failure = failure;
	}

	synchronized void restored() {
		if (this.failure != null) {
			logger.info("The database schema can be read again");
		}
		this.failure = null;
	}

}
