package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.schema.RelationName;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Follows the outbox over one connection after another. What it knows from the previous
 * one is kept, so that a reconnect misses nothing.
 */
final class OutboxReader {

	/** What the notification of an event trigger says. */
	private static final String SCHEMA = "schema";

	private static final Duration POLL = Duration.ofMillis(50);

	private static final Duration PAUSE = Duration.ofMillis(5);

	private static final Duration IDLE_POLL = Duration.ofSeconds(1);

	private static final Duration SIGN_IN = Duration.ofSeconds(20);

	private final ChangeListener listener;

	private final Supplier<Set<RelationName>> watched;

	private final Runnable schemaChanged;

	private final Retention retention = new Retention();

	private @Nullable String epoch;

	private @Nullable TransactionSnapshot seen;

	/** Transactions of before the triggers woke up, which wrote nothing. */
	private @Nullable TransactionSnapshot silent;

	private long readAt;

	private volatile @Nullable Instant lookedAt;

	private long signedInAt;

	private @Nullable Outbox outbox;

	private @Nullable PGConnection notifications;

	OutboxReader(ChangeListener listener, Supplier<Set<RelationName>> watched, Runnable schemaChanged) {
		this.listener = listener;
		this.watched = watched;
		this.schemaChanged = schemaChanged;
	}

	/**
	 * Use a new connection from now on.
	 */
	void connect(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("SET application_name = 'oriel-listener'");
			statement.execute("LISTEN oriel");
		}
		this.notifications = connection.unwrap(PGConnection.class);
		this.outbox = new Outbox(connection);
		signIn(this.outbox);
		read(this.outbox, null);
	}

	/**
	 * Return when the outbox was last read.
	 */
	@Nullable Instant lookedAt() {
		return this.lookedAt;
	}

	/**
	 * Wait for a notification, or for the time of the next look, and look.
	 */
	void step() throws SQLException {
		Outbox current = this.outbox;
		PGConnection connection = this.notifications;
		if (current == null || connection == null) {
			throw new IllegalStateException("Not connected");
		}
		boolean somebodyWatches = !this.watched.get().isEmpty();
		// Busy writers notify all the time; one look serves many of them.
		LockSupport.parkNanos(this.readAt + PAUSE.toNanos() - System.nanoTime());
		PGNotification[] received = connection.getNotifications((int) (somebodyWatches ? POLL : IDLE_POLL).toMillis());
		Long committed = committed(received.length > 0);
		if (Arrays.stream(received).anyMatch((notification) -> SCHEMA.equals(notification.getParameter()))) {
			this.schemaChanged.run();
		}
		boolean due = System.nanoTime() - this.signedInAt >= SIGN_IN.toNanos();
		if (due) {
			signIn(current);
			long horizon = this.retention.horizon(System.nanoTime());
			if (horizon != 0) {
				current.clean(horizon);
			}
		}
		if (due || !this.watched.get().isEmpty()) {
			read(current, committed);
		}
	}

	/**
	 * Return when that was committed which the next look finds: a notification comes at
	 * once, and what came without one was committed after the previous look, if that was
	 * a moment ago.
	 */
	private @Nullable Long committed(boolean notified) {
		long now = System.nanoTime();
		if (notified) {
			return now;
		}
		return (now - this.readAt < 4 * POLL.toNanos()) ? this.readAt : null;
	}

	private void signIn(Outbox current) throws SQLException {
		Outbox.Life life = current.signIn();
		this.signedInAt = System.nanoTime();
		boolean outdated = !life.epoch().equals(this.epoch) || !life.awake()
				|| System.nanoTime() - this.readAt > Retention.KEPT.toNanos();
		this.epoch = life.epoch();
		if (outdated) {
			this.seen = current.snapshot();
			this.readAt = System.nanoTime();
			// A transaction that began before the triggers were awake may yet commit.
			this.silent = life.awake() ? null : this.seen;
			this.listener.resync();
		}
	}

	private void read(Outbox current, @Nullable Long committed) throws SQLException {
		TransactionSnapshot previous = this.seen;
		if (previous == null) {
			throw new IllegalStateException("Not signed in");
		}
		Outbox.Entries entries = current.read(previous);
		this.seen = entries.snapshot();
		this.readAt = System.nanoTime();
		this.lookedAt = Instant.now();
		this.retention.note(this.readAt, entries.snapshot());
		if (this.silent != null && entries.snapshot().outlives(this.silent)) {
			this.silent = null;
			this.listener.resync();
		}
		else if (entries.incomplete()) {
			this.listener.resync();
		}
		else {
			Set<RelationName> relations = this.watched.get();
			for (ChangeEvent event : entries.events()) {
				if (relations.contains(event.relation())) {
					this.listener.changed((committed != null) ? event.committedAt(committed) : event);
				}
			}
		}
	}

}
