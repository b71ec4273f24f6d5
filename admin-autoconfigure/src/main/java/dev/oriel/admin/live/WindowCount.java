package dev.oriel.admin.live;

import java.time.Duration;
import java.util.function.Consumer;

import dev.oriel.admin.access.Caller;
import dev.oriel.admin.data.Count;
import dev.oriel.admin.data.CountMode;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Keeps the count of a window up to date: apart from its rows, which never wait for it,
 * and seldom, because counting is what costs most.
 */
final class WindowCount {

	private static final Log logger = LogFactory.getLog(WindowCount.class);

	private final WindowKey key;

	private final Caller caller;

	private final LiveEngine engine;

	private final Consumer<Count> result;

	private final Pace pace = new Pace(Duration.ofSeconds(2), 20);

	private boolean dirty;

	private boolean scheduled;

	WindowCount(WindowKey key, Caller caller, LiveEngine engine, Consumer<Count> result) {
		this.key = key;
		this.caller = caller;
		this.engine = engine;
		this.result = result;
	}

	synchronized void invalidate() {
		if (this.key.options().count() != CountMode.NONE) {
			this.dirty = true;
			schedule();
		}
	}

	private void schedule() {
		if (this.dirty && !this.scheduled) {
			this.scheduled = true;
			this.engine.count(this::refresh, this.pace.delay());
		}
	}

	private void refresh() {
		synchronized (this) {
			this.dirty = false;
		}
		long start = System.nanoTime();
		try {
			if (this.engine.isOpen(this.key)) {
				Count count = this.engine.rows()
					.count(this.caller, this.key.relation(), this.key.query(), this.key.options().count());
				this.pace.succeeded(start);
				this.result.accept(count);
			}
		}
		catch (RuntimeException ex) {
			// The next change asks again; until then the old count is better than none.
			this.pace.failed();
			logger.debug("A live window cannot be counted", ex);
		}
		finally {
			synchronized (this) {
				this.scheduled = false;
				schedule();
			}
		}
	}

}
