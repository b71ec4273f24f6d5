package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
 * Tells of changes in the best way there is for each relation: at once where it is
 * captured, by counters elsewhere, and for a view whatever tells of the tables it reads.
 *
 * @since 0.1.0
 */
public final class PostgresChangeSource implements ChangeSource {

	private static final Log logger = LogFactory.getLog(PostgresChangeSource.class);

	private static final long ROUTES_AGE = TimeUnit.SECONDS.toNanos(10);

	private final DataSource dataSource;

	private final SchemaSource schema;

	private final Duration pollInterval;

	private final TriggerInstaller installer;

	private final StatisticsChangeSource statistics;

	private final Capture capture;

	private volatile Set<RelationName> watched = Set.of();

	private volatile @Nullable Routes routes;

	private volatile boolean outdated = true;

	private volatile @Nullable ScheduledThreadPoolExecutor executor;

	private volatile @Nullable ChangeListener listener;

	private volatile @Nullable Instant polledAt;

	private Set<RelationName> polled = Set.of();

	private volatile @Nullable DriftCheck drift;

	private long routesAt;

	private boolean captured;

	private boolean failing;

	/**
	 * Create a source that relies on triggers.
	 * @param dataSource where to get connections for short statements, and to install
	 * triggers if the settings say so
	 * @param connections opens the one connection that listens
	 * @param schema the relations
	 * @param settings how to go about it
	 */
	public PostgresChangeSource(DataSource dataSource, ConnectionSupplier connections, SchemaSource schema,
			ChangeSettings settings) {
		this(dataSource, schema, settings.pollInterval(), capture(dataSource, connections, schema, settings));
	}

	/**
	 * Create a source that relies on something else than triggers.
	 * @param dataSource where to get connections for short statements
	 * @param schema the relations
	 * @param pollInterval how often counters are looked at
	 * @param capture tells at once of the changes of some tables; started and stopped by
	 * the source
	 */
	public PostgresChangeSource(DataSource dataSource, SchemaSource schema, Duration pollInterval, Capture capture) {
		this.dataSource = dataSource;
		this.schema = schema;
		this.pollInterval = pollInterval;
		this.installer = new TriggerInstaller(dataSource, schema);
		this.statistics = new StatisticsChangeSource(dataSource);
		this.capture = capture;
		schema.addListener((snapshot) -> refresh());
	}

	private static Capture capture(DataSource dataSource, ConnectionSupplier connections, SchemaSource schema,
			ChangeSettings settings) {
		TriggerInstaller installer = new TriggerInstaller(dataSource, schema);
		boolean initialize = settings.initializeSchema() && settings.triggers() != TriggerPolicy.MANUAL;
		return new TriggerCapture(new OutboxChangeSource(connections, initialize, schema), installer,
				new TriggerUpkeep(installer, settings.triggers()), settings.outbox());
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
		DriftCheck check = new DriftCheck(this.dataSource, derived);
		this.drift = check;
		long interval = this.pollInterval.toMillis();
		started.scheduleWithFixedDelay(() -> tick(derived), 0, interval, TimeUnit.MILLISECONDS);
		this.executor = started;
		this.listener = derived;
		this.capture.start(check);
	}

	@Override
	public synchronized void stop() {
		ScheduledThreadPoolExecutor stopped = this.executor;
		this.executor = null;
		this.capture.stop();
		if (stopped != null) {
			stopped.shutdownNow();
		}
	}

	@Override
	public void watch(Set<RelationName> relations) {
		Set<RelationName> before = this.watched;
		this.watched = Set.copyOf(relations);
		watchSources();
		if (!before.containsAll(relations)) {
			tickSoon();
		}
	}

	@Override
	public LiveMode mode(RelationName relation) {
		Routes known = this.routes;
		return (known != null) ? known.mode(relation, this.capture.mode()) : LiveMode.OFF;
	}

	@Override
	public SourceStatus status() {
		SourceStatus status = this.capture.status();
		Instant polled = this.polledAt;
		boolean later = polled != null && (status.lookedAt() == null || polled.isAfter(status.lookedAt()));
		return later ? new SourceStatus(status.connection(), polled) : status;
	}

	/**
	 * Look soon which tables are captured, because that may have changed.
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

	private void watchSources() {
		Routes known = this.routes;
		this.capture.watch((known != null) ? known.sources(this.watched) : this.watched);
	}

	private void tick(ChangeListener told) {
		try {
			boolean captures = this.capture.mode() != LiveMode.OFF;
			if (captures != this.captured) {
				this.outdated = true;
			}
			this.captured = captures;
			updateRoutes(told);
			poll(told);
			lookForDrift();
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
		watchSources();
		if (before == null) {
			told.resync();
		}
	}

	private Routes readRoutes() throws SQLException {
		Dependencies dependencies;
		try (Connection connection = this.dataSource.getConnection()) {
			dependencies = Dependencies.read(connection);
		}
		return new Routes(this.schema.snapshot(), dependencies, this.capture.captured());
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
		if (!uncaptured.isEmpty()) {
			this.polledAt = Instant.now();
		}
	}

	/**
	 * The log tells everything, unlike triggers.
	 */
	private void lookForDrift() throws SQLException {
		Routes known = this.routes;
		DriftCheck check = this.drift;
		if (known != null && check != null) {
			Set<RelationName> told = new HashSet<>(known.sources(this.watched));
			told.removeIf((source) -> this.capture.mode() != LiveMode.TRIGGERS || !known.isCaptured(source));
			check.follow(told);
		}
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "oriel-changes");
		thread.setDaemon(true);
		return thread;
	}

}
