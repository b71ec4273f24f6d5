package dev.oriel.admin.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import dev.oriel.admin.change.ChangeEvent;
import dev.oriel.admin.change.ChangeListener;
import dev.oriel.admin.change.LiveMode;
import dev.oriel.admin.change.postgres.ChangeSettings;
import dev.oriel.admin.change.postgres.PostgresChangeSource;
import dev.oriel.admin.change.postgres.TriggerPolicy;
import dev.oriel.admin.change.wal.WalCapture;
import dev.oriel.admin.change.wal.WalSettings;
import dev.oriel.admin.schema.RelationName;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A source at work, with somebody who looks at its table.
 */
final class ChangeRun implements AutoCloseable, ChangeListener {

	private final ChangeServer server;

	private final ChangeSide side;

	private final AtomicLong toldAt = new AtomicLong();

	private @Nullable PostgresChangeSource source;

	private @Nullable Connection listening;

	ChangeRun(ChangeServer server, ChangeSide side) throws Exception {
		this.server = server;
		this.side = side;
		RelationName name = new RelationName("public", side.table());
		switch (side) {
			case BARE -> listen();
			case TRIGGERS -> this.source = triggers(name);
			case WAL -> this.source = log(name);
		}
		if (this.source != null) {
			this.source.watch(Set.of(name));
		}
		// What is told at the start is over.
		LockSupport.parkNanos(500_000_000);
	}

	private PostgresChangeSource triggers(RelationName name) {
		PostgresChangeSource triggers = new PostgresChangeSource(this.server.pool(), this.server::open,
				this.server.schema(), new ChangeSettings(TriggerPolicy.ON_REQUEST, true, true, Duration.ofSeconds(2)));
		triggers.start(this);
		Awaitility.await().until(() -> triggers.mode(name) != LiveMode.OFF);
		Awaitility.await().ignoreExceptions().until(() -> {
			triggers.installer().install(name);
			triggers.refresh();
			return triggers.mode(name) == LiveMode.TRIGGERS;
		});
		return triggers;
	}

	private PostgresChangeSource log(RelationName name) throws SQLException {
		this.server.execute("DROP PUBLICATION IF EXISTS benchmark");
		this.server.execute("CREATE PUBLICATION benchmark FOR TABLE " + name.name());
		PostgresChangeSource log = new PostgresChangeSource(this.server.pool(), this.server.schema(),
				Duration.ofSeconds(2), new WalCapture(this.server.pool(), this.server::open,
						this.server::openReplication, this.server.schema(), new WalSettings("benchmark", false)));
		log.start(this);
		Awaitility.await().until(() -> log.mode(name) == LiveMode.WAL);
		return log;
	}

	private void listen() throws SQLException {
		Connection opened = this.server.open();
		this.listening = opened;
		opened.createStatement().execute("LISTEN bare");
		Thread thread = new Thread(() -> {
			try {
				while (true) {
					if (opened.unwrap(PGConnection.class).getNotifications(1_000).length > 0) {
						this.toldAt.set(System.nanoTime());
					}
				}
			}
			catch (SQLException ex) {
				// Closed.
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

	ChangeSide side() {
		return this.side;
	}

	/**
	 * Forget what was told so far.
	 */
	void forget() {
		this.toldAt.set(0);
	}

	/**
	 * Wait for a change to be told, and return when it was.
	 */
	long await() {
		long start = System.nanoTime();
		while (this.toldAt.get() == 0) {
			if (System.nanoTime() - start > 30e9) {
				throw new IllegalStateException("The change was not told");
			}
			LockSupport.parkNanos(200_000);
		}
		return this.toldAt.get();
	}

	@Override
	public void changed(ChangeEvent event) {
		this.toldAt.compareAndSet(0, System.nanoTime());
	}

	@Override
	public void resync() {
	}

	@Override
	public void close() throws SQLException {
		if (this.source != null) {
			this.source.stop();
		}
		if (this.listening != null) {
			this.listening.abort(Runnable::run);
		}
	}

}
