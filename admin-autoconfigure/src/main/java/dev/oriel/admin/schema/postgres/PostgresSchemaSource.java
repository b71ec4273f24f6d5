package dev.oriel.admin.schema.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import javax.sql.DataSource;

import dev.oriel.admin.schema.SchemaSnapshot;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.schema.SchemaUnavailableException;
import dev.oriel.admin.schema.postgres.CatalogReader.Reading;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The snapshot of a PostgreSQL database, read from its catalogue when it is first asked
 * for, and again when somebody changed the schema: either {@link #start(Duration)} a
 * thread that looks for changes, or call {@link #refreshIfChanged()} now and then.
 * <p>
 * A database that is away costs nothing but news: the last snapshot stays.
 *
 * @since 0.1.0
 */
public final class PostgresSchemaSource implements SchemaSource, AutoCloseable {

	private static final Log logger = LogFactory.getLog(PostgresSchemaSource.class);

	private final CatalogReader reader;

	private final List<Consumer<SchemaSnapshot>> listeners = new CopyOnWriteArrayList<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final AtomicLong readings = new AtomicLong();

	private final Availability availability = new Availability();

	private volatile @Nullable Reading reading;

	private volatile @Nullable String fingerprint;

	private @Nullable SchemaWatcher watcher;

	/**
	 * Create a source. Nothing is read yet.
	 * @param dataSource where connections come from; one is borrowed for each reading
	 * @param settings which part of the database is reflected
	 */
	public PostgresSchemaSource(DataSource dataSource, ReflectionSettings settings) {
		Assert.notNull(dataSource, "'dataSource' must not be null");
		Assert.notNull(settings, "'settings' must not be null");
		this.reader = new CatalogReader(dataSource, settings);
	}

	@Override
	public SchemaSnapshot snapshot() {
		Reading reading = this.reading;
		return (reading != null) ? reading.snapshot() : read(false);
	}

	@Override
	public SchemaSnapshot refresh() {
		return read(true);
	}

	@Override
	public boolean refreshIfChanged() {
		Look look = look();
		boolean changed = look == Look.CHANGING || look == Look.CHANGED;
		if (changed) {
			read(true);
		}
		return changed;
	}

	@Override
	public synchronized void expectChange() {
		if (this.watcher != null) {
			this.watcher.wake();
		}
	}

	@Override
	public void addListener(Consumer<SchemaSnapshot> listener) {
		Assert.notNull(listener, "'listener' must not be null");
		this.listeners.add(listener);
	}

	/**
	 * Look for changes from now on, on a thread of its own which also makes the first
	 * reading. Returns at once; does nothing when that thread runs already.
	 * @param interval the time between two looks
	 */
	public synchronized void start(Duration interval) {
		if (this.watcher == null) {
			this.watcher = new SchemaWatcher(this, interval);
			this.watcher.start();
		}
	}

	/**
	 * Stop looking for changes. The snapshot stays, and {@link #start(Duration)} may be
	 * called again.
	 */
	@Override
	public synchronized void close() {
		if (this.watcher != null) {
			this.watcher.stop();
			this.watcher = null;
		}
	}

	/**
	 * Compare the catalogue with what was last read of it.
	 */
	Look look() {
		Reading reading = this.reading;
		if (reading == null) {
			return Look.CHANGED;
		}
		try {
			String before = this.fingerprint;
			String now = this.reader.fingerprint();
			this.fingerprint = now;
			if (now.equals(reading.fingerprint())) {
				this.availability.restored();
				return Look.SAME;
			}
			return now.equals(before) ? Look.CHANGED : Look.CHANGING;
		}
		catch (SQLException | RuntimeException ex) {
			this.availability.lost(ex);
			return Look.FAILED;
		}
	}

	/**
	 * Return the newest snapshot without a look at the database, or {@code null} if there
	 * is none yet.
	 */
	public @Nullable SchemaSnapshot known() {
		Reading known = this.reading;
		return (known != null) ? known.snapshot() : null;
	}

	/**
	 * Whether the last attempt to read failed because the database does not answer or
	 * cannot be understood; not if it is merely busy.
	 */
	public boolean isAway() {
		return this.availability.isAway();
	}

	/**
	 * Whether the last attempt to read failed.
	 */
	boolean isUnavailable() {
		return this.availability.failure() != null;
	}

	private SchemaSnapshot read(boolean again) {
		long begun = this.readings.get();
		this.lock.lock();
		try {
			// Those who waited share a reading that began after they asked, even if it
			// failed; the first snapshot satisfies all who just want one.
			boolean needed = again || this.reading == null;
			if (needed && this.readings.get() == begun) {
				this.readings.incrementAndGet();
				attempt();
			}
			return latest();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void attempt() {
		Reading before = this.reading;
		try {
			Reading after = this.reader.read();
			this.reading = after;
			this.availability.restored();
			if (before != null && !before.snapshot().version().equals(after.snapshot().version())) {
				tell(after.snapshot());
			}
		}
		catch (SQLException | RuntimeException ex) {
			// Whatever a catalogue says or fails to say must not take away the snapshot
			// that is there.
			this.availability.lost(ex);
		}
	}

	private SchemaSnapshot latest() {
		Reading reading = this.reading;
		if (reading == null) {
			throw new SchemaUnavailableException("The database cannot be reached, or its catalogue cannot be read",
					this.availability.failure());
		}
		return reading.snapshot();
	}

	private void tell(SchemaSnapshot snapshot) {
		for (Consumer<SchemaSnapshot> listener : this.listeners) {
			try {
				listener.accept(snapshot);
			}
			catch (RuntimeException ex) {
				logger.warn("A listener failed to take note of a changed schema", ex);
			}
		}
	}

	/**
	 * What a look at the catalogue found.
	 */
	enum Look {

		/** Nothing changed since the catalogue was read. */
		SAME,
		/** Something changed since the catalogue was read, and since the last look. */
		CHANGING,
		/**
		 * Something changed since the catalogue was read, but not since the last look.
		 */
		CHANGED,
		/** The catalogue could not be looked at. */
		FAILED

	}

}
