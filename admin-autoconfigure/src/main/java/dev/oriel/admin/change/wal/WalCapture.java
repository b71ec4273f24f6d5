package dev.oriel.admin.change.wal;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import javax.sql.DataSource;

import dev.oriel.admin.change.BackOff;
import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.SourceStatus;
import dev.oriel.admin.change.postgres.Capture;
import dev.oriel.admin.change.postgres.ConnectionSupplier;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells of the changes of tables that are in a publication, as they are read from
 * PostgreSQL's write-ahead log. There is a replication slot only while somebody looks.
 *
 * @since 0.1.0
 */
public final class WalCapture implements Capture {

	private static final Log logger = LogFactory.getLog(WalCapture.class);

	/** Who turns a page is not gone. */
	private static final Duration IDLE = Duration.ofSeconds(30);

	/** Counters are looked at when it takes longer than this to begin. */
	private static final long PATIENCE = Duration.ofSeconds(2).toNanos();

	private final ConnectionSupplier plain;

	private final ConnectionSupplier replication;

	private final SchemaSource schema;

	private final Publication publication;

	private final Duration idle;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private volatile Set<RelationName> watched = Set.of();

	private volatile long lookedAt;

	private volatile boolean running;

	/** Whether it worked at the last attempt. */
	private volatile boolean works;

	/** Since when it is tried to begin, or {@code null} if it is not. */
	private volatile @Nullable Long tryingSince;

	private volatile @Nullable String problem;

	private volatile @Nullable Instant tellingAt;

	private volatile @Nullable ReplicationSession session;

	private @Nullable Thread thread;

	/**
	 * Create a capture.
	 * @param dataSource where to get connections for short statements, and to make the
	 * publication if the settings say so
	 * @param plain opens a connection that is kept for long
	 * @param replication opens a replication connection to the database
	 * @param schema the relations
	 * @param settings which publication to use
	 */
	public WalCapture(DataSource dataSource, ConnectionSupplier plain, ConnectionSupplier replication,
			SchemaSource schema, WalSettings settings) {
		this(dataSource, plain, replication, schema, settings, IDLE);
	}

	/**
	 * @param idle how long the slot is kept when nobody looks
	 */
	WalCapture(DataSource dataSource, ConnectionSupplier plain, ConnectionSupplier replication, SchemaSource schema,
			WalSettings settings, Duration idle) {
		this.plain = plain;
		this.replication = replication;
		this.schema = schema;
		this.publication = new Publication(dataSource, schema, settings);
		this.idle = idle;
	}

	@Override
	public void start(ChangeListener listener) {
		this.lock.lock();
		try {
			if (this.thread == null) {
				this.running = true;
				this.lookedAt = System.nanoTime();
				this.thread = new Thread(() -> run(listener), "oriel-wal");
				this.thread.setDaemon(true);
				this.thread.start();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void stop() {
		Thread stopped;
		this.lock.lock();
		try {
			stopped = this.thread;
			this.thread = null;
			this.running = false;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		if (stopped != null) {
			endSession();
			// It may be waiting for a new connection.
			stopped.interrupt();
			join(stopped);
		}
	}

	@Override
	public void watch(Set<RelationName> tables) {
		this.lock.lock();
		try {
			this.watched = Set.copyOf(tables);
			this.lookedAt = System.nanoTime();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public LiveMode mode() {
		Long since = this.tryingSince;
		boolean late = since != null && System.nanoTime() - since > PATIENCE;
		return (this.works && !late) ? LiveMode.WAL : LiveMode.OFF;
	}

	@Override
	public SourceStatus status() {
		SourceStatus.Connection state = SourceStatus.Connection.UNUSED;
		ReplicationSession current = this.session;
		if (this.running && current != null) {
			state = current.isReading() ? SourceStatus.Connection.OPEN : SourceStatus.Connection.LOST;
		}
		return new SourceStatus(state, this.tellingAt);
	}

	/**
	 * Return why the log cannot be read, or {@code null} if it can.
	 */
	public @Nullable String problem() {
		return this.problem;
	}

	@Override
	public Set<RelationName> captured() throws SQLException {
		Set<RelationName> tables = this.publication.prepare().tables();
		ReplicationSession current = this.session;
		if (current != null && current.isReading() && !current.covers(tables)) {
			// A transaction that was running when a table came in may be told in part
			// only.
			current.end();
		}
		return tables;
	}

	private void run(ChangeListener listener) {
		BackOff backOff = new BackOff();
		// The first attempt is made for nobody, to find out whether it works.
		while (this.running) {
			ReplicationSession current = new ReplicationSession(this.schema, this.publication, () -> this.watched);
			this.session = current;
			if (this.tryingSince == null) {
				this.tryingSince = System.nanoTime();
			}
			try {
				current.run(this.plain, this.replication, listener, () -> working(current, backOff));
				this.session = null;
				awaitViewer();
			}
			catch (SQLException | RuntimeException ex) {
				if (this.running) {
					failed(ex);
					pause(backOff.next());
				}
			}
		}
		this.session = null;
	}

	/**
	 * Called by the telling thread every few seconds.
	 */
	private void working(ReplicationSession current, BackOff backOff) {
		this.tellingAt = Instant.now();
		if (this.tryingSince != null) {
			if (!this.works) {
				logger.info("Changes are read from the write-ahead log");
			}
			this.works = true;
			this.problem = null;
			this.tryingSince = null;
			backOff.reset();
		}
		if (this.watched.isEmpty() && System.nanoTime() - this.lookedAt > this.idle.toNanos()) {
			current.end();
		}
	}

	private void failed(Exception ex) {
		String reason = WalProblem.reason(ex);
		boolean away = WalProblem.isAway(ex);
		this.works &= away;
		if (!reason.equals(this.problem)) {
			logger.warn("Changes cannot be read from the write-ahead log at the moment, because " + reason + "; "
					+ (away ? "" : "counters are polled instead; ") + "trying again until it works");
		}
		logger.debug("Cause of the lost stream of changes", ex);
		this.problem = reason;
	}

	private void awaitViewer() {
		this.lock.lock();
		try {
			while (this.running && this.watched.isEmpty()) {
				this.changed.await();
			}
		}
		catch (InterruptedException ex) {
			interrupted();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void pause(Duration duration) {
		this.lock.lock();
		try {
			// Not sooner because somebody comes: many may.
			long left = duration.toNanos();
			while (this.running && left > 0) {
				left = this.changed.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			interrupted();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void interrupted() {
		Thread.currentThread().interrupt();
		this.running = false;
	}

	private void endSession() {
		ReplicationSession current = this.session;
		if (current != null) {
			current.end();
		}
	}

	private static void join(Thread stopped) {
		try {
			stopped.join(2_000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
