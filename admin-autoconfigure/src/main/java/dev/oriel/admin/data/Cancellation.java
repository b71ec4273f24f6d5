package dev.oriel.admin.data;

import java.sql.SQLException;

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

	private @Nullable Cancellable running;

	private boolean cancelled;

	/** What cancels the work that this is a part of; known to its thread only. */
	private @Nullable Cancellation outer;

	/**
	 * Do work whose statements this can cancel, and whatever can cancel the work that it
	 * is a part of.
	 * @param work the work
	 * @throws E what the work throws; a statement that was cancelled is a
	 * {@link ProblemException}
	 */
	public <T, E extends Exception> T during(Work<T, E> work) throws E {
		Cancellation before = CURRENT.get();
		this.outer = before;
		CURRENT.set(this);
		try {
			return work.run();
		}
		finally {
			if (before != null) {
				CURRENT.set(before);
			}
			else {
				CURRENT.remove();
			}
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
	 * @param statement what cancels it, called by another thread
	 * @param execution what runs it
	 */
	static <T> T running(Cancellable statement, Database.Execution<T> execution) throws SQLException {
		return running(CURRENT.get(), statement, execution);
	}

	private static <T> T running(@Nullable Cancellation current, Cancellable statement, Database.Execution<T> execution)
			throws SQLException {
		if (current == null) {
			return execution.run();
		}
		current.begin(statement);
		try {
			return running(current.outer, statement, execution);
		}
		finally {
			current.end();
		}
	}

	private synchronized void begin(Cancellable statement) throws SQLException {
		if (this.cancelled) {
			throw new SQLException("Cancelled before it began", "57014");
		}
		this.running = statement;
	}

	private synchronized void end() {
		this.running = null;
	}

	/**
	 * Work that reads.
	 *
	 * @param <T> what comes of it
	 * @param <E> what it throws
	 */
	@FunctionalInterface
	public interface Work<T, E extends Exception> {

		T run() throws E;

	}

	/**
	 * A statement that can be cancelled while it runs.
	 */
	@FunctionalInterface
	interface Cancellable {

		void cancel() throws SQLException;

	}

}
