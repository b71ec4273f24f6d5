package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.change.ChangeSource;
import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.SourceStatus;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.schema.SchemaUnavailableException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells of changes in the best way there is for each relation: triggers where they are
 * installed, counters elsewhere, and for a view whatever tells of the tables it reads.
 *
 * @since 0.1.0
 */
public final class PostgresChangeSource implements ChangeSource {

	private static final Log logger = LogFactory.getLog(PostgresChangeSource.class);

	private static final long ROUTES_AGE = TimeUnit.SECONDS.toNanos(10);

	private final DataSource dataSource;

	private final SchemaSource schema;

	private final ChangeSettings settings;

	private final TriggerInstaller installer;

	private final TriggerUpkeep upkeep;

	private final StatisticsChangeSource statistics;

	private final OutboxChangeSource outbox;

	private volatile Set<RelationName> watched = Set.of();

	private volatile @Nullable Routes routes;

	private volatile boolean outdated = true;

	private volatile @Nullable ScheduledThreadPoolExecutor executor;

	private volatile @Nullable ChangeListener listener;

	private volatile @Nullable Instant polledAt;

	private Set<RelationName> polled = Set.of();

	private long routesAt;

	private boolean captured;

	private boolean failing;

	/**
	 * Create a source.
	 * @param dataSource where to get connections for short statements, and to install
	 * triggers if the settings say so
	 * @param connections opens the one connection that listens
	 * @param schema the relations
	 * @param settings how to go about it
	 */
	public PostgresChangeSource(DataSource dataSource, ConnectionSupplier connections, SchemaSource schema,
			ChangeSettings settings) {
		this.dataSource = dataSource;
		this.schema = schema;
		this.settings = settings;
		this.installer = new TriggerInstaller(dataSource, schema);
		this.upkeep = new TriggerUpkeep(this.installer, settings.triggers());
		this.statistics = new StatisticsChangeSource(dataSource);
		this.outbox = new OutboxChangeSource(connections,
				settings.initializeSchema() && settings.triggers() != TriggerPolicy.MANUAL, schema::expectChange);
		schema.addListener((snapshot) -> refresh());
	}

	/**
	 * Return what puts triggers on tables; tell {@link #refresh()} afterwards.
	 */
	public TriggerInstaller installer() {
		return this.installer;
	}

	@Override
	public synchronized void start(ChangeListener listener) {
		if (this.executor != null) {
			return;
		}
		ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(1, PostgresChangeSource::thread);
		started.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		started.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
		ChangeListener derived = new DerivedChanges(listener, () -> this.watched, () -> this.routes);
		long interval = this.settings.pollInterval().toMillis();
		started.scheduleWithFixedDelay(() -> tick(derived), 0, interval, TimeUnit.MILLISECONDS);
		this.executor = started;
		this.listener = derived;
		if (this.settings.outbox()) {
			this.outbox.start(derived);
		}
	}

	@Override
	public synchronized void stop() {
		ScheduledThreadPoolExecutor stopped = this.executor;
		this.executor = null;
		this.outbox.stop();
		if (stopped != null) {
			stopped.shutdownNow();
		}
	}

	@Override
	public void watch(Set<RelationName> relations) {
		Set<RelationName> before = this.watched;
		this.watched = Set.copyOf(relations);
		watchOutbox();
		if (!before.containsAll(relations)) {
			tickSoon();
		}
	}

	@Override
	public LiveMode mode(RelationName relation) {
		Routes known = this.routes;
		return (known != null) ? known.mode(relation, this.settings.outbox() && this.outbox.isAvailable())
				: LiveMode.OFF;
	}

	@Override
	public SourceStatus status() {
		SourceStatus status = this.outbox.status();
		Instant polled = this.polledAt;
		boolean later = polled != null && (status.lookedAt() == null || polled.isAfter(status.lookedAt()));
		return later ? new SourceStatus(status.connection(), polled) : status;
	}

	/**
	 * Look soon which tables have triggers, because that may have changed.
	 */
	public void refresh() {
		this.outdated = true;
		tickSoon();
	}

	private void tickSoon() {
		ScheduledThreadPoolExecutor current = this.executor;
		ChangeListener told = this.listener;
		if (current != null && told != null) {
			try {
				current.execute(() -> tick(told));
			}
			catch (RejectedExecutionException ex) {
				logger.trace("Stopped meanwhile", ex);
			}
		}
	}

	private void watchOutbox() {
		Routes known = this.routes;
		this.outbox.watch((known != null) ? known.sources(this.watched) : this.watched);
	}

	private void tick(ChangeListener told) {
		try {
			boolean captures = this.settings.outbox() && this.outbox.isAvailable();
			if (captures != this.captured) {
				this.outdated = true;
			}
			this.captured = captures;
			updateRoutes(told);
			poll(told);
			this.polledAt = Instant.now();
			this.failing = false;
		}
		catch (SQLException | RuntimeException ex) {
			if (!this.failing && this.executor != null) {
				logger.warn("Changes cannot be looked up at the moment: " + ex.getMessage());
			}
			logger.debug("Cause of the failed look-up", ex);
			this.failing = true;
		}
	}

	private void updateRoutes(ChangeListener told) throws SQLException {
		Routes before = this.routes;
		boolean aged = !this.watched.isEmpty() && System.nanoTime() - this.routesAt > ROUTES_AGE;
		if (before != null && !this.outdated && !aged) {
			return;
		}
		this.outdated = false;
		try {
			this.routes = readRoutes();
		}
		catch (SQLException | SchemaUnavailableException ex) {
			this.outdated = true;
			throw ex;
		}
		this.routesAt = System.nanoTime();
		watchOutbox();
		if (before == null) {
			told.resync();
		}
	}

	private Routes readRoutes() throws SQLException {
		Dependencies dependencies;
		try (Connection connection = this.dataSource.getConnection()) {
			dependencies = Dependencies.read(connection);
		}
		return new Routes(this.schema.snapshot(), dependencies,
				this.captured ? this.upkeep.apply(this.installer.status()) : this.installer.status());
	}

	private void poll(ChangeListener told) throws SQLException {
		Routes known = this.routes;
		if (known == null) {
			return;
		}
		Set<RelationName> uncaptured = new HashSet<>(known.sources(this.watched));
		uncaptured.removeIf((source) -> this.captured && known.isCaptured(source));
		for (RelationName source : this.polled) {
			if (!uncaptured.contains(source)) {
				// The last counter was read before the triggers were there.
				told.changed(ChangeEvent.anything(source));
			}
		}
		this.polled = uncaptured;
		this.statistics.poll(uncaptured, told);
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "oriel-changes");
		thread.setDaemon(true);
		return thread;
	}

}
