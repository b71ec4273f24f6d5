package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.oriel.admin.change.BackOff;
import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.change.ChangeSource;
import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.SourceStatus;
import dev.oriel.admin.schema.RelationName;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells of changes that triggers write to the outbox. One thread with one connection
 * waits for notifications and looks into the outbox after each; since not every
 * transaction notifies, it also looks without being called, often while somebody watches.
 *
 * @since 0.1.0
 */
public final class OutboxChangeSource implements ChangeSource {

	private static final Log logger = LogFactory.getLog(OutboxChangeSource.class);

	private static final Executor DIRECT = Runnable::run;

	private static final int NETWORK_TIMEOUT = 10_000;

	private final ConnectionSupplier connections;

	private final boolean initializeSchema;

	private final Runnable schemaChanged;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition stopping = this.lock.newCondition();

	private volatile Set<RelationName> watched = Set.of();

	private volatile boolean running;

	private volatile boolean available;

	private volatile @Nullable Connection connection;

	private volatile boolean connected;

	private volatile @Nullable Instant lookedAt;

	private @Nullable Thread thread;

	/**
	 * Create a source.
	 * @param connections opens the connection that listens
	 * @param initializeSchema whether to create the outbox where it is missing
	 */
	public OutboxChangeSource(ConnectionSupplier connections, boolean initializeSchema) {
		this(connections, initializeSchema, () -> {
		});
	}

	/**
	 * Create a source that is also told of changes of the schema, where there are event
	 * triggers.
	 * @param connections opens the connection that listens
	 * @param initializeSchema whether to create the outbox where it is missing
	 * @param schemaChanged called on the listening thread; must not block
	 */
	public OutboxChangeSource(ConnectionSupplier connections, boolean initializeSchema, Runnable schemaChanged) {
		this.connections = connections;
		this.initializeSchema = initializeSchema;
		this.schemaChanged = schemaChanged;
	}

	@Override
	public void start(ChangeListener listener) {
		this.lock.lock();
		try {
			if (this.thread == null) {
				this.running = true;
				this.thread = new Thread(() -> run(listener), "oriel-listener");
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
			this.stopping.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		if (stopped != null) {
			abort();
			// It may be waiting for a new connection.
			stopped.interrupt();
			join(stopped);
		}
	}

	@Override
	public void watch(Set<RelationName> relations) {
		this.watched = Set.copyOf(relations);
	}

	@Override
	public LiveMode mode(RelationName relation) {
		return this.available ? LiveMode.TRIGGERS : LiveMode.OFF;
	}

	@Override
	public SourceStatus status() {
		SourceStatus.Connection state = SourceStatus.Connection.UNUSED;
		if (this.running) {
			state = this.connected ? SourceStatus.Connection.OPEN : SourceStatus.Connection.LOST;
		}
		return new SourceStatus(state, this.lookedAt);
	}

	/**
	 * Whether the outbox was there when last looked at.
	 */
	boolean isAvailable() {
		return this.available;
	}

	private void run(ChangeListener listener) {
		OutboxReader reader = new OutboxReader(listener, () -> this.watched, this.schemaChanged);
		BackOff backOff = new BackOff();
		boolean told = false;
		while (this.running) {
			try (Connection opened = this.connections.open()) {
				this.connection = opened;
				prepare(opened);
				reader.connect(opened);
				this.available = true;
				this.connected = true;
				this.lookedAt = reader.lookedAt();
				if (told) {
					logger.info("The live connection to the database is back");
				}
				told = false;
				backOff.reset();
				while (this.running) {
					reader.step();
					this.lookedAt = reader.lookedAt();
				}
			}
			catch (SQLException | RuntimeException ex) {
				if (this.running) {
					this.available &= isAway(ex);
					if (!told) {
						logger.warn(problem(ex));
					}
					logger.debug("Cause of the lost live connection", ex);
					told = true;
					pause(backOff.next());
				}
			}
			finally {
				this.connection = null;
				this.connected = false;
			}
		}
	}

	private void prepare(Connection opened) throws SQLException {
		opened.setAutoCommit(true);
		opened.setNetworkTimeout(DIRECT, NETWORK_TIMEOUT);
		if (this.initializeSchema && !this.available) {
			OutboxSchema.create(opened);
		}
	}

	/**
	 * Whether the connection is what failed (class 08, or 57P01 to 57P03), rather than
	 * the outbox.
	 */
	private static boolean isAway(Exception ex) {
		String state = (ex instanceof SQLException cause) ? cause.getSQLState() : null;
		return state != null && (state.startsWith("08") || state.startsWith("57P"));
	}

	private static String problem(Exception ex) {
		String state = (ex instanceof SQLException cause) ? cause.getSQLState() : null;
		if ("42P01".equals(state) || "3F000".equals(state)) {
			return "Triggers are not listened to, because there is no table oriel.outbox; counters are polled instead";
		}
		return "The live connection to the database is lost or cannot be made; trying again until it is there: "
				+ String.valueOf(ex.getMessage()).lines().findFirst().orElse("");
	}

	private void pause(Duration duration) {
		this.lock.lock();
		try {
			if (this.running) {
				this.stopping.awaitNanos(duration.toNanos());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.running = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void abort() {
		Connection current = this.connection;
		if (current != null) {
			try {
				// Unlike close(), this does not wait for the thread that is reading.
				current.abort(DIRECT);
			}
			catch (SQLException ex) {
				logger.debug("The live connection could not be aborted", ex);
			}
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
