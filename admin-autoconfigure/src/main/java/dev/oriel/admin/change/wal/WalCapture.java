package dev.oriel.admin.change.wal;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import javax.sql.DataSource;

import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.SourceStatus;
import dev.oriel.admin.change.SourceThread;
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

	private final SourceThread thread = new SourceThread("oriel-wal");

	private volatile Set<RelationName> watched = Set.of();

	private volatile long lookedAt;

	/** Whether it worked at the last attempt. */
	private volatile boolean works;

	/** Since when it is tried to begin, or {@code null} if it is not. */
	private volatile @Nullable Long tryingSince;

	private volatile @Nullable String problem;

	private volatile @Nullable Instant tellingAt;

	private volatile @Nullable ReplicationSession session;

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
		this.lookedAt = System.nanoTime();
		this.thread.start(() -> run(listener));
	}

	@Override
	public void stop() {
		this.thread.stop(this::endSession);
	}

	@Override
	public void watch(Set<RelationName> tables) {
		this.lookedAt = System.nanoTime();
		this.watched = Set.copyOf(tables);
		this.thread.wake();
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
		if (this.thread.isRunning() && current != null) {
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
		// The first attempt is made for nobody, to find out whether it works.
		while (this.thread.isRunning()) {
			ReplicationSession current = new ReplicationSession(this.schema, this.publication, () -> this.watched);
			this.session = current;
			if (this.tryingSince == null) {
				this.tryingSince = System.nanoTime();
			}
			try {
				current.run(this.plain, this.replication, listener, () -> working(current));
				this.session = null;
				this.thread.await(() -> !this.watched.isEmpty());
			}
			catch (SQLException | RuntimeException ex) {
				if (this.thread.isRunning()) {
					failed(ex);
					this.thread.pause();
				}
			}
		}
		this.session = null;
	}

	/**
	 * Called by the telling thread every few seconds.
	 */
	private void working(ReplicationSession current) {
		this.tellingAt = Instant.now();
		if (this.tryingSince != null) {
			if (!this.works) {
				logger.info("Changes are read from the write-ahead log");
			}
			this.works = true;
			this.problem = null;
			this.tryingSince = null;
			this.thread.works();
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

	private void endSession() {
		ReplicationSession current = this.session;
		if (current != null) {
			current.end();
		}
	}

}
