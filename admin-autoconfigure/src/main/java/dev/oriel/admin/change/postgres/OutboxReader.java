package dev.oriel.admin.change.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.schema.Relation;
import dev.oriel.admin.schema.RelationName;
import dev.oriel.admin.schema.SchemaSource;
import dev.oriel.admin.schema.SchemaUnavailableException;
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

	/** For how long after the last one went triggers are kept writing for the next. */
	static final Duration LINGER = Duration.ofMinutes(1);

	private final ChangeListener listener;

	private final Supplier<Set<RelationName>> watched;

	private final SchemaSource schema;

	private final Duration upkeep;

	private final Duration linger;

	private final Retention retention = new Retention();

	private @Nullable String epoch;

	private @Nullable TransactionSnapshot seen;

	/** Transactions of before the triggers woke up, which wrote nothing. */
	private @Nullable TransactionSnapshot silent;

	private long readAt;

	private volatile @Nullable Instant lookedAt;

	private long signedInAt;

	private long dueAt;

	private long watchedAt;

	/** The first transaction whose entries are kept, or 0 if the others are gone. */
	private long cleaned;

	private final Rush rush = new Rush(System.nanoTime());

	private @Nullable Outbox outbox;

	private @Nullable PGConnection notifications;

	OutboxReader(ChangeListener listener, Supplier<Set<RelationName>> watched, SchemaSource schema) {
		this(listener, watched, schema, SIGN_IN, LINGER);
	}

	OutboxReader(ChangeListener listener, Supplier<Set<RelationName>> watched, SchemaSource schema, Duration upkeep,
			Duration linger) {
		this.listener = listener;
		this.watched = watched;
		this.schema = schema;
		this.upkeep = upkeep;
		this.linger = linger;
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
		this.outbox.prepare();
		this.watchedAt = System.nanoTime();
		this.dueAt = this.watchedAt + this.upkeep.toNanos();
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
			this.schema.expectChange();
		}
		boolean due = upkeep(current);
		if (due || !this.watched.get().isEmpty()) {
			read(current, committed);
		}
	}

	/**
	 * Do what has to be done now and then. Where nobody watches, triggers may fall silent
	 * meanwhile; whoever comes then is told to read everything again.
	 */
	private boolean upkeep(Outbox current) throws SQLException {
		long now = System.nanoTime();
		if (!this.watched.get().isEmpty()) {
			this.watchedAt = now;
		}
		boolean due = now - this.dueAt >= 0;
		if (now - this.signedInAt >= this.upkeep.toNanos() && now - this.watchedAt < this.linger.toNanos()) {
			signIn(current);
		}
		if (due) {
			this.dueAt = now + this.upkeep.toNanos();
			long horizon = this.retention.horizon(now);
			this.cleaned = (horizon != 0) ? horizon : this.cleaned;
		}
		if (this.cleaned != 0 && !current.clean(this.cleaned)) {
			this.cleaned = 0;
		}
		return due;
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
		if (this.rush.note(this.readAt, entries.transactions())) {
			current.quieten();
		}
		if (this.silent != null && entries.snapshot().outlives(this.silent)) {
			this.silent = null;
			this.listener.resync();
		}
		else if (entries.incomplete()) {
			this.listener.resync();
		}
		else if (!entries.found().isEmpty()) {
			tell(entries.found(), committed);
		}
	}

	/**
	 * Whoever is told has the same schema or will have it soon, and reads everything
	 * again then.
	 */
	private void tell(List<Outbox.Entry> entries, @Nullable Long committed) {
		Set<RelationName> relations = this.watched.get();
		for (Outbox.Entry entry : entries) {
			RelationName relation = entry.event().relation();
			if (relations.contains(relation)) {
				ChangeEvent event = entry.seenAs(relation(relation));
				this.listener.changed((committed != null) ? event.committedAt(committed) : event);
			}
		}
	}

	private @Nullable Relation relation(RelationName name) {
		try {
			return this.schema.snapshot().relation(name);
		}
		catch (SchemaUnavailableException ex) {
			return null;
		}
	}

}
