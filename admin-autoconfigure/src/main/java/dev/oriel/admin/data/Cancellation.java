package dev.oriel.admin.data;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Lets others cancel what one thread reads: the statement that runs, and all that would
 * follow.
 *
 * @since 0.1.0
 */
public final class Cancellation {

	private static final Log logger = LogFactory.getLog(Cancellation.class);

	private static final ThreadLocal<@Nullable Cancellation> CURRENT = new ThreadLocal<>();

	private @Nullable Statement running;

	private boolean cancelled;

	/**
	 * Do work whose statements this can cancel.
	 * @param work the work
	 * @throws Exception what the work throws; a statement that was cancelled is a
	 * {@link ProblemException}
	 */
	public <T> T during(Callable<T> work) throws Exception {
		CURRENT.set(this);
		try {
			return work.call();
		}
		finally {
			CURRENT.remove();
		}
	}

	/**
	 * Cancel the statement that runs, and those to come.
	 */
	public synchronized void cancel() {
		this.cancelled = true;
		if (this.running != null) {
			try {
				this.running.cancel();
			}
			catch (SQLException ex) {
				// It ends by itself when its time is over.
				logger.debug("A statement could not be cancelled", ex);
			}
		}
	}

	/**
	 * Run a statement that the current thread's work consists of.
	 */
	static <T> T running(Statement statement, Database.Execution<T> execution) throws SQLException {
		Cancellation current = CURRENT.get();
		if (current == null) {
			return execution.run();
		}
		current.begin(statement);
		try {
			return execution.run();
		}
		finally {
			current.end();
		}
	}

	private synchronized void begin(Statement statement) throws SQLException {
		if (this.cancelled) {
			throw new SQLException("Cancelled before it began", "57014");
		}
		this.running = statement;
	}

	private synchronized void end() {
		this.running = null;
	}

}
