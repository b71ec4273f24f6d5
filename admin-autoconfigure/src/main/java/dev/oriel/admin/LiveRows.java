package dev.oriel.admin;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.oriel.admin.data.CountMode;
import dev.oriel.admin.data.Problem;
import dev.oriel.admin.data.ProblemException;
import dev.oriel.admin.live.LiveEngine;
import dev.oriel.admin.live.LiveMessage;
import dev.oriel.admin.live.Subscription;
import dev.oriel.admin.live.WindowOptions;
import dev.oriel.admin.query.Query;
import dev.oriel.admin.schema.RelationName;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.jspecify.annotations.Nullable;

/**
 * Rows that are shown to a listener until this is closed.
 *
 * @since 0.1.0
 */
public final class LiveRows implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(LiveRows.class);

	private static final WindowOptions OPTIONS = new WindowOptions(false, CountMode.NONE);

	/** Threads that end when nothing is to be told. */
	private static final Executor LISTENERS = listeners();

	private final RowsListener listener;

	/** Guarded by this, like all that follows. */
	private @Nullable Subscription subscription;

	private boolean changed;

	private boolean telling;

	private boolean closed;

	/** The state of the window that the listener knows. */
	private long version;

	private LiveRows(RowsListener listener) {
		this.listener = listener;
	}

	static LiveRows open(OrielClient client, RelationName relation, Query query, RowsListener listener) {
		LiveEngine engine = client.parts().live().get();
		if (engine == null) {
			throw new ProblemException(new Problem(404, "ORIEL404", "Live rows are switched off", null,
					"Set 'oriel.live.enabled' to true."));
		}
		LiveRows rows = new LiveRows(listener);
		Subscription subscription = engine.subscribe(client.caller(), relation, query, OPTIONS,
				(message) -> rows.changed());
		rows.opened(subscription);
		return rows;
	}

	private synchronized void opened(Subscription subscription) {
		this.subscription = subscription;
		changed();
	}

	/**
	 * Tell the listener soon. Called by the engine, which must not wait.
	 */
	private synchronized void changed() {
		this.changed = true;
		if (!this.telling && !this.closed) {
			this.telling = true;
			LISTENERS.execute(this::tell);
		}
	}

	private void tell() {
		LiveMessage message = next();
		while (message != null) {
			try {
				tell(message);
			}
			catch (RuntimeException | Error ex) {
				logger.error("A listener to live rows failed", ex);
			}
			message = next();
		}
	}

	/**
	 * Return what the listener does not know yet, or {@code null} to rest until the next
	 * change.
	 */
	private synchronized @Nullable LiveMessage next() {
		while (this.changed && !this.closed && this.subscription != null) {
			this.changed = false;
			LiveMessage message = this.subscription.current();
			boolean news = message != null && (message.to() == 0 || message.to() != this.version);
			if (message != null && news) {
				this.version = message.to();
				return message;
			}
		}
		this.telling = false;
		return null;
	}

	private void tell(LiveMessage message) {
		LiveSnapshot snapshot = LiveSnapshot.parse(message.json());
		if (snapshot.problem() != null) {
			close();
			this.listener.failed(snapshot.problem());
		}
		else {
			this.listener.changed(new OrielRows(snapshot.rows()));
		}
	}

	/**
	 * Tell the listener nothing more. A call that it is in just now goes on.
	 */
	@Override
	public void close() {
		Subscription left;
		synchronized (this) {
			this.closed = true;
			left = this.subscription;
		}
		if (left != null) {
			left.close();
		}
	}

	private static Executor listeners() {
		AtomicInteger number = new AtomicInteger();
		return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), (task) -> {
			Thread thread = new Thread(task, "oriel-live-rows-" + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
	}

}
